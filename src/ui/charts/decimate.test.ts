import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimate } from './decimate';

const value = (point: { y: number }) => point.y;
const series = fc
  .array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 3000 })
  .map((ys) => ys.map((y, x) => ({ x, y })));
const limits = fc.integer({ min: 4, max: 400 });

describe('decimate', () => {
  it('keeps at most the limit', () => {
    fc.assert(
      fc.property(series, limits, (points, limit) => {
        expect(decimate(points, value, limit).length).toBeLessThanOrEqual(limit);
      }),
    );
  });

  it('keeps the first point, the last, the least and the greatest value', () => {
    fc.assert(
      fc.property(series, limits, (points, limit) => {
        const kept = decimate(points, value, limit);
        expect(kept[0]).toBe(points[0]);
        expect(kept.at(-1)).toBe(points.at(-1));
        expect(Math.min(...kept.map(value))).toBe(Math.min(...points.map(value)));
        expect(Math.max(...kept.map(value))).toBe(Math.max(...points.map(value)));
      }),
    );
  });

  it('returns points of the series, in their order, each once', () => {
    fc.assert(
      fc.property(series, limits, (points, limit) => {
        const order = decimate(points, value, limit).map(({ x }) => x);
        expect(order).toEqual([...new Set(order)].sort((a, b) => a - b));
      }),
    );
  });

  it('leaves a series alone that is short enough', () => {
    const points = [{ y: 3 }, { y: 1 }, { y: 2 }];
    expect(decimate(points, value, 4)).toBe(points);
  });

  it('keeps a single spike among ten thousand points', () => {
    const points = Array.from({ length: 10_000 }, (_, x) => ({ x, y: x === 7_123 ? 50 : 1 }));
    expect(decimate(points, value, 300)).toContainEqual({ x: 7_123, y: 50 });
  });

  it('keeps what it drew when points are added within the same bucket size', () => {
    const points = Array.from({ length: 1_000 }, (_, x) => ({ x, y: Math.sin(x * x) }));
    const before = decimate(points.slice(0, 900), value, 300).slice(0, -3);
    expect(decimate(points, value, 300)).toEqual(expect.arrayContaining([...before]));
  });

  it('passes over values that are not finite', () => {
    const points = Array.from({ length: 100 }, (_, x) => ({ x, y: x === 50 ? NaN : x }));
    expect(decimate(points, value, 10).every(({ y }) => Number.isFinite(y))).toBe(true);
  });
});
