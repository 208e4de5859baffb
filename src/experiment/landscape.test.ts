import { expect, test } from 'vitest';
import { CELLS, cellsWithin, placeOf, SIDE, strideOf } from './landscape';

test('every cell is measured once: 7 by 7, then the rest of 13 by 13, then the rest', () => {
  expect(new Set(CELLS).size).toBe(SIDE * SIDE);
  expect([4, 2, 1].map(cellsWithin)).toEqual([49, 169, 625]);
  expect(CELLS.slice(0, 49).every((cell) => strideOf(cell) === 4)).toBe(true);
  expect(CELLS.slice(49, 169).every((cell) => strideOf(cell) === 2)).toBe(true);
});

test('the middle cell is the middle of the square, and the first its lower left corner', () => {
  const square = { centre: [1, 2], half: 3 } as const;
  expect(placeOf((SIDE * SIDE - 1) / 2, square)).toEqual([1, 2]);
  expect(placeOf(0, square)).toEqual([-2, -1]);
  expect(placeOf(SIDE - 1, square)).toEqual([4, -1]);
  expect(placeOf(SIDE * SIDE - 1, square)).toEqual([4, 5]);
});
