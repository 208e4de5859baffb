import { expect, test } from 'vitest';
import { fitted, SIDE } from './fit';

/** A drawing of so many pixels a side, with ink where `isInk` says so. */
const drawing = (side: number, isInk: (x: number, y: number) => boolean) =>
  Float32Array.from({ length: side * side }, (_, i) =>
    Number(isInk(i % side, Math.floor(i / side))),
  );

test('nothing drawn is an empty picture', () => {
  expect(fitted(new Float32Array(100), 10, 'digit')).toEqual(new Float32Array(SIDE * SIDE));
});

test('a square anywhere, of any size, fills the 20 × 20 in the middle', () => {
  const wanted = drawing(SIDE, (x, y) => x >= 4 && x < 24 && y >= 4 && y < 24);
  for (const [from, length] of [
    [13, 40],
    [0, 200],
    [150, 10],
  ] as const) {
    const inside = (at: number) => at >= from && at < from + length;
    const picture = fitted(
      drawing(280, (x, y) => inside(x) && inside(y)),
      280,
      'digit',
    );
    picture.forEach((value, i) => {
      expect(value).toBeCloseTo(wanted[i] ?? NaN, 4);
    });
  }
});

test('a narrow stroke keeps its proportions, and what is drawn to one side moves the other way', () => {
  // 20 × 200: two pixels wide.
  const stroke = fitted(
    drawing(280, (x, y) => x >= 30 && x < 50 && y >= 10 && y < 210),
    280,
    'digit',
  );
  const sum = stroke.reduce((total, value) => total + value, 0);
  expect(sum).toBeCloseTo(40, 3);
  expect(stroke[14 * SIDE + 13]).toBeCloseTo(1, 4);
  // An L has its mass below and left of the middle of its box.
  const corner = fitted(
    drawing(200, (x, y) => x < 80 || y >= 120),
    200,
    'digit',
  );
  let [x, y, mass] = [0, 0, 0];
  corner.forEach((value, i) => {
    x += value * ((i % SIDE) + 0.5);
    y += value * (Math.floor(i / SIDE) + 0.5);
    mass += value;
  });
  expect(x / mass).toBeCloseTo(SIDE / 2, 2);
  expect(y / mass).toBeCloseTo(SIDE / 2, 2);
});

test('clothes fill the picture with their longer side, and stand in its middle', () => {
  // 120 × 240 to one side, and heavier at the top: 14 × 28 in the middle.
  const shirt = fitted(
    drawing(280, (x, y) => x < 120 && y < 240 && (y < 60 || x % 2 === 0)),
    280,
    'clothing',
  );
  const inside = (column: number) => column >= 7 && column < 21;
  shirt.forEach((value, i) => {
    const wanted = inside(i % SIDE) ? (i < 7 * SIDE ? 1 : 0.5) : 0;
    expect(Math.abs(value - wanted)).toBeLessThanOrEqual(0.07);
  });
});
