import { expect, test } from 'vitest';
import { CELLS, SIDE } from '../../../experiment/landscape';
import { cellsOf, fieldOf, levelsOf, linesOf } from './field';

const none = () => new Float64Array(SIDE * SIDE).fill(NaN);
const first = (count: number, loss = 1) => {
  const losses = none();
  for (const cell of CELLS.slice(0, count)) losses[cell] = loss;
  return losses;
};

test('the map gets finer as whole grids are measured', () => {
  const strides = [0, 48, 49, 168, 169, 624, 625].map((count) => fieldOf(first(count)).stride);
  expect(strides).toEqual([null, null, 4, 4, 2, 2, 1]);
});

test('a cell that is not measured yet looks like the nearest coarser one', () => {
  const losses = first(49);
  losses[4 * SIDE + 4] = 100;
  const { values } = fieldOf(losses);
  expect(values[5 * SIDE + 3]).toBe(2);
  expect(values[7 * SIDE + 4]).toBe(0);
  expect(values.every((value) => !Number.isNaN(value))).toBe(true);
  expect(fieldOf(none()).values.every(Number.isNaN)).toBe(true);
});

test('losses are drawn by their logarithms, at most four decades of them', () => {
  const losses = first(625, 0.01);
  losses[0] = Infinity;
  losses[1] = 1;
  const field = fieldOf(losses);
  expect([field.low, field.high]).toEqual([-2, 2]);
  expect([field.values[0], field.values[1], field.values[2]]).toEqual([2, 0, -2]);
  expect(levelsOf(field, 3)).toEqual([-1, 0, 1]);
});

test('lines follow the grid that is measured, however coarse', () => {
  // Logarithms from −4 on the left to 0 on the right: the middle one is halfway, in column 12.
  for (const count of [49, 169, 625]) {
    const losses = none();
    for (const cell of CELLS.slice(0, count)) losses[cell] = 10 ** ((cell % SIDE) / 6 - 4);
    const lines = linesOf(fieldOf(losses), 3);
    const xs = lines.map((line) =>
      [...line.matchAll(/[ML](-?[\d.]+) /g)].map(([, x]) => Number(x)),
    );
    expect(xs.map((of) => [...new Set(of)])).toEqual([[6], [12], [18]]);
  }
  expect(linesOf(fieldOf(first(48)), 3)).toEqual([]);
  expect(linesOf(fieldOf(first(625)), 3)).toEqual([]);
  expect(linesOf(fieldOf(first(625, Infinity)), 3)).toEqual([]);
});

test('the middle of the square is the middle cell', () => {
  const square = { centre: [1, 2], half: 3 } as const;
  expect(cellsOf(1, 2, { square })).toEqual([12, 12]);
  expect(cellsOf(-2, 5, { square })).toEqual([0, 24]);
});
