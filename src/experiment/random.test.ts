import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomFrom, randomOf, seedState, type RandomState } from './random';

const take = <Value>(count: number, next: () => Value) => Array.from({ length: count }, next);
const seed = fc.integer({ min: 0, max: 0xffffffff });

/** SplitMix32 in integers without bound, cut to 32 bits where it says so. */
function splitMix32(seedValue: number): number[] {
  const mask = 0xffffffffn;
  let x = BigInt(seedValue);
  return take(4, () => {
    x = (x + 0x9e3779b9n) & mask;
    let z = x;
    z = ((z ^ (z >> 16n)) * 0x21f0aaadn) & mask;
    z = ((z ^ (z >> 15n)) * 0x735a2d97n) & mask;
    return Number(z ^ (z >> 15n));
  });
}

describe('the generator', () => {
  test('gives the published sequence of xoshiro128** for the state 1, 2, 3, 4', () => {
    const random = randomFrom([1, 2, 3, 4]);
    expect(take(10, random.uint32)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597,
      4258142804,
    ]);
  });

  test('expands a seed by SplitMix32', () => {
    fc.assert(
      fc.property(seed, (value) => {
        expect(seedState(value)).toEqual(splitMix32(value));
      }),
    );
  });

  test('goes on from its state as if it had not stopped', () => {
    fc.assert(
      fc.property(seed, fc.nat(50), (value, count) => {
        const random = randomOf(value);
        take(count, random.normal);
        const saved = JSON.parse(JSON.stringify(random.state())) as RandomState;
        const resumed = randomFrom(saved);
        expect(take(20, resumed.uint32)).toEqual(take(20, random.uint32));
        expect(resumed.state()).toEqual(random.state());
      }),
    );
  });

  test('has a state of four unsigned words that are not all zero', () => {
    fc.assert(
      fc.property(seed, fc.nat(20), (value, count) => {
        const random = randomOf(value);
        take(count, random.uint32);
        const state = random.state();
        for (const word of state) {
          expect(Number.isInteger(word) && word >= 0 && word <= 0xffffffff).toBe(true);
        }
        expect(state.some((word) => word !== 0)).toBe(true);
      }),
    );
  });
});

describe('what is drawn', () => {
  const many = 100_000;

  test('uniformly is in [0, 1) with 24 bits, mean 1/2 and variance 1/12', () => {
    const values = take(many, randomOf(1).uniform);
    expect(values.every((x) => x >= 0 && x < 1 && Number.isInteger(x * 2 ** 24))).toBe(true);
    const mean = values.reduce((sum, x) => sum + x, 0) / many;
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / many;
    // Five standard errors: √(1/12/n) of the mean, √(1/180/n) of the variance.
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / many));
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / many));
  });

  test('normally has mean 0, variance 1, and 68.27 % within one', () => {
    const values = take(many, randomOf(2).normal);
    expect(values.every(Number.isFinite)).toBe(true);
    const mean = values.reduce((sum, x) => sum + x, 0) / many;
    const square = values.reduce((sum, x) => sum + x * x, 0) / many;
    const within = values.filter((x) => Math.abs(x) < 1).length / many;
    expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(many));
    expect(Math.abs(square - 1)).toBeLessThan(5 * Math.sqrt(2 / many));
    expect(Math.abs(within - 0.6827)).toBeLessThan(5 * Math.sqrt((0.6827 * 0.3173) / many));
  });

  test('below a bound is an integer below it, all equally often', () => {
    const counts = [0, 0, 0, 0, 0, 0, 0];
    const random = randomOf(3);
    for (let i = 0; i < 70_000; i++) {
      const x = random.below(7);
      counts[x] = (counts[x] ?? 0) + 1;
    }
    expect(counts).toHaveLength(7);
    // χ² with 6 degrees of freedom is below 22.46 in 999 of 1,000 cases.
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(22.46);
  });

  test('below any bound stays there', () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 1, max: 0x100000000 }), (value, bound) => {
        for (const x of take(20, () => randomOf(value).below(bound))) {
          expect(Number.isInteger(x) && x >= 0 && x < bound).toBe(true);
        }
      }),
    );
  });

  test('as a permutation holds every index once', () => {
    fc.assert(
      fc.property(seed, fc.nat(200), (value, n) => {
        const order = randomOf(value).permutation(n);
        expect([...order].sort((a, b) => a - b)).toEqual(take(n, () => 0).map((_, i) => i));
      }),
    );
  });

  test('as permutations of three comes in all six orders equally often', () => {
    const random = randomOf(4);
    const counts = new Map<string, number>();
    for (let i = 0; i < 6_000; i++) {
      const order = random.permutation(3).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // χ² with 5 degrees of freedom is below 20.52 in 999 of 1,000 cases.
    const chiSquare = [...counts.values()].reduce((sum, n) => sum + (n - 1_000) ** 2 / 1_000, 0);
    expect(chiSquare).toBeLessThan(20.52);
  });
});
