import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LoadProgress } from '../../experiment/dataset';
import { ownInfo, ownRef, splitCounts } from '../../experiment/own-dataset';
import type { TableChoice } from '../../experiment/own-table';
import { randomOf } from '../../experiment/random';
import type { Dataset, Split } from '../dataset';
import { openOwn, type OwnSource } from './open';
import { NO_CATEGORY, type OwnColumn, type OwnData } from './record';
import { splitLabelled } from './split';

function tableOf(
  columns: readonly OwnColumn[],
  values: readonly (Float64Array | Uint16Array)[],
  choice: TableChoice,
  { count, width, outputs }: { count: number; width: number; outputs: number },
): OwnData {
  const { task } = choice;
  return {
    record: {
      ref: ownRef(1, count, { shape: [width], task, outputs }),
      ...{ name: 'mine', savedAt: 0, bytes: 0, classes: ['a', 'b'], features: [] },
      ...{ withoutTarget: 0, filled: 0 },
      contents: { kind: 'table', columns, choice },
    },
    values: { kind: 'table', columns: values },
  };
}

function opened(data: OwnData, seed = 7) {
  const { ref } = data.record;
  const info = ownInfo(ref);
  if (info === null) throw new Error(`${ref} is no reference.`);
  return openOwn(
    ref,
    info,
    seed,
    holding(() => data),
  );
}

/** Where one set is kept, or none. */
function holding(here: () => OwnData | null): OwnSource {
  return {
    load: () => Promise.resolve(here()),
    record: () => Promise.resolve(here()?.record ?? null),
  };
}

const all = (split: Split) => split.gather(Array.from({ length: split.count }, (_, i) => i));

/** Ten rows: a number with one cell empty, a colour with one cell empty, a class. */
const numbers = Float64Array.of(1, 2, 3, 4, NaN, 6, 7, 8, 9, 100);
const colours = Uint16Array.of(0, 1, 2, 0, 1, 2, NO_CATEGORY, 0, 1, 2);
const sides = Uint16Array.of(0, 1, 0, 1, 0, 1, 0, 1, 0, 1);
const columns: readonly OwnColumn[] = [
  { kind: 'number', name: 'x' },
  { kind: 'category', name: 'colour', categories: ['red', 'green', 'blue'] },
  { kind: 'category', name: 'side', categories: ['left', 'right'] },
];
const table = tableOf(
  columns,
  [numbers, colours, sides],
  { target: 2, features: [0, 1], task: 'classification' },
  { count: 10, width: 5, outputs: 2 },
);

async function firstNumber(dataset: Dataset) {
  const [first] = (await dataset.fields?.()) ?? [];
  return first?.kind === 'number' ? first : null;
}

