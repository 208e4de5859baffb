import { expect, test } from 'vitest';
import { hasDarkInk, inverted } from './inversion';

const set = (pixels: Uint8Array, channels: 1 | 3 = 1) => ({
  ...{ name: '', classes: [], labels: Uint8Array.of(0) },
  shape: [4, 4, channels] as const,
  pixels,
});
/** Bright edges, dark in the middle. */
const onPaper = Uint8Array.from({ length: 16 }, (_, i) => ([5, 6, 9, 10].includes(i) ? 0 : 240));

test('dark ink on paper is told from bright ink on black by the edges', () => {
  expect(hasDarkInk(set(onPaper))).toBe(true);
  expect(hasDarkInk(set(inverted(onPaper)))).toBe(false);
});

test('pictures in colour have no ink', () => {
  expect(hasDarkInk(set(new Uint8Array(48).fill(250), 3))).toBe(false);
});

test('inverting twice changes nothing', () => {
  expect(inverted(inverted(onPaper))).toEqual(onPaper);
});
