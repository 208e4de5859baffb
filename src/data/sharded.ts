import type { Batch, DatasetInfo, PictureStore } from '../experiment/dataset';
import type { DatasetRef } from '../experiment/experiment';
import type { Dataset, Split } from './dataset';
import { Downloads } from './downloads';
import { fetchBytes, inflate } from './fetch-bytes';
import { checkIndices } from './in-memory';
import layout from './layout.json';
import { imageManifest, readManifest } from './manifest';
import type { ImageManifest, Shard } from './manifest';

/** How many shards a part has, and how many examples each. */
export interface PartLayout {
  readonly shards: number;
  readonly examples: number;
}

export interface ImageLayout {
  readonly train: PartLayout;
  readonly test: PartLayout;
}

/** A shard as it lies in memory. */
interface Pictures {
  /** `[count, height, width]`, grey values 0 … 255. */
  readonly images: Uint8Array;
  /** `[count]` */
  readonly labels: Uint8Array;
}

/** What has arrived of a part. */
interface Held extends PictureStore {
  readonly blocks: (Uint8Array | undefined)[];
  /** `[count]` of each block. */
  readonly labels: (Uint8Array | undefined)[];
}

function holdPart({ shards, examples }: PartLayout, pixels: number): Held {
  const none = () => new Array<Uint8Array | undefined>(shards).fill(undefined);
  return { blockBytes: examples * pixels, blocks: none(), labels: none() };
}

/**
 * An image set that streams from the folder `address`: the first training shard, then the test part,
 * then the rest. How many shards there are is known before anything is loaded (layout.json, which
 * the script that packs them reads too), so that the order of examples never depends on what
 * arrives when. The validation part is the end of every training shard.
 */
export function openSharded(
  ref: DatasetRef,
  info: DatasetInfo,
  parts: ImageLayout,
  address: string,
): Dataset {
  const pixels = info.shape.reduce((product, side) => product * side, 1);
  const downloads = new Downloads();
  const shards = startDownloads(downloads, info.id, parts, address, pixels);

  const held = { train: holdPart(parts.train, pixels), test: holdPart(parts.test, pixels) };
  const split = (part: 'train' | 'test', start: number, perShard: number): Split =>
    shardedSplit(held[part], start, perShard, pixels, async (index) => {
      const pictures = await (await shards)[part][index];
      // The layout was checked, so a shard that is not there was never asked for.
      if (pictures === undefined) throw new RangeError(`No ${part} shard ${String(index)}.`);
      return pictures;
    });
  const validation = parts.train.examples / layout.validationShare;
  const kept = parts.train.examples - validation;
  return {
    ref,
    info,
    train: split('train', 0, kept),
    validation: split('train', kept, validation),
    test: split('test', 0, parts.test.examples),
    watch: (listener) => downloads.watch(listener),
    retry: () => {
      downloads.retry();
    },
  };
}

/** Resolves with the shards to come once the manifest has told their names and sizes. */
async function startDownloads(
  downloads: Downloads,
  id: string,
  parts: ImageLayout,
  address: string,
  pixels: number,
) {
  const { train, test } = await downloads.add({
    name: `${id}/manifest`,
    bytes: 0,
    load: async (onProgress) => {
      const bytes = await fetchBytes(`${address}manifest.json`, null, onProgress);
      return checkLayout(readManifest(imageManifest, bytes), parts);
    },
  });
  const add = (part: 'train' | 'test', from: number, to?: number) =>
    (part === 'train' ? train : test).slice(from, to).map((shard, i) =>
      downloads.add({
        name: `${id}/${part}-${String(from + i)}`,
        bytes: shard.bytes,
        // Training starts on it, so nothing shares the line with it.
        alone: part === 'train' && from + i === 0,
        load: (onProgress) => loadShard(`${address}${shard.file}`, shard, pixels, onProgress),
      }),
    );
  const first = add('train', 0, 1);
  const tests = add('test', 0);
  return { train: [...first, ...add('train', 1)], test: tests };
}

/** @throws Error where the shards are not those that this version of the page counts on */
function checkLayout(manifest: ImageManifest, parts: ImageLayout): ImageManifest {
  for (const part of ['train', 'test'] as const) {
    const { shards, examples } = parts[part];
    const found = manifest[part];
    if (found.length !== shards || found.some(({ count }) => count !== examples)) {
      throw new Error(
        `the ${part} part is not ${String(shards)} shards of ${String(examples)} examples: ` +
          'prepare the data again with `node scripts/prepare-data.mjs`',
      );
    }
  }
  return manifest;
}

/** @throws Error where the shard does not arrive whole */
async function loadShard(
  url: string,
  shard: Shard,
  pixels: number,
  onProgress: (loadedBytes: number) => void,
): Promise<Pictures> {
  const content = await inflate(await fetchBytes(url, shard.bytes, onProgress));
  const expected = shard.count * (pixels + 1);
  if (content.length !== expected) {
    throw new Error(`it holds ${String(content.length)} bytes instead of ${String(expected)}`);
  }
  const labelsStart = shard.count * pixels;
  return { images: content.subarray(0, labelsStart), labels: content.subarray(labelsStart) };
}

/** The split that takes `perShard` examples of every shard, from the shard's example `start` on. */
function shardedSplit(
  held: Held,
  start: number,
  perShard: number,
  pixels: number,
  shardAt: (index: number) => Promise<Pictures>,
): Split {
  const count = held.blocks.length * perShard;
  const holdShard = async (shard: number) => {
    if (held.blocks[shard] !== undefined) return;
    const { images, labels } = await shardAt(shard);
    held.blocks[shard] = images;
    held.labels[shard] = labels;
  };
  return {
    count,
    shardSizes: held.blocks.map(() => perShard),
    gather: async (indices) => {
      checkIndices(indices, count);
      for (let i = 0; i < indices.length; i++) {
        await holdShard(Math.floor((indices[i] ?? 0) / perShard));
      }
      return collect(indices, pixels, held, start, perShard);
    },
    labels: async () => {
      const all = new Int32Array(count);
      for (const shard of held.blocks.keys()) {
        await holdShard(shard);
        const labels = held.labels[shard] ?? new Uint8Array();
        all.set(labels.subarray(start, start + perShard), shard * perShard);
      }
      return all;
    },
  };
}

/** The examples as grey values. Each shard gives `perShard` examples from its example `start` on. */
function collect(
  indices: ArrayLike<number>,
  pixels: number,
  held: Held,
  start: number,
  perShard: number,
): Batch {
  const count = indices.length;
  const inputs = new Uint8Array(count * pixels);
  const labels = new Int32Array(count);
  const rows = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const index = indices[i] ?? 0;
    const shard = Math.floor(index / perShard);
    const pictures = held.blocks[shard];
    if (pictures === undefined) continue;
    const row = start + (index % perShard);
    inputs.set(pictures.subarray(row * pixels, (row + 1) * pixels), i * pixels);
    labels[i] = held.labels[shard]?.[row] ?? 0;
    rows[i] = shard * (held.blockBytes / pixels) + row;
  }
  return { count, inputs, labels, targets: new Float32Array(0), origin: { store: held, rows } };
}