describe("a user's table", () => {
  it('is standardized by the mean and deviation of the training part alone', async () => {
    const dataset = opened(table);
    const { inputs, count } = await all(dataset.train);
    const column = Array.from({ length: count }, (_, i) => inputs[i * 5] ?? NaN);
    const mean = column.reduce((sum, x) => sum + x, 0) / count;
    const variance = column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / count;
    expect(mean).toBeCloseTo(0, 5);
    expect(variance).toBeCloseTo(1, 5);
    const x = await firstNumber(dataset);
    const tested = await all(dataset.test);
    const seen = Array.from(
      { length: tested.count },
      (_, i) => (tested.inputs[i * 5] ?? NaN) * (x?.deviation ?? NaN) + (x?.mean ?? NaN),
    );
    for (const value of seen) {
      const known = [...numbers].some((given) => Math.abs(given - value) < 1e-4);
      // An empty cell holds the training part's median, which lies between two of its numbers.
      expect(known || Number.isInteger(value * 2)).toBe(true);
    }
  });

  it('puts the median of the training part where a number is missing', async () => {
    const dataset = opened(table);
    const x = await firstNumber(dataset);
    const value = (scaled: number) => scaled * (x?.deviation ?? NaN) + (x?.mean ?? NaN);
    const { inputs, count } = await all(dataset.train);
    const shown = Array.from({ length: count }, (_, i) => value(inputs[i * 5] ?? NaN));
    const given = shown.filter((each) => [...numbers].some((n) => Math.abs(n - each) < 1e-4));
    const filled = shown.filter((each) => !given.includes(each));
    const sorted = given.toSorted((a, b) => a - b);
    const middle = sorted.length / 2;
    const median =
      ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
    // The empty row is in the training part of this seed, or its value is one that others have too.
    for (const each of filled) expect(each).toBeCloseTo(median, 4);
  });

  it('has one input a category, an empty cell being one more, of which exactly one is 1', async () => {
    const dataset = opened(table);
    expect((await dataset.fields?.())?.[1]).toEqual({
      ...{ kind: 'category', name: 'colour', categories: ['red', 'green', 'blue', '–'] },
    });
    const found = { red: 0, green: 0, blue: 0, none: 0 };
    for (const part of [dataset.train, dataset.validation, dataset.test]) {
      const { inputs, count } = await all(part);
      for (let i = 0; i < count; i++) {
        const [red = 0, green = 0, blue = 0, none = 0] = inputs.subarray(i * 5 + 1, i * 5 + 5);
        expect(red + green + blue + none).toBe(1);
        found.red += red;
        found.green += green;
        found.blue += blue;
        found.none += none;
      }
    }
    expect(found).toEqual({ red: 3, green: 3, blue: 3, none: 1 });
  });

  it('is split alike for the same seed and otherwise for another', async () => {
    const inputs = async (seed: number) => [...(await all(opened(table, seed).test)).inputs];
    expect(await inputs(7)).toEqual(await inputs(7));
    const others = await Promise.all([1, 2, 3, 4].map(inputs));
    expect(new Set(others.map(String)).size).toBeGreaterThan(1);
  });

  it('leaves out rows without a target, and standardizes a number that is foretold', async () => {
    const y = Float64Array.of(...Array.from({ length: 10 }, (_, i) => 1000 + 10 * i), NaN);
    const regression = tableOf(
      [
        { kind: 'number', name: 'x' },
        { kind: 'number', name: 'y' },
      ],
      [Float64Array.from(y, (_, i) => i), y],
      { target: 1, features: [0], task: 'regression' },
      { count: 10, width: 1, outputs: 1 },
    );
    const dataset = opened(regression);
    const target = await dataset.target?.();
    const parts = [dataset.train, dataset.validation, dataset.test];
    const batches = await Promise.all(parts.map(all));
    const targets = batches.flatMap((batch) => [...batch.targets]);
    const back = targets.map((t) => t * (target?.deviation ?? NaN) + (target?.mean ?? NaN));
    expect(back.map(Math.round).sort()).toEqual([...y.slice(0, 10)]);
    const trained = [...(batches[0]?.targets ?? [])];
    expect(trained.reduce((sum, t) => sum + t, 0)).toBeCloseTo(0, 5);
  });
});

it('a set that is not in this browser is said to be missing at the data, and found once it is there', async () => {
  const { ref } = table.record;
  const info = ownInfo(ref);
  if (info === null) throw new Error('no reference');
  let here: OwnData | null = null;
  const dataset = openOwn(
    ref,
    info,
    7,
    holding(() => here),
  );
  await expect(dataset.train.gather([0])).rejects.toMatchObject({
    problem: { code: 'dataNotHere', at: 'data' },
  });
  here = table;
  expect((await dataset.train.gather([0])).count).toBe(1);
});

it('a set has the name that it was given last, and the one it was read with once it is deleted', async () => {
  const { ref } = table.record;
  const info = ownInfo(ref);
  if (info === null) throw new Error(`${ref} is no reference.`);
  let here: OwnData | null = table;
  const dataset = openOwn(
    ref,
    info,
    7,
    holding(() => here),
  );
  expect(await dataset.own?.()).toMatchObject({ name: 'mine' });
  here = { ...table, record: { ...table.record, name: 'renamed' } };
  expect(await dataset.own?.()).toMatchObject({ name: 'renamed' });
  here = null;
  expect(await dataset.own?.()).toMatchObject({ name: 'mine' });
});

