import type { Latency } from '../experiment/report';

/** Browsers compile what runs often anew in the meantime: so many runs, and so long, until it is as fast as it gets. */
const WARM_UPS = 3;
const WARM_UP_MS = 20;
/** More rounds would not move the median. */
const MOST_ROUNDS = 60;
/** All rounds together take about so long at most. */
const BUDGET_MS = 500;
/** With fewer a median says little, however slow the network. */
const FEWEST_ROUNDS = 3;
/**
 * A single measurement lasts at least so long, in milliseconds: hundreds of ticks of the clock where the
 * page is cross-origin isolated (5 µs), twenty where it is not (100 µs).
 */
const LEAST_MS = { isolated: 1, shared: 2 } as const;
/** It does so several times, since a machine that stops for a moment makes anything slow once. */
const TRIALS = 3;
const MOST_REPEATS = 1_024;

/**
 * Milliseconds that each contender takes, a measurement a round. They run in turn and back (A B C C B A …), so
 * that whatever else the machine does hits all alike, and none is always the first. What is faster than the
 * clock can tell runs several times in a row, and the time is divided.
 */
export async function timeInTurn(
  contenders: readonly (() => unknown)[],
  beforeEach: () => Promise<void> = () => Promise.resolve(),
): Promise<readonly (readonly number[])[]> {
  const repeats: number[] = [];
  for (const run of contenders) {
    await beforeEach();
    await warmUp(run);
    repeats.push(await repeatsFor(run));
  }
  const times: number[][] = contenders.map(() => []);
  const begun = performance.now();
  const there = [...contenders.entries()];
  const back = there.toReversed();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    if (round >= FEWEST_ROUNDS && performance.now() - begun > BUDGET_MS) break;
    for (const [i, run] of round % 2 === 0 ? there : back) {
      await beforeEach();
      times[i]?.push(await timeOf(run, repeats[i] ?? 1));
    }
  }
  return times;
}

/** Runs it until it has been compiled, or will have been soon. */
export async function warmUp(run: () => unknown): Promise<void> {
  const started = performance.now();
  for (let i = 0; i < WARM_UPS || performance.now() - started < WARM_UP_MS; i++) await run();
}

async function timeOf(run: () => unknown, repeats: number): Promise<number> {
  const started = performance.now();
  for (let i = 0; i < repeats; i++) await run();
  return (performance.now() - started) / repeats;
}

/** How often to run in a row so that the clock can tell, also where nothing else holds the machine up. */
async function repeatsFor(run: () => unknown): Promise<number> {
  const wanted = globalThis.crossOriginIsolated ? LEAST_MS.isolated : LEAST_MS.shared;
  let repeats = 1;
  for (let enough = 0; enough < TRIALS && repeats < MOST_REPEATS;) {
    if ((await timeOf(run, repeats)) * repeats >= wanted) enough += 1;
    else [repeats, enough] = [2 * repeats, 0];
  }
  return repeats;
}

/** What is told of a contender's times, beside those of the baseline. */
export function summaryOf(
  times: readonly number[],
  baseline: readonly number[],
): Pick<Latency, 'medianMs' | 'p95Ms' | 'runs' | 'vsBaseline'> {
  const ratios = times.map((time, round) => time / (baseline[round] ?? time));
  return {
    medianMs: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
    runs: times.length,
    vsBaseline: quantile(ratios, 0.5),
  };
}

/** Interpolated between the two nearest (Hyndman & Fan 1996, definition 7). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? NaN;
  const above = sorted[Math.ceil(at)] ?? NaN;
  return below + (above - below) * (at - Math.floor(at));
}
