import { expect, test } from 'vitest';
import { asGrey, coloursOf, weightColours } from './pixel-colours';

test('a picture in colour is drawn in its colours, whatever tone grey ones have', () => {
  const picture = {
    ...{ width: 2, height: 1, channels: 3 },
    values: Float32Array.of(1, 0, 0, 0.2, 0.4, 0.6),
  };
  const colourAt = coloursOf(picture, () => [9, 9, 9]);
  expect([colourAt(0, 0), colourAt(1, 0)]).toEqual([
    [255, 0, 0],
    [51, 102, 153],
  ]);
});

test('a grey one has its tone, pixel by pixel', () => {
  const picture = { width: 2, height: 2, channels: 1, values: Float32Array.of(0, 0.2, 0.4, 1) };
  const colourAt = coloursOf(picture, asGrey);
  expect([colourAt(1, 0), colourAt(0, 1), colourAt(1, 1)]).toEqual([
    [51, 51, 51],
    [102, 102, 102],
    [255, 255, 255],
  ]);
});

test('weights for colours are grey where they are zero, dark and bright where they are largest', () => {
  const picture = { width: 1, height: 1, channels: 3, values: Float32Array.of(-1, 0, 1) };
  expect(coloursOf(weightColours(picture), asGrey)(0, 0)).toEqual([0, 128, 255]);
});
