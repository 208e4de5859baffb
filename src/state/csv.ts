import type { Variant } from '../experiment/report';

const COLUMNS: readonly (readonly [string, (variant: Variant) => string | number | undefined])[] = [
  ['id', (v) => v.id],
  ['step', (v) => v.step + 1],
  ['label', (v) => v.label],
  ['role', (v) => v.role],
  ['examples', (v) => v.metrics.examples],
  ['loss', (v) => v.metrics.loss],
  ['accuracy', (v) => v.metrics.accuracy],
  ['precision', (v) => v.metrics.precision],
  ['recall', (v) => v.metrics.recall],
  ['f1', (v) => v.metrics.f1],
  ['mse', (v) => v.metrics.mse],
  ['mae', (v) => v.metrics.mae],
  ['r2', (v) => v.metrics.r2],
  ['parameters', (v) => v.size.parameters],
  ['nonzero', (v) => v.size.nonzero],
  ['float32Bytes', (v) => v.size.float32Bytes],
  ['packedBytes', (v) => v.size.packedBytes],
  ['onnxBytes', (v) => v.size.onnxBytes],
  ['multiplyAddsDense', (v) => v.multiplyAdds.dense],
  ['multiplyAddsEffective', (v) => v.multiplyAdds.effective],
  ['trainingMs', (v) => v.trainingMs],
];

/** The comparison as comma-separated values (RFC 4180), one line a variant; what was not measured is empty. */
export function toCsv(variants: readonly Variant[]): string {
  const timings = [
    ...new Map(
      variants
        .flatMap(({ latency = [] }) => latency)
        .map(({ runtime, threads, batch }) => [
          [runtime, threads, batch].join(),
          { runtime, threads, batch },
        ]),
    ).values(),
  ];
  const latencyColumns = timings.flatMap(({ runtime, threads, batch }) => {
    const find = (variant: Variant) =>
      variant.latency?.find(
        (one) => one.runtime === runtime && one.threads === threads && one.batch === batch,
      );
    const on = threads > 1 ? ` ${String(threads)} threads` : '';
    const name = `${runtime}${on} batch ${String(batch)}`;
    return [
      [`${name} median ms`, (v: Variant) => find(v)?.medianMs],
      [`${name} p95 ms`, (v: Variant) => find(v)?.p95Ms],
      [`${name} vs baseline`, (v: Variant) => find(v)?.vsBaseline],
    ] as const;
  });
  const columns = [...COLUMNS, ...latencyColumns];
  const lines = [
    columns.map(([name]) => name),
    ...variants.map((variant) => columns.map(([, read]) => read(variant))),
  ];
  return lines.map((cells) => `${cells.map(quote).join(',')}\r\n`).join('');
}

function quote(cell: string | number | undefined): string {
  const text = cell === undefined ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
