import { describe, expect, test } from 'vitest';
import { contourPath } from './contours';

/** The points of a path, in its order. */
const pointsOf = (path: string) =>
  [...path.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map(
    ([, x, y]) => [Number(x), Number(y)] as const,
  );

describe('lines of equal height', () => {
  test('of a slope run straight across, exactly where it has the height', () => {
    const points = pointsOf(contourPath((column) => column, 5, 1, 2.25));
    expect(points).toHaveLength(2 * 4);
    for (const [x] of points) expect(x).toBe(2.25);
  });

  test('are the same on a coarser grid where the slope is even', () => {
    const points = pointsOf(contourPath((column, row) => column + row, 9, 4, 3));
    for (const [x, y] of points) expect(x + y).toBeCloseTo(3, 9);
    expect(Math.max(...points.map(([x]) => x))).toBe(3);
  });

  test('of a cone are near a circle, all around', () => {
    const cone = (column: number, row: number) => Math.hypot(column - 10, row - 10);
    const points = pointsOf(contourPath(cone, 21, 1, 6));
    for (const [x, y] of points) expect(cone(x, y)).toBeCloseTo(6, 1);
    const angles = points.map(
      ([x, y]) => Math.floor((Math.atan2(y - 10, x - 10) / Math.PI) * 8) & 15,
    );
    expect(new Set(angles).size).toBe(16);
  });

  test('at a saddle join the corners that its middle joins', () => {
    const corners = [
      [1, 0],
      [0, 1],
    ];
    const saddle = (column: number, row: number) => corners[row]?.[column] ?? NaN;
    // The middle, 0.5, is above: a line cuts off each of the low corners, (1, 0) and (0, 1).
    const [a, b, c, d] = pointsOf(contourPath(saddle, 2, 1, 0.4));
    const sides = [
      [a, b],
      [c, d],
    ].map((ends) =>
      Math.sign(ends.reduce((sum, end) => sum + (end?.[0] ?? 0) - (end?.[1] ?? 0), 0)),
    );
    expect(sides.sort()).toEqual([-1, 1]);
  });

  test('are none where nothing is measured, and none of an even plain', () => {
    expect(contourPath(() => NaN, 5, 1, 1)).toBe('');
    expect(contourPath(() => 1, 5, 1, 1)).toBe('');
  });
});
