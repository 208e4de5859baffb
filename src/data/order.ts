import type { Random } from '../experiment/random';

/**
 * The order in which an epoch visits the examples of a split: a permutation of 0 … Σ shardSizes − 1
 * that depends on the generator alone, never on what has arrived.
 *
 * In the first epoch of an experiment the shards come in their numbers' order, each shuffled within,
 * so that training begins on shard 0 while the rest is on its way. Later epochs shuffle everything.
 */
export function epochOrder(
  random: Random,
  shardSizes: readonly number[],
  first: boolean,
): Uint32Array {
  const total = shardSizes.reduce((sum, size) => sum + size, 0);
  if (!first) return random.permutation(total);
  const order = new Uint32Array(total);
  let start = 0;
  for (const size of shardSizes) {
    const within = random.permutation(size);
    order.set(
      within.map((index) => start + index),
      start,
    );
    start += size;
  }
  return order;
}
