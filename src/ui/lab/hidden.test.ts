import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Track } from '../../lab/results';
import { cornerAt, heightAt, type BoxPoint, type Ground } from './ground';
import { hiding } from './hidden';
import { project, sightOf, type View } from './project';
import { surfacePicture } from './surface-picture';
import { wayOf } from './ways';

const SIDE = 33;

function groundBy(height: (x: number, y: number) => number): Ground {
  const empty: Ground = { side: SIDE, heights: new Float64Array(SIDE * SIDE) };
  const heights = empty.heights.map((_, i) =>
    height(cornerAt(empty, i % SIDE), cornerAt(empty, Math.floor(i / SIDE))),
  );
  return { side: SIDE, heights };
}

/** A hill in the middle, on a plain. */
const hill = groundBy((x, y) => Math.exp(-(x * x + y * y) / 0.1));
const level = groundBy(() => 0.4);
const on = (ground: Ground, x: number, y: number): BoxPoint => [
  x,
  y,
  heightAt(ground, x, y) + 0.01,
];

/** Low over the ground. Not turned, the viewer is where y is small. */
const front = { yaw: 0, pitch: 0.3 };
const back = { yaw: Math.PI, pitch: 0.3 };

const anyView = fc.record({
  yaw: fc.double({ min: -7, max: 7, noNaN: true }),
  pitch: fc.double({ min: 0.1, max: Math.PI / 2, noNaN: true }),
});
const anyPlace = fc.double({ min: -0.99, max: 0.99, noNaN: true });

describe('the ground', () => {
  it('is as high as its corners, and in between as their mean', () => {
    const slope = groundBy((x) => (x + 1) / 2);
    expect(heightAt(slope, 1, -1)).toBe(1);
    expect(heightAt(slope, 0.03, 0.7)).toBeCloseTo(0.515, 12);
    expect(heightAt(slope, 1.01, 0)).toBeNaN();
  });

  it('hides what is behind a hill, and from the other side what was in front', () => {
    expect(hiding(hill, front)(on(hill, 0, 0.7))).toBe(true);
    expect(hiding(hill, front)(on(hill, 0, -0.7))).toBe(false);
    expect(hiding(hill, back)(on(hill, 0, 0.7))).toBe(false);
    expect(hiding(hill, back)(on(hill, 0, -0.7))).toBe(true);
    // Beside the hill, and high above it, one sees past.
    expect(hiding(hill, front)(on(hill, 0.9, 0.7))).toBe(false);
    expect(hiding(hill, front)([0, 0.7, 1])).toBe(false);
  });

  it('hides nothing upon it from above, and where it is level only what is beneath', () => {
    fc.assert(
      fc.property(anyView, anyPlace, anyPlace, (view, x, y) => {
        expect(hiding(hill, { ...view, pitch: Math.PI / 2 })(on(hill, x, y))).toBe(false);
        expect(hiding(level, view)(on(level, x, y))).toBe(false);
        expect(hiding(level, view)([x / 2, y / 2, 0.39])).toBe(true);
      }),
    );
  });

  it('is seen through where it has a gap', () => {
    const gap = groundBy((x, y) => (Math.hypot(x, y) < 0.5 ? NaN : 0));
    expect(hiding(gap, front)(on(gap, 0, 0.7))).toBe(false);
    expect(heightAt(gap, 0.1, 0)).toBeNaN();
  });
});

it('the line of sight is a point in the picture, and leads nearer', () => {
  const view = fc.record({
    yaw: fc.double({ min: -7, max: 7, noNaN: true }),
    pitch: fc.double({ min: 0.1, max: 1.5, noNaN: true }),
  });
  fc.assert(
    fc.property(
      view,
      anyPlace,
      anyPlace,
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (of, x, y, far) => {
        const sight = sightOf(of);
        const here = project(of, 400, x, y, 0.5);
        const there = project(
          of,
          400,
          x + far * sight.x,
          y + far * sight.y,
          0.5 + far * sight.height,
        );
        expect(there.across).toBeCloseTo(here.across, 6);
        expect(there.down).toBeCloseTo(here.down, 6);
        expect(there.depth).toBeLessThan(here.depth);
      },
    ),
  );
});

describe('a way in the round', () => {
  const relief = {
    ...{ frame: { left: -1, right: 1, bottom: -1, top: 1 }, side: SIDE, values: hill.heights },
    ...{ levels: 'linear' as const, minima: [], lowest: 0 },
  };
  const track = (path: readonly number[], losses: readonly number[]): Track => ({
    ...{ optimizer: 'sgd', learningRate: 1, path: Float32Array.from(path), closedForm: null },
    ...{ losses: Float64Array.from(losses), curvatures: new Float64Array(), distances: null },
    outcome: { kind: 'moving' },
  });
  const wayIn = (view: View, of: Track) => {
    const heights = { of: (value: number) => value, valueAt: (height: number) => height };
    return wayOf(of, surfacePicture(400, view, relief, hill, heights, { dimension: 2 })).spots;
  };

  it('is hidden in the part of a step that goes by behind the hill', () => {
    const passing = track([-0.9, 0.7, 0.9, 0.7], [0, 0]);
    const behind = wayIn(front, passing).map(({ hidden }) => hidden);
    expect([behind[0], behind[Math.floor(behind.length / 2)], behind.at(-1)]).toEqual([
      false,
      true,
      false,
    ]);
    expect(wayIn(back, passing).some(({ hidden }) => hidden)).toBe(false);
  });

  it('stands still where no step is seen, and is broken where it leaves the picture', () => {
    const resting = track([0, -0.7, 0, -0.7, 0, -0.6999, 9, 9, 0.5, -0.7], [0, 0, 0, 0, 0]);
    const spots = wayIn(front, resting);
    expect(spots.map(({ step, opens }) => [step, opens])).toEqual([
      [0, true],
      [4, true],
    ]);
  });
});
