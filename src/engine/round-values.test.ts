import { grads, sum, tensor1d, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { roundValues } from './round-values';
import { nodeEngine } from './testing/engines';

beforeAll(async () => {
  await nodeEngine('cpu');
});

/** docs/definitions.md: affine, 8 bits, range [−1, 3]: s = 4/255, z = 64. */
const grid = { bits: 8, scale: Math.fround(4 / 255), zeroPoint: 64 };

test('values go to the nearest of the grid, those beyond to its end', async () => {
  const rounded = await roundValues(tensor1d([0, 3, -1, 10, -10]), grid).data();
  const wanted = [0, (255 - 64) * (4 / 255), -64 * (4 / 255), 191 * (4 / 255), -64 * (4 / 255)];
  wanted.forEach((value, i) => {
    expect(rounded[i]).toBeCloseTo(value, 6);
  });
});

test('the gradient is 1 on the grid and 0 beyond, where nothing changes any more', async () => {
  // Half a step above the largest code is still rounded to it.
  const inputs = [0.5, -0.99, 2.99, 3.2, -1.2];
  const [slope] = grads((x: Tensor) => sum(roundValues(x, grid)))([tensor1d(inputs)]);
  expect(Array.from((await slope?.data()) ?? [])).toEqual([1, 1, 1, 0, 0]);
});
