import { describe, expect, test } from 'vitest';
import { areaPath, linePath, ringsOf } from './contours';

const grid = (side: number, valueAt: (column: number, row: number) => number) =>
  Array.from({ length: side * side }, (_, i) => valueAt(i % side, Math.floor(i / side)));

const asItIs = (column: number, row: number) => [column, row] as const;

/** The line of a level, unmoved. */
function lineOf(side: number, level: number, valueAt: (column: number, row: number) => number) {
  const [rings = []] = ringsOf(grid(side, valueAt), side, [level]);
  return linePath(rings, side, asItIs);
}

/** The points of a path, in its order. */
const pointsOf = (path: string) =>
  [...path.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map(
    ([, x, y]) => [Number(x), Number(y)] as const,
  );

describe('lines of equal height', () => {
  test('of a slope run straight across, exactly where it has the height, and nowhere else', () => {
    const path = lineOf(5, 2.25, (column) => column);
    expect(path.match(/M/g)).toHaveLength(1);
    const points = pointsOf(path);
    expect(points.map(([x]) => x)).toEqual([2.25, 2.25, 2.25, 2.25, 2.25]);
    expect(points.map(([, y]) => y).sort()).toEqual([0, 1, 2, 3, 4]);
  });

  test('of a cone are near a circle, all around', () => {
    const cone = (column: number, row: number) => Math.hypot(column - 10, row - 10);
    const points = pointsOf(lineOf(21, 6, cone));
    for (const [x, y] of points) expect(cone(x, y)).toBeCloseTo(6, 1);
    const angles = points.map(
      ([x, y]) => Math.floor((Math.atan2(y - 10, x - 10) / Math.PI) * 8) & 15,
    );
    expect(new Set(angles).size).toBe(16);
  });

  test('are none where nothing is measured, and none of an even plain', () => {
    expect(lineOf(5, 1, () => NaN)).toBe('');
    expect(lineOf(5, 1, () => 1)).toBe('');
  });

  test('lie where the picture has them', () => {
    const [rings = []] = ringsOf(
      grid(3, (column) => column),
      3,
      [0.5],
    );
    const points = pointsOf(linePath(rings, 3, (column, row) => [4 * column, 8 - 4 * row]));
    expect(new Set(points.map(([x]) => x))).toEqual(new Set([2]));
    expect(points.map(([, y]) => y).sort()).toEqual([0, 4, 8]);
  });
});

test('the area above a level reaches beyond the grid, and leaves out what has no value', () => {
  // High but for the middle, of which nothing is known.
  const values = grid(3, (column, row) => (column === 1 && row === 1 ? NaN : 1));
  const [rings = []] = ringsOf(values, 3, [0.5]);
  expect(rings).toHaveLength(2);
  const [outer = [], inner = []] = rings;
  const extent = (ring: typeof outer) => {
    const xs = ring.map(([x]) => x);
    return [Math.min(...xs), Math.max(...xs)];
  };
  expect(extent(outer)).toEqual([-0.5, 2.5]);
  expect(extent(inner)[0]).toBeGreaterThanOrEqual(0);
  expect(extent(inner)[1]).toBeLessThanOrEqual(2);
  expect(areaPath(rings, asItIs).match(/Z/g)).toHaveLength(2);
});
