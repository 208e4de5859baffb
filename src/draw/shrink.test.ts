import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shrink } from './shrink';

type Pixel = readonly [number, number, number, number];

function picture(width: number, height: number, at: (x: number, y: number) => Pixel) {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set(at(x, y), 4 * (y * width + x));
  }
  return { width, height, data };
}

const grey = (value: number): Pixel => [value, value, value, 255];

test('a pixel is the mean of what falls on it', () => {
  // 3 × 3 onto 2 × 2: a corner, half of two edges and a quarter of the middle, of 2.25 in all.
  const values = [0, 90, 0, 0, 180, 0, 0, 0, 225];
  const small = shrink(
    picture(3, 3, (x, y) => grey(values[3 * y + x] ?? 0)),
    { height: 2, width: 2, channels: 1, keep: 'middle' },
  );
  expect([...small]).toEqual([
    Math.round((90 / 2 + 180 / 4) / 2.25),
    Math.round((90 / 2 + 180 / 4) / 2.25),
    Math.round(180 / 4 / 2.25),
    Math.round((180 / 4 + 225) / 2.25),
  ]);
});

test('one colour stays that colour, whatever the size, cut or whole', () => {
  const sides = fc.integer({ min: 1, max: 60 });
  const byte = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(sides, sides, fc.tuple(byte, byte, byte), (width, height, [red, green, blue]) => {
      for (const keep of ['middle', 'whole'] as const) {
        const all = picture(width, height, () => [red, green, blue, 255]);
        const small = shrink(all, { height: 8, width: 8, channels: 3, keep });
        for (let i = 0; i < small.length; i += 3) {
          expect([...small.subarray(i, i + 3)]).toEqual([red, green, blue]);
        }
      }
    }),
    { numRuns: 20 },
  );
});

test('of a wide picture the middle square is cut out, or its edges go on above and below', () => {
  const wide = picture(12, 4, (x) => grey(x >= 4 && x < 8 ? 255 : 0));
  const cut = shrink(wide, { height: 4, width: 4, channels: 1, keep: 'middle' });
  expect([...cut]).toEqual(new Array(16).fill(255));
  const tops = picture(12, 4, (_, y) => grey(y === 0 ? 200 : 100));
  const whole = shrink(tops, { height: 3, width: 3, channels: 1, keep: 'whole' });
  // Rows of four: margin like the edge, the picture itself, margin like the other edge.
  expect([...whole]).toEqual([200, 200, 200, 125, 125, 125, 100, 100, 100]);
});

test('colours become as grey as BT.601 has them, and what can be seen through is paper', () => {
  const one = (pixel: Pixel) =>
    shrink(
      picture(1, 1, () => pixel),
      { height: 1, width: 1, channels: 1, keep: 'middle' },
    )[0];
  expect(one([255, 0, 0, 255])).toBe(76);
  expect(one([0, 255, 0, 255])).toBe(150);
  expect(one([0, 0, 255, 255])).toBe(29);
  expect(one([0, 0, 0, 0])).toBe(255);
  expect(one([0, 0, 0, 51])).toBe(204);
});
