import { expect, test } from 'vitest';
import { disagreementsOf } from './disagreements';

test('an example in colour comes with all of its channels', async () => {
  const pixels = Uint8Array.of(255, 0, 0, 0, 51, 0, 0, 0, 102, 255, 255, 255);
  const gather = (indices: ArrayLike<number>) =>
    Promise.resolve({
      count: indices.length,
      inputs: Uint8Array.from(Array.from(indices).flatMap(() => Array.from(pixels))),
      labels: Int32Array.from(indices, () => 1),
      targets: new Float32Array(0),
    });
  const split = { count: 3, shardSizes: [3], gather, labels: () => Promise.reject(new Error()) };
  const { total, examples } = await disagreementsOf(
    Int32Array.of(0, 1, 0),
    Int32Array.of(0, 0, 0),
    { split, shape: [2, 2, 3] },
    5,
  );
  expect(total).toBe(1);
  expect(examples).toEqual([
    {
      ...{ index: 1, label: 1, a: 1, b: 0 },
      picture: {
        ...{ width: 2, height: 2, channels: 3 },
        values: Float32Array.from(pixels, (value) => value / 255),
      },
      inputs: Float32Array.from(pixels, (value) => value / 255),
    },
  ]);
});