it('a set that is read tells how much there is to read, and when it is there', async () => {
  const { ref } = table.record;
  const info = ownInfo(ref);
  if (info === null) throw new Error(`${ref} is no reference.`);
  let here: OwnData | null = null;
  const dataset = openOwn(ref, info, 7, {
    ...holding(() => here),
    load: (_, found) => {
      found?.(640);
      return Promise.resolve(here);
    },
  });
  const told: (readonly [number, number])[] = [];
  const stop = dataset.watch(({ loadedBytes, totalBytes }) => told.push([loadedBytes, totalBytes]));
  await expect(dataset.test.labels()).rejects.toThrow();
  here = { ...table, record: { ...table.record, bytes: 640 } };
  await dataset.test.labels();
  expect(told).toEqual([
    [0, 0],
    [0, 640],
    // It was not there after all, so nothing is waited for.
    [0, 0],
    [0, 640],
    [640, 640],
  ]);
  stop();
  const late: LoadProgress[] = [];
  dataset.watch((now) => late.push(now));
  expect(late).toEqual([{ loadedBytes: 640, totalBytes: 640, failed: [] }]);
  expect(told).toHaveLength(5);
});

it('pictures come as bytes, in colour too, with the places they lie at', async () => {
  const shape = [2, 2, 3] as const;
  const pixels = Uint8Array.from({ length: 10 * 12 }, (_, i) => i);
  const labels = Uint8Array.from({ length: 10 }, (_, i) => i % 2);
  const ref = ownRef(1, 10, { shape, task: 'classification', outputs: 2 });
  const dataset = opened({
    record: {
      ref,
      ...{ name: '', savedAt: 0, bytes: 0, classes: ['a', 'b'], features: [] },
      ...{ withoutTarget: 0, filled: 0 },
      contents: { kind: 'pictures', shape },
    },
    values: { kind: 'pictures', pixels, labels },
  });
  const { inputs, labels: given, origin } = await all(dataset.train);
  expect(inputs).toBeInstanceOf(Uint8Array);
  origin?.rows.forEach((row, i) => {
    const picture = [...inputs.subarray(i * 12, (i + 1) * 12)];
    expect(picture).toEqual(Array.from({ length: 12 }, (_, at) => row * 12 + at));
    expect(given[i]).toBe(row % 2);
    const { store } = origin;
    const block = store.blocks[Math.floor((row * 12) / store.blockBytes)];
    const at = (row * 12) % store.blockBytes;
    expect([...(block?.subarray(at, at + 12) ?? [])]).toEqual(picture);
  });
  // A device is written in words of four bytes.
  expect((origin?.store.blockBytes ?? 1) % 4).toBe(0);
});

it('a split loses no example, repeats none, and holds each class in its share to within one example', () => {
  const labelled = fc
    .integer({ min: 2, max: 6 })
    .chain((outputs) =>
      fc.tuple(
        fc.constant(outputs),
        fc.array(fc.nat(outputs - 1), { minLength: 10, maxLength: 300 }),
        fc.nat(0xffffffff),
      ),
    );
  fc.assert(
    fc.property(labelled, ([outputs, given, seed]) => {
      const labels = Int32Array.from(given);
      const counts = splitCounts(labels.length);
      const parts = splitLabelled(labels, outputs, counts, randomOf(seed));
      const dealt = [...parts.train, ...parts.validation, ...parts.test];
      expect(dealt.sort((a, b) => a - b)).toEqual(given.map((_, i) => i));
      for (let label = 0; label < outputs; label++) {
        const size = given.filter((each) => each === label).length;
        for (const part of ['train', 'test'] as const) {
          const held = [...parts[part]].filter((i) => labels[i] === label).length;
          // Where the line is cut depends on the other classes too, by less than one example of each.
          const slack = 1 + (outputs * size) / labels.length;
          expect(Math.abs(held - (size * counts[part]) / labels.length)).toBeLessThanOrEqual(slack);
        }
      }
    }),
  );
});
