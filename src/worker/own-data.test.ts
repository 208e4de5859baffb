import { afterEach, describe, expect, it, vi } from 'vitest';
import { resolveDataset } from '../experiment/dataset';
import type { PictureSet } from './protocol';
import { createOwnSets } from './own-data';
import { memoryStore, type Store } from './store';
import { openWorker } from './testing/worker';

/** Dark pictures of one class, light ones of the other. */
const shades: PictureSet = {
  name: 'shades <b>',
  shape: [3, 2, 3],
  classes: ['dark', 'none', 'light'],
  pixels: Uint8Array.from({ length: 40 * 18 }, (_, i) => (Math.floor(i / 18) % 2) * 200 + (i % 7)),
  labels: Uint8Array.from({ length: 40 }, (_, i) => (i % 2) * 2),
};

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('sets of the user’s own', () => {
  it('are kept, opened in colour, listed, renamed and deleted', async () => {
    const { client } = openWorker();
    const kept = await client.request('keepPictures', shades);
    expect(kept).toMatchObject({ name: 'shades <b>', classes: ['dark', 'light'] });
    expect(resolveDataset(kept.ref)?.info).toMatchObject({
      shape: [3, 2, 3],
      outputs: 2,
      ...{ train: 28, validation: 4, test: 8 },
    });
    expect(await client.request('ownSets', {})).toMatchObject([{ ref: kept.ref }]);

    const asked = { dataset: kept.ref, seed: 7, split: 'train', limit: 28 } as const;
    const { inputs, labels } = await client.request('examples', asked);
    expect(inputs).toBeInstanceOf(Uint8Array);
    labels.forEach((label, i) => {
      expect((inputs[i * 18] ?? 0) >= 200).toBe(label === 1);
    });

    await client.request('renameOwn', { ref: kept.ref, name: 'tones' });
    expect(await client.request('ownSet', { ref: kept.ref })).toMatchObject({ name: 'tones' });
    await client.request('removeOwn', { ref: kept.ref });
    expect(await client.request('ownSets', {})).toEqual([]);
    expect(await client.request('ownSet', { ref: kept.ref })).toBeNull();
  });

  it('have the same reference for the same contents, whatever they are called', async () => {
    const { client } = openWorker();
    const first = await client.request('keepPictures', shades);
    const again = await client.request('keepPictures', { ...shades, name: 'other' });
    const pixels = shades.pixels.with(5, 77);
    const changed = await client.request('keepPictures', { ...shades, pixels });
    expect(again.ref).toBe(first.ref);
    expect(changed.ref).not.toBe(first.ref);
    expect(await client.request('ownSets', {})).toHaveLength(2);
  });

  it('of the same name have a number behind it, kept or renamed', async () => {
    const { client } = openWorker();
    const lighter = (by: number) => shades.pixels.map((value) => value + by);
    const keep = (by: number, name = 'shades') =>
      client.request('keepPictures', { ...shades, name, pixels: lighter(by) });
    const first = await keep(0);
    expect((await keep(1)).name).toBe('shades (2)');
    const third = await keep(2);
    expect(third.name).toBe('shades (3)');
    // The same set again is the same set, and its own name does not stand in its way.
    expect(await keep(0)).toMatchObject({ ref: first.ref, name: 'shades' });
    await client.request('renameOwn', { ref: third.ref, name: 'shades (2)' });
    expect(await client.request('ownSet', { ref: third.ref })).toMatchObject({
      name: 'shades (2) (2)',
    });
  });

  it('that are not here are said to be missing at the data', async () => {
    const { client } = openWorker();
    const dataset = 'own:9f3a2b1c-14:3x2x3:c2';
    const asked = { dataset, seed: 7, split: 'train', limit: 1 } as const;
    await expect(client.request('examples', asked)).rejects.toMatchObject({
      problem: { code: 'dataNotHere', at: 'data' },
    });
  });

  it.each([
    [
      { labels: shades.labels.subarray(0, 9), pixels: shades.pixels.subarray(0, 9 * 18) },
      'dataCount',
    ],
    [{ labels: new Uint8Array(40) }, 'onePictureClass'],
    [{ shape: [129, 2, 1] as const, pixels: new Uint8Array(40 * 258) }, 'picturesTooLarge'],
  ])('that cannot be learned are refused with what is needed (%#)', async (change, code) => {
    const { client } = openWorker();
    await expect(client.request('keepPictures', { ...shades, ...change })).rejects.toMatchObject({
      problem: { code },
    });
  });

  it('that cannot be written are refused with the browser’s reason, in one sentence', async () => {
    const write = () => Promise.reject(new Error('The disk is gone.'));
    const { client } = openWorker({ store: { ...memoryStore(), write } });
    await expect(client.request('keepPictures', shades)).rejects.toMatchObject({
      problem: {
        code: 'dataNotKept',
        message: expect.stringContaining('could not be kept: The disk is gone. What is'),
      },
    });
  });

  it.each([
    ['reads nor writes any more', ['get', 'list', 'write']],
    ['does not list what is kept', ['list']],
  ] as const)(
    'that a database does not take which %s are refused with its reason',
    async (_, broken) => {
      const closed = () => Promise.reject(new DOMException('It is closed.', 'InvalidStateError'));
      const store = {
        ...memoryStore(),
        ...Object.fromEntries(broken.map((each) => [each, closed])),
      };
      const { client } = openWorker({ store });
      await expect(client.request('keepPictures', shades)).rejects.toMatchObject({
        problem: { code: 'dataNotKept', params: { name: 'shades <b>', reason: 'It is closed' } },
      });
    },
  );

  it('that are deleted while they are read are not there any more', async () => {
    const disk = memoryStore();
    const { client } = openWorker({ store: disk });
    const { ref } = await client.request('keepPictures', shades);
    let pass: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (pass = resolve));
    const get: Store['get'] = async (key) => {
      const found = await disk.get(key);
      if (key.startsWith('values/')) await held;
      return found;
    };
    const own = createOwnSets({ ...disk, get });
    const reading = own.load(ref);
    await own.remove(ref);
    pass();
    // It was there when it was asked for.
    expect((await reading)?.record.ref).toBe(ref);
    expect(await own.load(ref)).toBeNull();
  });

  it('are kept, renamed and deleted where the browser refuses locks', async () => {
    const request = () => Promise.reject(new DOMException('Denied.', 'SecurityError'));
    vi.stubGlobal('navigator', { locks: { request } });
    const { client } = openWorker();
    const { ref } = await client.request('keepPictures', shades);
    expect(await client.request('renameOwn', { ref, name: 'tones' })).toMatchObject({
      name: 'tones',
    });
    await client.request('removeOwn', { ref });
    expect(await client.request('ownSets', {})).toEqual([]);
  });

  it('are written once where a lock is held and writing fails', async () => {
    const request = (_: string, work: () => Promise<unknown>) => work();
    vi.stubGlobal('navigator', { locks: { request } });
    const write = vi.fn(() => Promise.reject(new Error('The disk is gone.')));
    const { client } = openWorker({ store: { ...memoryStore(), write } });
    await expect(client.request('keepPictures', shades)).rejects.toMatchObject({
      problem: { code: 'dataNotKept' },
    });
    expect(write).toHaveBeenCalledOnce();
  });

  it('that the browser has no room for are refused, and those kept before are unharmed', async () => {
    const disk = memoryStore();
    let full = false;
    const store: Store = {
      ...disk,
      write: (change) =>
        full && change.put !== undefined
          ? Promise.reject(new DOMException('No room.', 'QuotaExceededError'))
          : disk.write(change),
    };
    const { client } = openWorker({ store });
    full = true;
    // There is nothing in the list that could be deleted.
    await expect(client.request('keepPictures', shades)).rejects.toMatchObject({
      problem: { code: 'storageFullAlone', params: { name: 'shades <b>' } },
    });
    full = false;
    const kept = await client.request('keepPictures', shades);
    full = true;
    const other = { ...shades, pixels: shades.pixels.with(0, 9) };
    await expect(client.request('keepPictures', other)).rejects.toMatchObject({
      problem: { code: 'storageFull', params: { name: 'shades <b>' } },
    });
    expect(await client.request('ownSets', {})).toMatchObject([{ ref: kept.ref }]);
    expect((await createOwnSets(disk).load(kept.ref))?.values).toMatchObject({ kind: 'pictures' });
  });
});
