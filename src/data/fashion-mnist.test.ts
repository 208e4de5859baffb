import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { serveData } from './data-server';
import type { DataServer } from './data-server';
import { openDataset } from './open';

const require = createRequire(import.meta.url);

// Data may have to be prepared first, on a machine that is busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let server: DataServer;
beforeAll(async () => {
  server = await serveData();
});
afterAll(() => server.close());

describe('Fashion-MNIST', () => {
  const source = (label: number) =>
    (
      JSON.parse(
        readFileSync(require.resolve(`fashion-mnist/src/clothes/${String(label)}.json`), 'utf8'),
      ) as { data: number[][] }
    ).data;

  it('takes the classes in turn, and validates on 500 of each', async () => {
    const { train, validation, test } = openDataset('fashion-mnist', 7, server.baseUrl);
    const firstTwenty = Array.from({ length: 20 }, (_, i) => i);
    expect([...(await train.gather(firstTwenty)).labels]).toEqual(firstTwenty.map((i) => i % 10));
    for (const [split, each] of [
      [validation, 500],
      [test, 1000],
    ] as const) {
      const { labels } = await split.gather(Array.from({ length: split.count }, (_, i) => i));
      for (let label = 0; label < 10; label++) {
        expect(labels.filter((other) => other === label)).toHaveLength(each);
      }
    }
  });

  it('gives the pictures of the package without the empty entries', async () => {
    const { train, test } = openDataset('fashion-mnist', 7, server.baseUrl);
    const shirts = source(0);
    expect(shirts).toHaveLength(7002);
    expect(shirts[1000]).toEqual([]);
    expect(shirts[7001]).toEqual([]);
    const bytes = (picture: number[] | undefined) => Uint8Array.from(picture ?? []);
    // A shard holds 240 of a class, of which 220 train: number 1,000 is number 40 of shard 4.
    const inTrain = 4 * 2200 + (1000 - 4 * 240) * 10;
    expect((await train.gather([inTrain])).inputs).toEqual(bytes(shirts[1001]));
    expect((await test.gather([0])).inputs).toEqual(bytes(shirts[6001]));
    expect((await test.gather([9_990])).inputs).toEqual(bytes(shirts[7000]));
    expect((await test.gather([9_999])).inputs).toEqual(bytes(source(9)[6999]));
  });
});
