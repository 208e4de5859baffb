import { expect, test } from 'vitest';
import { areEdgesBright } from './edges';

const set = (pixels: Uint8Array, channels: 1 | 3 = 1) => ({
  ...{ labels: Uint8Array.of(0), pixels },
  shape: [4, 4, channels] as const,
});
/** Bright edges, dark in the middle. */
const onPaper = Uint8Array.from({ length: 16 }, (_, i) => ([5, 6, 9, 10].includes(i) ? 0 : 240));

test('paper around dark ink is told from black around bright ink', () => {
  expect(areEdgesBright(set(onPaper))).toBe(true);
  expect(areEdgesBright(set(onPaper.map((value) => 255 - value)))).toBe(false);
});

test('of pictures in colour all channels count', () => {
  const yellow = Uint8Array.from({ length: 48 }, (_, i) => (i % 3 === 2 ? 0 : 255));
  const red = Uint8Array.from({ length: 48 }, (_, i) => (i % 3 === 0 ? 255 : 0));
  expect(areEdgesBright(set(yellow, 3))).toBe(true);
  expect(areEdgesBright(set(red, 3))).toBe(false);
});
