import { describe, expect, test, vi } from 'vitest';
import { initialCheckpoint } from '../experiment/model';
import type { HistoryPoint } from '../experiment/report';
import type { Entry } from './results';
import { createSavedRuns, HEADER, type Position } from './saved-run';
import { memoryStore, type Store } from './store';

const checkpoint = initialCheckpoint({ dataset: 'xor', model: 'mlp:4', seed: 3 });
const entry: Entry = {
  checkpoint,
  measured: {
    metrics: { examples: 1, loss: 0.5 },
    size: { parameters: 1, nonzero: 1, float32Bytes: 4, packedBytes: 9 },
    multiplyAdds: { dense: 1, effective: 1 },
    predictions: Int32Array.of(1, 0),
  },
  points: [],
  trainingMs: 12,
};
const points = (from: number, to: number): HistoryPoint[] =>
  Array.from({ length: to - from }, (_, i) => ({
    ...{ step: 1, iteration: from + i + 1, epoch: 1, trainLoss: 1 / (from + i + 1) },
    ...{ learningRate: 0.1, elapsedMs: i },
  }));
const position = (done: number): Position => ({
  link: 'a-link',
  backend: 'wasm',
  step: 1,
  middle: {
    checkpoint,
    resume: { done, epochRandom: [1, 2, 3, 4], validationLosses: [], best: null },
  },
  trainingMs: 40,
});
const runsIn = (store: Store) => createSavedRuns(store, () => undefined);

describe('a saved run', () => {
  test('comes back as it was left, with its finished steps and all its points', async () => {
    const store = memoryStore();
    const saver = runsIn(store).start();
    saver.finished(0, entry);
    saver.position(position(2), points(0, 2), true);
    saver.position(position(5), points(0, 5), true);
    await saver.settled();
    expect(await runsIn(store).load()).toMatchObject({
      ...position(5),
      finished: [entry],
      points: points(0, 5),
    });
    expect(await runsIn(store).peek()).toMatchObject({
      ...{ link: 'a-link', backend: 'wasm', step: 1, done: 5 },
    });
  });

  test('writes each point once', async () => {
    const store = memoryStore();
    const saver = runsIn(store).start();
    saver.position(position(2), points(0, 2), true);
    saver.position(position(5), points(0, 5), true);
    await saver.settled();
    expect((await store.list('points/')).map((part) => (part as HistoryPoint[]).length)).toEqual([
      2, 3,
    ]);
  });

  test('that went on from an earlier point forgets what was behind it', async () => {
    const store = memoryStore();
    const saver = runsIn(store).start();
    saver.finished(0, entry);
    saver.position(position(5), points(0, 5), true);
    saver.position(position(3), points(0, 3), true);
    await saver.settled();
    expect((await runsIn(store).load())?.points).toEqual(points(0, 3));
  });

  test('is gone when it is over, and when it is discarded', async () => {
    const store = memoryStore();
    for (const end of ['clear', 'discard'] as const) {
      const saver = runsIn(store).start();
      saver.finished(0, entry);
      saver.position(position(5), points(0, 5), true);
      await saver.settled();
      await (end === 'clear' ? saver.clear() : runsIn(store).discard());
      expect(await runsIn(store).peek()).toBeNull();
      expect(await store.list('')).toEqual([]);
    }
  });

  test('of another tab outlives the end of this one', async () => {
    const store = memoryStore();
    const mine = runsIn(store).start();
    mine.position(position(1), points(0, 1), true);
    await mine.settled();
    const theirs = runsIn(store).start();
    theirs.finished(0, entry);
    theirs.position(position(4), points(0, 4), true);
    await theirs.settled();
    await mine.clear();
    expect((await runsIn(store).load())?.middle?.resume.done).toBe(4);
  });

  test('without one of its finished steps is not offered half', async () => {
    const store = memoryStore();
    const saver = runsIn(store).start();
    saver.position(position(4), points(0, 4), true);
    await saver.settled();
    expect(await runsIn(store).load()).toBeNull();
  });

  test('of another version, or no run at all, is not read', async () => {
    const store = memoryStore();
    for (const found of [{ version: 0, run: 'x' }, { version: 1 }, 'a string', null]) {
      await store.write({ put: { [HEADER]: found } });
      expect(await runsIn(store).peek()).toBeNull();
    }
  });

  test('leaves the settings beside it alone', async () => {
    const store = memoryStore();
    await store.write({ put: { 'timings/mnist': [1] } });
    await runsIn(store).discard();
    expect(await store.get('timings/mnist')).toEqual([1]);
  });
});

describe('where nothing can be kept', () => {
  test('the failure is told once, and nothing more is tried', async () => {
    const write = vi.fn(() => Promise.reject(new Error('The disk is full.')));
    const fail = vi.fn();
    const saver = createSavedRuns({ ...memoryStore(), write }, fail).start();
    saver.position(position(1), points(0, 1), true);
    saver.position(position(2), points(0, 2), true);
    await saver.settled();
    saver.position(position(3), points(0, 3), true);
    await saver.settled();
    expect(fail).toHaveBeenCalledOnce();
    expect(write).toHaveBeenCalledOnce();
  });
});

test('a position that is not urgent waits for the disk no longer than the next one', async () => {
  const store = memoryStore();
  let release = () => {};
  const slow = new Promise<void>((resolve) => (release = resolve));
  const write = vi.fn(async (change: Parameters<Store['write']>[0]) => {
    await slow;
    await store.write(change);
  });
  const saver = runsIn({ ...store, write }).start();
  for (let done = 1; done <= 5; done++) saver.position(position(done), points(0, done), false);
  release();
  await saver.settled();
  saver.position(position(6), points(0, 6), false);
  await saver.settled();
  expect(write).toHaveBeenCalledTimes(2);
  expect((await store.list('points/')).flat()).toEqual(points(0, 6));
});
