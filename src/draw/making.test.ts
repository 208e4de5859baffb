import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resolveDataset } from '../experiment/dataset';
import { SIDE } from './fit';
import { exampleOf, layable, makingOf, padLook, type Making } from './making';
import type { Rgba } from './shrink';

function making(ref: string, given?: Parameters<typeof makingOf>[2]): Making {
  const { info, view } = resolveDataset(ref) ?? {};
  const found = info === undefined ? null : makingOf(info, view ?? null, given);
  if (found === null) throw new Error(`${ref} has no pictures.`);
  return found;
}

/** A pad with black ink where `isInk` says so. */
function inked(isInk: (x: number, y: number) => boolean): Rgba {
  const data = new Uint8ClampedArray(4 * 280 * 280);
  for (let i = 0; i < 280 * 280; i++) {
    data[4 * i + 3] = isInk(i % 280, Math.floor(i / 280)) ? 255 : 0;
  }
  return { width: 280, height: 280, data };
}

/** A picture as large as its pad, every pixel a block. */
function enlarged({ width, height, data }: Rgba, to: { width: number; height: number }): Rgba {
  const large = new Uint8ClampedArray(4 * to.width * to.height);
  for (let y = 0; y < to.height; y++) {
    for (let x = 0; x < to.width; x++) {
      const at = Math.floor((y * height) / to.height) * width + Math.floor((x * width) / to.width);
      large.set(data.subarray(4 * at, 4 * at + 4), 4 * (y * to.width + x));
    }
  }
  return { ...to, data: large };
}

/** An L, 5 pixels thick: as it is drawn, its foot points to the right. */
const hook = inked((x, y) => (x >= 100 && x < 120 && y < 200) || (y >= 180 && y < 200 && x >= 100 && x < 200)); // prettier-ignore

test('clothes are drawn as Fashion-MNIST’s are, digits and what a user drew as MNIST’s', () => {
  expect(making('fashion-mnist')).toMatchObject({ kind: 'ink', fit: 'clothing' });
  expect(making('mnist:0-4')).toMatchObject({ kind: 'ink', fit: 'digit', inverted: false });
  expect(making('own:9f3a2b1c-14:28x28x1:c2')).toMatchObject({ kind: 'ink', fit: 'digit' });
});

test('a drawing for inverted digits is dark on bright, and one for turned digits is turned clockwise', () => {
  const plain = exampleOf(making('mnist'), hook);
  const inverted = exampleOf(making('mnist:inverted'), hook);
  const rotated = exampleOf(making('mnist:rotated'), hook);
  plain.forEach((value, i) => {
    expect(inverted[i]).toBeCloseTo(1 - value, 6);
    // The top row becomes the last column.
    const [row, column] = [Math.floor(i / SIDE), i % SIDE];
    expect(rotated[column * SIDE + (SIDE - 1 - row)]).toBe(value);
  });
});

test.each(['mnist', 'mnist:inverted', 'mnist:rotated'])(
  'an example of %s lies on the pad as ink, upright',
  (ref) => {
    const { data } = layable(making(ref), exampleOf(making(ref), hook));
    const upright = layable(making('mnist'), exampleOf(making('mnist'), hook)).data;
    data.forEach((value, i) => {
      expect(Math.abs(value - (upright[i] ?? NaN))).toBeLessThanOrEqual(1);
    });
  },
);

test('what is laid on a pad of any size and colour comes back as it was', () => {
  const given = { keep: 'middle', inverts: true, ground: 'dark' } as const;
  for (const shape of ['32x32x3', '28x28x1', '9x20x1', '128x100x3']) {
    const how = making(`own:9f3a2b1c-14:${shape}:c2`, given);
    const sizes = shape.split('x').reduce((size, side) => size * Number(side), 1);
    const example = fc.array(fc.nat(255), { minLength: sizes, maxLength: sizes });
    fc.assert(
      fc.property(example, (bytes) => {
        const values = Float32Array.from(bytes, (byte) => byte / 255);
        const pad = enlarged(layable(how, values), padLook(how));
        expect(exampleOf(how, pad)).toEqual(values);
      }),
      { numRuns: 2 },
    );
  }
});
