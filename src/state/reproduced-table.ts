import { PRESETS } from './presets';
import { baselineErrorOf, REPRODUCED, spreadOf } from './reproduced';

const HEAD = `| preset | published | baseline error, % | error, % | file, times smaller | multiply-adds | seconds | seeds |
|---|---|---:|---:|---:|---:|---:|---|`;

/** The table of docs/reproduction.md, in Markdown. @param published what each paper claims, by preset */
export function reproductionTable(
  published: Readonly<Record<string, string>>,
  reproduced: typeof REPRODUCED = REPRODUCED,
): string {
  const rows = PRESETS.map(({ id, url, paper }) => {
    const { runs = [] } = reproduced[id] ?? {};
    const cells =
      runs.length === 0
        ? ['–', '–', '–', '–', '–', 'not yet']
        : [
            percent(baselineErrorOf(runs)),
            withSpread(spreadOf(runs, ({ error }) => 100 * error)),
            `${spreadOf(runs, ({ smaller }) => smaller).mean.toFixed(1)}×`,
            `${(100 * spreadOf(runs, ({ multiplyAdds }) => multiplyAdds).mean).toFixed(0)} %`,
            spreadOf(runs, ({ seconds }) => seconds).mean.toFixed(0),
            runs.map(({ seed }) => seed).join(', '),
          ];
    return `| [${id}](${url}) | ${published[id] ?? ''} (${paper}) | ${cells.join(' | ')} |`;
  });
  return [HEAD, ...rows].join('\n');
}

/** When and where each was run, presets that were run together in one line. */
export function reproductionMachines(reproduced: typeof REPRODUCED = REPRODUCED): string {
  const runs = new Map<string, string[]>();
  for (const { id } of PRESETS) {
    const run = reproduced[id];
    if (run === undefined) continue;
    const where = `${run.date}, ${run.machine}`;
    runs.set(where, [...(runs.get(where) ?? []), id]);
  }
  return [...runs].map(([where, ids]) => `- ${where}: ${ids.join(', ')}`).join('\n');
}

function percent(share: number | null): string {
  return share === null ? '–' : (100 * share).toFixed(2);
}

function withSpread({ mean, deviation }: { mean: number; deviation: number }): string {
  return deviation === 0 ? mean.toFixed(2) : `${mean.toFixed(2)} ± ${deviation.toFixed(2)}`;
}
