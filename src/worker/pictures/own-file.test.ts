import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { randomOf } from '../../experiment/random';
import type { PictureSet } from '../protocol';
import { readOwnFile, zipOf } from './own-file';

/** Twenty pictures of noise, which no packing makes shorter. */
const random = randomOf(5);
const noise: PictureSet = {
  ...{ name: 'noise', shape: [10, 10, 1], classes: ['a', 'b'] },
  pixels: Uint8Array.from({ length: 20 * 100 }, () => random.below(256)),
  labels: Uint8Array.from({ length: 20 }, (_, i) => i % 2),
};
const pause = () => Promise.resolve();

it('what is saved can be read again, or is refused with the reason', async () => {
  const { size } = await zipOf(noise, pause);
  const file = await zipOf(noise, pause, size);
  const again = await readOwnFile({ path: 'noise.whittle-data', file });
  expect(again.pixels).toEqual(noise.pixels);
  expect(again.labels).toEqual(noise.labels);
  // The file itself is too long, then its pixels alone.
  for (const most of [size - 1, noise.pixels.length - 1]) {
    await expect(zipOf(noise, pause, most)).rejects.toMatchObject({
      problem: { code: 'tooLongToSave', params: { name: 'noise' } },
    });
  }
});

it('pictures of zeros are refused by what they become', async () => {
  const zeros = { ...noise, pixels: new Uint8Array(20 * 100) };
  expect((await zipOf(zeros, pause)).size).toBeLessThan(1_000);
  await expect(zipOf(zeros, pause, 1_999)).rejects.toMatchObject({
    problem: { code: 'tooLongToSave' },
  });
});

it.each([
  ['a pixel less', noise.pixels.subarray(1)],
  ['a picture more', new Uint8Array(21 * 100)],
])('a file with %s than its labels tell of is said to be damaged', async (_, pixels) => {
  const { name, shape, classes, labels } = noise;
  const about = strToU8(JSON.stringify({ whittle: 'pictures', name, shape, classes }));
  const zip = zipSync({ 'about.json': about, 'pixels.bin': pixels, 'labels.bin': labels });
  const file = new Blob([zip]);
  await expect(readOwnFile({ path: 'mine.whittle-data', file })).rejects.toMatchObject({
    problem: { code: 'notOurData', params: { name: 'mine.whittle-data' } },
  });
});
