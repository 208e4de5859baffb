import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomOf } from '../experiment/random';
import { epochOrder } from './order';

const seeds = fc.nat({ max: 0xffffffff });
const sizes = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 8 });

describe('the order of an epoch', () => {
  it('visits every example once', () => {
    fc.assert(
      fc.property(seeds, sizes, fc.boolean(), (seed, shardSizes, first) => {
        const order = epochOrder(randomOf(seed), shardSizes, first);
        const total = shardSizes.reduce((sum, size) => sum + size, 0);
        expect([...order].sort((a, b) => a - b)).toEqual(
          Array.from({ length: total }, (_, i) => i),
        );
      }),
    );
  });

  it('takes the shards in the order of their numbers in the first epoch', () => {
    fc.assert(
      fc.property(seeds, sizes, (seed, shardSizes) => {
        const order = epochOrder(randomOf(seed), shardSizes, true);
        let start = 0;
        for (const size of shardSizes) {
          const visited = [...order.subarray(start, start + size)];
          expect(visited.every((index) => index >= start && index < start + size)).toBe(true);
          start += size;
        }
      }),
    );
  });

  it('mixes the shards in later epochs', () => {
    const order = epochOrder(randomOf(1), [100, 100], false);
    const fromSecondShard = order.subarray(0, 100).filter((index) => index >= 100).length;
    // Hypergeometric: mean 50, standard deviation 3.5.
    expect(Math.abs(fromSecondShard - 50)).toBeLessThan(18);
  });

  it('shuffles within a shard in the first epoch', () => {
    const order = epochOrder(randomOf(1), [100, 100], true);
    const inPlace = order.filter((index, place) => index === place).length;
    // One of a permutation's entries is in its place on average, with variance 1.
    expect(inPlace).toBeLessThan(10);
  });

  it('depends on the generator alone', () => {
    fc.assert(
      fc.property(seeds, sizes, fc.boolean(), (seed, shardSizes, first) => {
        const once = epochOrder(randomOf(seed), shardSizes, first);
        expect(epochOrder(randomOf(seed), shardSizes, first)).toEqual(once);
      }),
    );
    expect(epochOrder(randomOf(1), [1000], false)).not.toEqual(
      epochOrder(randomOf(2), [1000], false),
    );
  });
});
