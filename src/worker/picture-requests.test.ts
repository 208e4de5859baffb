import { expect, it } from 'vitest';
import type { ReadPictures } from './protocol';
import { openWorker } from './testing/worker';

/** Twelve pictures, dark on a bright ground: of a class the first two, of the other the rest. */
const scans: ReadPictures = {
  ...{ name: 'scans', shape: [3, 3, 1], classes: ['a', 'b'] },
  pixels: Uint8Array.from({ length: 12 * 9 }, (_, i) => (i % 9 === 4 ? Math.floor(i / 9) : 250)),
  labels: Uint8Array.from({ length: 12 }, (_, i) => Number(i > 1)),
  ...{ ignored: { hidden: 1, others: 0, loose: 0 }, merged: false, asTheyAre: false },
  ...{ broken: [], brokenCount: 0 },
};
const asked = { files: [], options: { colour: false, keep: 'whole' }, draft: 4 } as const;

function reading(read: ReadPictures) {
  const intakes = {
    tables: () => Promise.reject(new Error('There is no table.')),
    pictures: () => Promise.resolve(read),
  };
  return openWorker({ intakes }).client;
}

it('pictures that were read are summed up, and kept from what the worker holds', async () => {
  const client = reading(scans);
  const summary = await client.request('readPictures', asked);
  expect(summary).toMatchObject({ name: 'scans', darkInk: true, ignored: { hidden: 1 } });
  expect(summary.classes.map(({ count, examples }) => [count, examples.length])).toEqual([
    [2, 2],
    [10, 8],
  ]);
  expect(summary.classes[1]?.examples[0]).toEqual(scans.pixels.subarray(2 * 9, 3 * 9));
  const kept = await client.request('keepRead', { draft: 4, name: 'ink', inverts: true });
  // Inverted, the ground is dark.
  expect(kept).toMatchObject({
    name: 'ink',
    given: { keep: 'whole', inverts: true, ground: 'dark' },
  });
  const set = await client.request('ownPictures', { ref: kept.ref });
  expect(set?.pixels).toEqual(scans.pixels.map((value) => 255 - value));
});

it('pictures that the page wants no more are forgotten', async () => {
  const client = reading(scans);
  await client.request('readPictures', asked);
  await client.request('dropDraft', { draft: 4 });
  const keep = { draft: 4, name: 'ink', inverts: false };
  await expect(client.request('keepRead', keep)).rejects.toMatchObject({
    problem: { code: 'draftGone' },
  });
});

it('pictures in MNIST’s form are drawn as its digits were, those of another size or of dark ink as they are', async () => {
  const idx = (side: number, ground: number): ReadPictures => ({
    ...{ ...scans, shape: [side, side, 1], asTheyAre: true },
    pixels: new Uint8Array(12 * side * side).fill(ground),
  });
  const dark = { keep: 'whole', inverts: false, ground: 'dark' };
  for (const [side, ground, inverts, given] of [
    [28, 0, false, undefined],
    [28, 255, true, undefined],
    [28, 255, false, { ...dark, ground: 'bright' }],
    [28, 0, true, { ...dark, inverts: true, ground: 'bright' }],
    [20, 0, false, dark],
  ] as const) {
    const client = reading(idx(side, ground));
    await client.request('readPictures', asked);
    const kept = await client.request('keepRead', { draft: 4, name: 'idx', inverts });
    expect(kept.given).toEqual(given);
  }
});

it('pictures that are read again keep the name that they were given, unless another is asked for', async () => {
  const client = reading(scans);
  const add = async (name: string) => {
    await client.request('readPictures', asked);
    return client.request('keepRead', { draft: 4, name, inverts: false });
  };
  const { ref } = await add('scans');
  await client.request('renameOwn', { ref, name: 'mine' });
  expect(await add('scans')).toMatchObject({ ref, name: 'mine' });
  expect(await add('letters')).toMatchObject({ ref, name: 'letters' });
});
