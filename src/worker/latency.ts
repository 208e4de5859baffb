import type { Engine, Trainer } from '../engine/trainer';
import type { Batch } from '../experiment/dataset';
import type { Latency } from '../experiment/report';
import type { Network } from '../engine/trainer';
import { rows } from './pacing';
import type { Work } from './measure';

const BATCHES = [1, 64] as const;
/** Browsers compile what runs often anew in the meantime: so many runs, and so long, until it is as fast as it gets. */
const WARM_UPS = 3;
const WARM_UP_MS = 20;
/** More rounds would not move the median. */
const MOST_ROUNDS = 60;
/** All rounds of a batch size together take about so long at most. */
const BUDGET_MS = 500;
/** With fewer a median says little, however slow the network. */
const FEWEST_ROUNDS = 3;
/**
 * A single measurement lasts at least so long, in milliseconds: hundreds of ticks of the clock where the
 * page is cross-origin isolated (5 µs), twenty where it is not (100 µs).
 */
const LEAST_MS = { isolated: 1, shared: 2 } as const;

/**
 * Clocks networks against each other on the training runtime, in turn and back (A B C C B A …), so that
 * whatever else the machine does hits all alike, and none is always the first. The first network is
 * the baseline.
 *
 * A network that is faster than the clock can tell is run several times in a row and the time divided.
 * Returns for each network a result for each batch size: median, 95th percentile, and the median of the
 * paired ratios to the baseline.
 */
export async function timeNetworks(
  networks: readonly Network[],
  { engine, dataset, pace, signal }: Work,
): Promise<readonly (readonly Latency[])[]> {
  const largest = Math.max(...BATCHES);
  // A small test set goes round: the time of a batch is the same whatever is in it.
  const examples = await dataset.test.gather(
    Uint32Array.from({ length: largest }, (_, i) => i % dataset.test.count),
  );
  const trainers: Trainer[] = [];
  try {
    for (const network of networks) trainers.push(await engine.open(network));
    const results: Latency[][] = networks.map(() => []);
    for (const batch of BATCHES) {
      const times = await timeInTurn(trainers, rows(examples, 0, batch), pace, signal);
      times.forEach((own, i) => {
        results[i]?.push(summary(engine, batch, own, times[0] ?? own));
      });
    }
    return results;
  } finally {
    for (const trainer of trainers) trainer.dispose();
  }
}

/** Milliseconds of a prediction, by trainer, a measurement a round. */
async function timeInTurn(
  trainers: readonly Trainer[],
  batch: Batch,
  pace: Work['pace'],
  signal: AbortSignal,
): Promise<readonly (readonly number[])[]> {
  const repeats: number[] = [];
  for (const trainer of trainers) {
    await warmUp(trainer, batch);
    repeats.push(await repeatsFor(trainer, batch));
  }
  const times: number[][] = trainers.map(() => []);
  const begun = performance.now();
  const there = [...trainers.entries()];
  const back = there.toReversed();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    if (round >= FEWEST_ROUNDS && performance.now() - begun > BUDGET_MS) break;
    for (const [i, trainer] of round % 2 === 0 ? there : back) {
      signal.throwIfAborted();
      await pace();
      times[i]?.push(await timeOf(trainer, batch, repeats[i] ?? 1));
    }
  }
  return times;
}

async function warmUp(trainer: Trainer, batch: Batch): Promise<void> {
  const started = performance.now();
  for (let i = 0; i < WARM_UPS || performance.now() - started < WARM_UP_MS; i++) {
    await trainer.predict(batch);
  }
}

async function timeOf(trainer: Trainer, batch: Batch, repeats: number): Promise<number> {
  const started = performance.now();
  for (let i = 0; i < repeats; i++) await trainer.predict(batch);
  return (performance.now() - started) / repeats;
}

/** How often to run the network in a row so that the clock can tell. */
async function repeatsFor(trainer: Trainer, batch: Batch): Promise<number> {
  const wanted = globalThis.crossOriginIsolated ? LEAST_MS.isolated : LEAST_MS.shared;
  for (let repeats = 1; ; repeats *= 2) {
    if ((await timeOf(trainer, batch, repeats)) * repeats >= wanted || repeats >= 1_024)
      return repeats;
  }
}

function summary(
  { runtime }: Engine,
  batch: number,
  times: readonly number[],
  baseline: readonly number[],
): Latency {
  return {
    runtime,
    batch,
    medianMs: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
    runs: times.length,
    vsBaseline: quantile(
      times.map((time, round) => time / (baseline[round] ?? time)),
      0.5,
    ),
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
