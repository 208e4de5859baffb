import type { Batch, DatasetInfo, LoadProgress, PictureStore } from '../../experiment/dataset';
import type { DatasetRef } from '../../experiment/experiment';
import { WhittleError } from '../../experiment/problem';
import { sizeOf } from '../../experiment/shapes';
import type { Dataset, OwnNames, Split } from '../dataset';
import { dataRandom } from '../generated';
import { checkIndices } from '../in-memory';
import type { OwnData, OwnRecord, OwnTable, OwnValues } from './record';
import { splitAtRandom, splitLabelled } from './split';
import { answersOf, examplesOf, fitEncoding, inputReader, type Encoding } from './table';

/**
 * Reads a user's set by its reference; null where it is not in this browser. `found` hears how long it is, before its
 * numbers are read.
 */
export type LoadOwn = (ref: DatasetRef, found?: (bytes: number) => void) => Promise<OwnData | null>;

/** Where a user's sets are kept. */
export interface OwnSource {
  readonly load: LoadOwn;
  /** A set without its numbers; null where it is not in this browser. */
  readonly record: (ref: DatasetRef) => Promise<OwnRecord | null>;
}

type Part = 'train' | 'validation' | 'test';
type Parts = Readonly<Record<Part, Uint32Array>>;

/** A set that has been read and split: batches of examples by their places among all. */
interface Opened {
  readonly parts: Parts;
  readonly gather: (places: Uint32Array) => Batch;
  /** Of a table. */
  readonly encoding: Encoding | null;
  readonly about: OwnNames;
  /** Classification: of every example. */
  readonly labels: ArrayLike<number>;
}

/**
 * Data of the user's own, split by the seed, classes evenly. It is read when it is first needed, and looked
 * for again as long as it is not there.
 */
export function openOwn(
  ref: DatasetRef,
  info: DatasetInfo,
  seed: number,
  source: OwnSource,
): Dataset {
  let opening: Promise<Opened> | null = null;
  const listeners = new Set<(progress: LoadProgress) => void>();
  let progress: LoadProgress = { loadedBytes: 0, totalBytes: 0, failed: [] };
  const tell = (loadedBytes: number, totalBytes: number) => {
    progress = { loadedBytes, totalBytes, failed: [] };
    for (const listener of listeners) listener(progress);
  };
  const read = async () => {
    const data = await source.load(ref, (bytes) => {
      tell(0, bytes);
    });
    if (data?.record.ref !== ref) throw dataNotHere(ref);
    const ready = openData(data, info, seed);
    tell(data.record.bytes, data.record.bytes);
    return ready;
  };
  const opened = () =>
    (opening ??= read().catch((error: unknown) => {
      opening = null;
      tell(0, 0);
      throw error;
    }));
  const split = (part: Part): Split => ({
    count: info[part],
    shardSizes: [info[part]],
    gather: async (indices) => {
      checkIndices(indices, info[part]);
      const { parts, gather } = await opened();
      return gather(Uint32Array.from(indices, (index) => parts[part][index] ?? 0));
    },
    labels: async () => {
      const { parts, labels } = await opened();
      const places = info.task === 'classification' ? parts[part] : new Uint32Array(0);
      return Int32Array.from(places, (place) => labels[place] ?? 0);
    },
  });
  return {
    ref,
    info,
    train: split('train'),
    validation: split('validation'),
    test: split('test'),
    own: async () => {
      const { about } = await opened();
      // It may have another name by now.
      return (await source.record(ref).catch(() => null)) ?? about;
    },
    ...(info.shape.length === 1 && {
      fields: async () => (await opened()).encoding?.fields ?? [],
    }),
    ...(info.task === 'regression' && {
      target: async () => {
        const { encoding, about } = await opened();
        return encoding?.target ?? { name: about.classes[0] ?? '', mean: 0, deviation: 1 };
      },
    }),
    watch: (listener) => {
      listeners.add(listener);
      listener(progress);
      return () => listeners.delete(listener);
    },
    retry: () => undefined,
  };
}

function openData({ record, values }: OwnData, info: DatasetInfo, seed: number): Opened {
  const { contents } = record;
  if (contents.kind === 'table' && values.kind === 'table') {
    return { ...openTable(contents, values.columns, info, seed), about: record };
  }
  if (contents.kind === 'pictures' && values.kind === 'pictures') {
    return { ...openPictures(values, info, seed), about: record };
  }
  throw dataNotHere(record.ref);
}

function openTable(
  table: OwnTable,
  columns: Extract<OwnValues, { kind: 'table' }>['columns'],
  info: DatasetInfo,
  seed: number,
): Omit<Opened, 'about'> {
  const examples = examplesOf(table, columns);
  const random = dataRandom(seed);
  const parts =
    info.task === 'classification'
      ? splitLabelled(examples.labels, info.outputs, info, random)
      : splitAtRandom(info, random);
  const train = Uint32Array.from(parts.train, (place) => examples.rows[place] ?? 0);
  const encoding = fitEncoding(table, columns, train);
  const inputs = inputReader(examples, encoding);
  const gather = (places: Uint32Array): Batch => ({
    count: places.length,
    inputs: inputs(places),
    ...answersOf(examples, encoding, places),
  });
  return { parts, labels: examples.labels, encoding, gather };
}

/** Bytes of a block of pictures, about: a device is sent those alone that it needs. */
const BLOCK_BYTES = 1 << 20;

function openPictures(
  { pixels, labels }: Extract<OwnValues, { kind: 'pictures' }>,
  info: DatasetInfo,
  seed: number,
): Omit<Opened, 'about'> {
  const size = sizeOf(info.shape);
  const store = storeOf(pixels, size);
  const parts = splitLabelled(Int32Array.from(labels), info.outputs, info, dataRandom(seed));
  const gather = (places: Uint32Array): Batch => {
    const inputs = new Uint8Array(places.length * size);
    places.forEach((place, i) => {
      inputs.set(pixels.subarray(place * size, (place + 1) * size), i * size);
    });
    return {
      count: places.length,
      inputs,
      labels: Int32Array.from(places, (place) => labels[place] ?? 0),
      targets: new Float32Array(0),
      origin: { store, rows: Uint32Array.from(places) },
    };
  };
  return { parts, labels, gather, encoding: null };
}

/** The pictures in blocks of as many each, whose bytes are whole words. */
function storeOf(pixels: Uint8Array, size: number): PictureStore {
  const blockBytes = 4 * size * Math.max(1, Math.floor(BLOCK_BYTES / size / 4));
  const blocks = Array.from({ length: Math.ceil(pixels.length / blockBytes) }, (_, block) =>
    pixels.subarray(block * blockBytes, (block + 1) * blockBytes),
  );
  return { blockBytes, blocks };
}

function dataNotHere(ref: DatasetRef): WhittleError {
  return new WhittleError({
    code: 'dataNotHere',
    params: { data: ref },
    at: 'data',
    message: `The data of this experiment (${ref}) is not in this browser: data of one's own does not travel with links. Choose other data, or add the same file again.`,
  });
}
