import type { Network, Trainer } from '../engine/trainer';
import type { Latency } from '../experiment/report';
import { summaryOf, timeInTurn } from './in-turn';
import type { Work } from './measure';
import { rows } from './pacing';

/** Examples in a prediction: one, and as many as a server might gather. */
export const BATCHES = [1, 64] as const;

/**
 * Clocks networks against each other on the training runtime. The first network is the baseline. Returns for
 * each network a result for each batch size.
 */
export async function timeNetworks(
  networks: readonly Network[],
  { engine, dataset, pace, signal }: Work,
): Promise<readonly (readonly Latency[])[]> {
  const { runtime, threads } = engine;
  const largest = Math.max(...BATCHES);
  // A small test set goes round: the time of a batch is the same whatever is in it.
  const examples = await dataset.test.gather(
    Uint32Array.from({ length: largest }, (_, i) => i % dataset.test.count),
  );
  const trainers: Trainer[] = [];
  const beforeEach = async () => {
    signal.throwIfAborted();
    await pace();
  };
  try {
    for (const network of networks) trainers.push(await engine.open(network));
    const results: Latency[][] = networks.map(() => []);
    for (const batch of BATCHES) {
      const part = rows(examples, 0, batch);
      const runs = trainers.map((trainer) => () => trainer.predict(part));
      const times = await timeInTurn(runs, beforeEach);
      times.forEach((own, i) => {
        const summary = summaryOf(own, times[0] ?? own);
        results[i]?.push({ runtime, threads, batch, ...summary });
      });
    }
    return results;
  } finally {
    for (const trainer of trainers) trainer.dispose();
  }
}
