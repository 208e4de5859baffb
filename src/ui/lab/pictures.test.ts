import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Relief, Track } from '../../lab/results';
import { heightsOf } from './heights';
import { lossScaleOf } from './loss-scale';
import { placed, planeOf } from './plane';
import { project } from './project';
import { stepAt } from './player';

const frame = { left: -2, right: 2, bottom: -1, top: 3 };
const relief = (values: readonly number[], levels: Relief['levels']): Relief => ({
  ...{ frame, side: 2, values: Float64Array.from(values), levels, lowest: 0 },
  minima: [[1, 1]],
});

describe('heights', () => {
  it('are differences, or ratios from a small one on, from 0 to 1', () => {
    const linear = heightsOf(relief([0, 2, 4, 8], 'linear'));
    expect([0, 2, 8, 9, -1].map(linear.of)).toEqual([0, 0.25, 1, 1, 0]);
    const log = heightsOf(relief([1, NaN, 100, 1023], 'log'));
    // log2(1 + 1) of log2(1 + 1023).
    expect(log.of(1)).toBeCloseTo(0.1, 12);
    expect(log.of(1023)).toBe(1);
  });

  it('lead back to their values', () => {
    for (const levels of ['linear', 'log'] as const) {
      const heights = heightsOf(relief([1, 3, 100, 2000], levels));
      fc.assert(
        fc.property(fc.double({ min: 0.01, max: 1, noNaN: true }), (height) => {
          expect(heights.of(heights.valueAt(height))).toBeCloseTo(height, 9);
        }),
      );
    }
  });

  it('are all alike on level ground', () => {
    expect(heightsOf({ ...relief([3, 3, 3, 3], 'linear'), lowest: 3 }).of(3)).toBe(0);
  });
});

describe('a place in the picture', () => {
  it('leads back to its point', () => {
    const plane = planeOf(frame, 400, 200);
    expect([plane.across(-2), plane.across(2), plane.down(3), plane.down(-1)]).toEqual([
      0, 400, 0, 200,
    ]);
    expect(plane.xAt(plane.across(0.7))).toBeCloseTo(0.7, 12);
    expect(plane.yAt(plane.down(2.2))).toBeCloseTo(2.2, 12);
  });

  it('stays within the picture, with as many digits as a pixel tells', () => {
    expect(placed(frame, 9, -9)).toEqual({ x: 2, y: -1 });
    expect(placed(frame, 0.123456, 1.987654)).toEqual({ x: 0.12, y: 1.99 });
  });

  it('in the round lies inside, however it is turned', () => {
    const corner = fc.constantFrom(-1, 1);
    fc.assert(
      fc.property(
        fc.double({ min: -7, max: 7, noNaN: true }),
        fc.double({ min: 0.1, max: Math.PI / 2, noNaN: true }),
        corner,
        corner,
        fc.constantFrom(0, 1),
        (yaw, pitch, x, y, height) => {
          const { across, down } = project({ yaw, pitch }, 100, x, y, height);
          expect(across).toBeGreaterThan(0);
          expect(across).toBeLessThan(100);
          expect(down).toBeGreaterThan(-10);
          expect(down).toBeLessThan(95);
        },
      ),
    );
  });
});

describe('the scale of losses', () => {
  const track = (losses: readonly number[]): Track => ({
    ...{ optimizer: 'sgd', learningRate: 1, path: new Float32Array(), closedForm: null },
    ...{ losses: Float64Array.from(losses), curvatures: new Float64Array(), distances: null },
    outcome: { kind: 'moving' },
  });

  it('is logarithmic above the lowest value, without what has no logarithm', () => {
    const scale = lossScaleOf(relief([0, 1, 2, 3], 'linear'), {
      ...{ dimension: 2, tracks: [track([100, 1, 0, Infinity])] },
    });
    expect(scale.kind).toBe('log');
    expect(scale.of(0)).toBeNaN();
    expect(scale.share(scale.of(10))).toBeCloseTo(0.5, 9);
  });

  it('is linear where a function has no lowest value', () => {
    const saddle = { ...relief([-4, 4, 0, 0], 'linear'), minima: [], lowest: -4 };
    const scale = lossScaleOf(saddle, { dimension: 2, tracks: [track([2, 0, -1e9])] });
    expect(scale.kind).toBe('linear');
    expect(scale.axis.domain[0]).toBeGreaterThanOrEqual(-4);
  });
});

it('a race is played slowly at first, and to its end', () => {
  expect([0, 4_000, 8_000, 9_000].map((ms) => stepAt(ms, 1000))).toEqual([0, 250, 1000, 1000]);
});
