import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocate } from './allocate';
import type { Sized } from './allocation-bound';

/** Costs that fall with the bits, rise now and then as measured ones do, and are equal at times. */
const widths = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: -8, max: 40 })), {
    minLength: 1,
    maxLength: 5,
  })
  .map((steps) => {
    let bits = 0;
    return steps.map(([more, eighths]) => ({ bits: (bits += more), cost: eighths / 8 }));
  });
const layers = fc.array(fc.record({ weights: fc.integer({ min: 1, max: 30 }), widths }), {
  minLength: 1,
  maxLength: 4,
});
const budget = fc.integer({ min: 0, max: 500 });

interface Sum {
  readonly bits: number;
  readonly cost: number;
}

function sumOf(of: readonly Sized[], chosen: readonly number[]): Sum {
  return of.reduce(
    (sum, { weights, widths: all }, i) => ({
      bits: sum.bits + weights * (chosen[i] ?? NaN),
      cost: sum.cost + (all.find(({ bits }) => bits === chosen[i])?.cost ?? NaN),
    }),
    { bits: 0, cost: 0 },
  );
}

/** Every way to choose a width for each layer. */
function allWays(of: readonly Sized[]): number[][] {
  return of.reduce<number[][]>(
    (ways, { widths: all }) => ways.flatMap((way) => all.map(({ bits }) => [...way, bits])),
    [[]],
  );
}

describe('the widths under a budget', () => {
  test('are those of the least sum of all that fit, by trying every one', () => {
    fc.assert(
      fc.property(layers, budget, (of, most) => {
        const fitting = allWays(of)
          .map((way) => sumOf(of, way))
          .filter(({ bits }) => bits <= most);
        const chosen = allocate(of, most);
        if (fitting.length === 0) {
          expect(chosen).toBeNull();
          return;
        }
        const { bits, cost } = sumOf(of, chosen ?? []);
        expect(bits).toBeLessThanOrEqual(most);
        const least = Math.min(...fitting.map((way) => way.cost));
        expect(cost).toBe(least);
        const cheapest = fitting.filter((way) => way.cost === least);
        expect(bits).toBe(Math.min(...cheapest.map((way) => way.bits)));
      }),
      { numRuns: 500 },
    );
  });

  test('never cost more where there are more bits', () => {
    fc.assert(
      fc.property(layers, budget, fc.nat(100), (of, most, more) => {
        const chosen = allocate(of, most);
        if (chosen === null) return;
        const richer = allocate(of, most + more) ?? [];
        expect(sumOf(of, richer).cost).toBeLessThanOrEqual(sumOf(of, chosen).cost);
      }),
    );
  });

  test('never exceed it in networks of as many layers as there can be', () => {
    const size = fc.integer({ min: 10, max: 100_000 });
    const loss = fc.integer({ min: 1, max: 10_000 });
    const many = fc.array(fc.tuple(size, loss), { minLength: 20, maxLength: 40 });
    fc.assert(
      fc.property(many, fc.integer({ min: 2, max: 32 }), (drawn, halves) => {
        const of = drawn.map(([weights, scale]) => ({
          weights,
          widths: Array.from({ length: 16 }, (_, i) => ({ bits: i + 1, cost: scale / 4 ** i })),
        }));
        const all = of.reduce((sum, { weights }) => sum + weights, 0);
        const chosen = allocate(of, (halves / 2) * all) ?? [];
        expect(chosen).toHaveLength(of.length);
        expect(sumOf(of, chosen).bits).toBeLessThanOrEqual((halves / 2) * all);
      }),
      { numRuns: 10 },
    );
  });

  test('go to the layer that gains most a bit', () => {
    // Three bits a weight of 30 are 90: the small layer takes 4 bits for 40, the large one 2 for 40.
    const at = (...costs: number[]) => costs.map((cost, i) => ({ bits: i + 1, cost }));
    const small = { weights: 10, widths: at(8, 4, 2, 1) };
    const large = { weights: 20, widths: at(1, 0.5, 0.25, 0.125) };
    expect(allocate([small, large], 90)).toEqual([4, 2]);
    expect(allocate([small, large], 30)).toEqual([1, 1]);
    expect(allocate([small, large], 29)).toBeNull();
  });
});
