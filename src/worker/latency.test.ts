import { expect, test } from 'vitest';
import { openDataset } from '../data/open';
import type { Trainer } from '../engine/trainer';
import { initialCheckpoint } from '../experiment/model';
import { quantile } from './in-turn';
import { timeNetworks } from './latency';
import { createPace } from './pace';
import { engineNamed } from './testing/worker';

test('quantiles lie between the two nearest values', () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([1, 2, 3], 0.5)).toBe(2);
  expect(quantile([0, 10], 0.95)).toBeCloseTo(9.5, 12);
  expect(quantile([7], 0.95)).toBe(7);
});

test('networks are timed in turn and back, and every tensor is freed', async () => {
  const engine = await engineNamed('cpu');
  const order: string[] = [];
  const named = (name: string, trainer: Trainer): Trainer => ({
    ...trainer,
    predict: (batch) => {
      order.push(`${name}${String(batch.count)}`);
      return trainer.predict(batch);
    },
  });
  let opened = 0;
  const before = engine.tensorCount();
  const network = initialCheckpoint({ dataset: 'xor', model: 'mlp:64', seed: 1 });
  const results = await timeNetworks([network, network], {
    engine: {
      ...engine,
      open: async (which) => named(['a', 'b'][opened++] ?? '?', await engine.open(which)),
    },
    dataset: openDataset('xor', 1, 'http://localhost/'),
    pace: createPace(),
    signal: new AbortController().signal,
    network: () => Promise.reject(new Error('no files')),
    speeds: new Map(),
  });
  expect(engine.tensorCount()).toBe(before);
  expect(results.map((each) => each.map(({ batch }) => batch))).toEqual([
    [1, 64],
    [1, 64],
  ]);
  expect(results[0]?.map(({ vsBaseline }) => vsBaseline)).toEqual([1, 1]);
  // Runs of the same network in a row are one measurement, or the last of a round and the first of the next.
  const turns = order.filter((name, i) => name !== order[i - 1] && name.endsWith('1'));
  expect(turns.every((name, i) => name === (i % 2 === 0 ? 'a1' : 'b1'))).toBe(true);
  expect(turns.length).toBeGreaterThan(3);
  expect(results[0]?.[0]?.runs).toBeGreaterThanOrEqual(3);
});
