import { describe, expect, it } from 'vitest';
import { variantWith } from './fixtures';
import { placeOf, pointsOf, scoreAxis, sizeAxis } from './points';

describe('the chart of accuracy against size', () => {
  it('has a point for each variant, in percent and kilobytes, those with a part first', () => {
    const variants = [
      variantWith('other', { id: 's0', metrics: { accuracy: 0.5 }, size: { packedBytes: 2_000 } }),
      variantWith('combined', { id: 's1', metrics: { accuracy: 0.9 }, size: { packedBytes: 500 } }),
    ];
    expect(pointsOf(variants).map(({ kilobytes, score }) => [kilobytes, score])).toEqual([
      [0.5, 90],
      [2, 50],
    ]);
  });

  it('takes R² where there is no accuracy', () => {
    const { accuracy: _none, ...metrics } = variantWith('baseline').metrics;
    const regression = { ...variantWith('baseline'), metrics: { ...metrics, r2: 0.9 } };
    expect(pointsOf([regression]).map(({ score }) => score)).toEqual([0.9]);
  });

  it('leaves out what has no file', () => {
    expect(pointsOf([variantWith('baseline', { size: { packedBytes: 0 } })])).toEqual([]);
  });

  it('never promises more than everything right', () => {
    for (const scores of [[98.14], [100], [99.9, 99.9], [97.2, 98.1]]) {
      const { domain } = scoreAxis(scores, 100);
      expect(domain[1]).toBeLessThanOrEqual(100);
      expect(domain[0]).toBeLessThanOrEqual(Math.min(...scores));
      expect(domain[1]).toBeGreaterThanOrEqual(Math.max(...scores));
      expect(domain[1]).toBeGreaterThan(domain[0]);
    }
  });

  it('has ticks for sizes that are near together, equal, or decades apart', () => {
    for (const sizes of [[0.72, 0.94, 1.44], [1066], [31, 121, 269, 1066], [0.3, 4_000]]) {
      const { domain, ticks } = sizeAxis(sizes);
      const places = ticks.map(
        (tick) => Math.log(tick / domain[0]) / Math.log(domain[1] / domain[0]),
      );
      places.slice(1).forEach((place, i) => {
        expect(place - (places[i] ?? 0)).toBeGreaterThan(0.12);
      });
      expect(ticks.length, String(sizes)).toBeGreaterThanOrEqual(2);
      expect(ticks.length, String(sizes)).toBeLessThanOrEqual(8);
      expect(ticks.every((tick) => tick >= domain[0] && tick <= domain[1])).toBe(true);
    }
  });

  it('places a tenfold size a decade to the right, and the best score at the top', () => {
    const [point] = pointsOf([
      variantWith('pruned', { metrics: { accuracy: 1 }, size: { packedBytes: 10_000 } }),
    ]);
    const frame = { left: 40, top: 10, right: 240, bottom: 110 };
    expect(point && placeOf(point, [1, 100], [90, 100], frame)).toEqual({
      x: expect.closeTo(140, 9),
      y: expect.closeTo(10, 9),
    });
  });
});
