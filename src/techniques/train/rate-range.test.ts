import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RatePoint } from '../../experiment/rate-range';
import { RATE_FACTOR, RATES } from '../../experiment/rate-range';
import { isLost, suggestRate, withLoss } from './rate-range';

const smoothing = (losses: readonly number[]) =>
  losses
    .reduce<RatePoint[]>((points, loss) => withLoss(points, 1, loss), [])
    .map(({ smoothed }) => smoothed);

test('rates grow from a millionth to ten, each by the same factor', () => {
  expect(RATES).toHaveLength(101);
  expect(RATE_FACTOR).toBeCloseTo(10 ** 0.07, 12);
  expect(RATES[0]).toBe(1e-6);
  expect(RATES.at(-1)).toBeCloseTo(10, 12);
  for (const [i, rate] of RATES.slice(1).entries()) {
    expect(rate / (RATES[i] ?? NaN)).toBeCloseTo(RATE_FACTOR, 12);
  }
});

describe('smoothing', () => {
  test('starts at the first loss and weighs the second with ten parts of nineteen', () => {
    // (0.9 · 0.1 · 2 + 0.1 · 4) / (1 − 0.81) = 0.58 / 0.19
    const [first, second] = smoothing([2, 4]);
    expect(first).toBeCloseTo(2, 12);
    expect(second).toBeCloseTo(0.58 / 0.19, 12);
  });

  test('leaves what does not change as it is', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 100, noNaN: true }), (loss) => {
        for (const smoothed of smoothing(new Array<number>(30).fill(loss))) {
          expect(smoothed / loss).toBeCloseTo(1, 9);
        }
      }),
    );
  });

  test('stays between the least loss and the greatest', () => {
    const losses = fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(losses, (all) => {
        for (const smoothed of smoothing(all)) {
          expect(smoothed).toBeGreaterThanOrEqual(Math.min(...all) - 1e-9);
          expect(smoothed).toBeLessThanOrEqual(Math.max(...all) + 1e-9);
        }
      }),
    );
  });
});

/** Points ten to a decade from 10⁻⁵ on, of these losses before and after smoothing. */
const points = (losses: readonly number[], smoothed: readonly number[] = losses): RatePoint[] =>
  losses.map((loss, i) => ({ rate: 1e-5 * 10 ** (i / 10), loss, smoothed: smoothed[i] ?? NaN }));
const flat = new Array<number>(10).fill(2);

describe('the test', () => {
  test('goes on up to four times the best, and ends beyond', () => {
    expect(isLost(points([...flat, 1, 4]))).toBe(false);
    expect(isLost(points([...flat, 1, 4.1]))).toBe(true);
  });

  test('is not over at the first losses, however much they jump', () => {
    expect(isLost(points([0.1, 9]))).toBe(false);
  });
});

describe('the suggestion', () => {
  test('is a tenth of the rate at which the smoothed loss is lowest', () => {
    const falling = Array.from({ length: 20 }, (_, i) => 2 - 0.05 * (i + 1));
    const all = points([...flat, ...falling, 1.5, 3]);
    // The lowest is point 29: 10⁻⁵ · 10^2.9 = 0.00794….
    expect(suggestRate(all)).toEqual({ rate: 0.00079, lowest: all[29] });
  });

  test('looks at the smoothed loss, not at that of single batches', () => {
    const all = points([...flat, 0, 2, 2], [...flat, 1.8, 1.5, 1.9]);
    expect(suggestRate(all)?.lowest).toBe(all[11]);
  });

  test('is none where the loss falls by no more than the first ones differ', () => {
    // Mean 2, standard deviation 0.5.
    const first = [1.5, 2.5, 1.5, 2.5, 1.5, 2.5, 1.5, 2.5, 1.5, 2.5];
    expect(suggestRate(points([...first, 1.5]))).toBeNull();
    expect(suggestRate(points([...first, 1.49]))).not.toBeNull();
    expect(suggestRate(points(flat))).toBeNull();
  });

  test('is never below what the option can be', () => {
    const all = points([...flat, 1, 5]);
    // 10⁻⁴ / 10 is just the least.
    expect(suggestRate(all)?.rate).toBe(1e-5);
    const small = all.map((point) => ({ ...point, rate: point.rate / 10 }));
    expect(suggestRate(small)?.rate).toBe(1e-5);
  });
});
