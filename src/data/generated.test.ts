import { describe, expect, it } from 'vitest';
import { DATASETS } from '../experiment/dataset';
import type { Batch } from '../experiment/dataset';
import { WhittleError } from '../experiment/problem';
import type { Split } from './dataset';
import { openDataset } from './open';
import { ARM_GAP } from './spiral';

const BASE = 'http://localhost/';
const CLASSES = ['circles', 'xor', 'gaussians', 'spiral'] as const;
const REGRESSION = ['linear', 'surface'] as const;
const GENERATED = [...CLASSES, ...REGRESSION];

function everything(split: Split): Promise<Batch> {
  return split.gather(Array.from({ length: split.count }, (_, i) => i));
}

async function allOf(ref: string, seed = 7) {
  const { train, validation, test } = openDataset(ref, seed, BASE);
  const parts = await Promise.all([train, validation, test].map(everything));
  return parts.flatMap(({ count, inputs, labels, targets }) =>
    Array.from({ length: count }, (_, i) => {
      const width = inputs.length / count;
      const row = [...inputs.subarray(i * width, (i + 1) * width)];
      const [x = 0, y = 0] = row;
      return { row, x, y, label: labels[i], target: targets[i] ?? NaN };
    }),
  );
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe.each(GENERATED)('%s', (id) => {
  it('has as many examples as the catalog says, of the shape it says', async () => {
    const { info, train, validation, test } = openDataset(id, 7, BASE);
    expect([train.count, validation.count, test.count]).toEqual([
      info.train,
      info.validation,
      info.test,
    ]);
    const batch = await everything(test);
    expect(batch.inputs).toHaveLength(info.test * (info.shape[0] ?? 0));
    expect(batch.labels).toHaveLength(info.task === 'classification' ? info.test : 0);
    expect(batch.targets).toHaveLength(info.task === 'regression' ? info.test : 0);
  });

  it('is the same for the same seed and another for another', async () => {
    expect(await allOf(id, 7)).toEqual(await allOf(id, 7));
    expect(await allOf(id, 8)).not.toEqual(await allOf(id, 7));
  });

  it('moves its examples with the noise and deals no new ones', async () => {
    const [still, some, twice] = await Promise.all(
      ['0', '0.2', '0.4'].map((noise) => allOf(`${id}:${noise}`)),
    );
    still?.forEach((example, i) => {
      // Classes have no target.
      const numbers = ({ row, target }: typeof example) =>
        Number.isNaN(target) ? row : [...row, target];
      const values = numbers(example);
      const at = (from: typeof some) => numbers(from?.[i] ?? example);
      values.forEach((value, k) => {
        const moved = (at(some)[k] ?? 0) - value;
        expect((at(twice)[k] ?? 0) - value).toBeCloseTo(2 * moved, 4);
      });
    });
  });

  it('gives the examples that are asked for, in that order', async () => {
    const { train } = openDataset(id, 7, BASE);
    const all = await allOf(id);
    const { inputs } = await train.gather([5, 3, 5]);
    expect([...inputs]).toEqual([5, 3, 5].flatMap((i) => all[i]?.row ?? []));
    await expect(train.gather([train.count])).rejects.toThrow(RangeError);
  });

  it('has nothing to load', () => {
    const reports: unknown[] = [];
    openDataset(id, 7, BASE).watch((progress) => reports.push(progress));
    expect(reports).toEqual([{ loadedBytes: 0, totalBytes: 0, failed: [] }]);
  });
});

describe.each(CLASSES)('%s', (id) => {
  it('holds both classes equally in each part', async () => {
    const { train, validation, test } = openDataset(id, 7, BASE);
    for (const split of [train, validation, test]) {
      const { labels } = await everything(split);
      expect(labels.filter((label) => label === 1)).toHaveLength(split.count / 2);
    }
  });
});

describe.each(['circles', 'xor', 'spiral', 'surface'])('%s without noise', (id) => {
  it('lies within [−1, 1]²', async () => {
    for (const { x, y } of await allOf(`${id}:0`)) {
      expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(1);
    }
  });
});

it('circles are a disc of radius 0.4 and a ring from 0.7 to 0.9, even by area', async () => {
  const points = await allOf('circles:0');
  const squares = (label: number) =>
    points.filter((point) => point.label === label).map(({ x, y }) => x * x + y * y);
  // float32 rounds at the seventh digit.
  expect(Math.max(...squares(0))).toBeLessThanOrEqual(0.16 + 1e-6);
  expect(Math.min(...squares(1))).toBeGreaterThanOrEqual(0.49 - 1e-6);
  expect(Math.max(...squares(1))).toBeLessThanOrEqual(0.81 + 1e-6);
  // Even by area, r² is uniform: mean (a + b)/2 within five standard errors, (b − a)/√(12 · 500).
  expect(Math.abs(mean(squares(0)) - 0.08)).toBeLessThan((5 * 0.16) / Math.sqrt(6000));
  expect(Math.abs(mean(squares(1)) - 0.65)).toBeLessThan((5 * 0.32) / Math.sqrt(6000));
});

it('xor is class A exactly where the coordinates have one sign, a quarter in each quadrant', async () => {
  const points = await allOf('xor:0');
  for (const { x, y, label } of points) expect(label).toBe(x * y > 0 ? 0 : 1);
  for (const [right, up] of [
    [true, true],
    [true, false],
    [false, true],
    [false, false],
  ]) {
    expect(points.filter(({ x, y }) => x > 0 === right && y > 0 === up)).toHaveLength(250);
  }
});

it.each([
  // Φ(√2 · 0.35 / √(0.2² + noise²)), from a table of the normal distribution.
  { noise: 0.1, best: 0.98657 },
  { noise: 0.5, best: 0.82099 },
])(
  'the best classifier of two Gaussians with noise $noise is right in a share of $best',
  async ({ noise, best }) => {
    const points = await allOf(`gaussians:${String(noise)}`);
    const right = points.filter(({ x, y, label }) => (x + y > 0 ? 1 : 0) === label).length;
    const standardError = Math.sqrt((best * (1 - best)) / points.length);
    expect(Math.abs(right / points.length - best)).toBeLessThan(5 * standardError);
  },
);

it('the spiral has two arms of one and a half turns, half a turn apart', async () => {
  for (const { x, y, label } of await allOf('spiral:0')) {
    const radius = Math.hypot(x, y);
    const wound = 2 * Math.PI * 1.5 * ((radius - 0.05) / 0.9) + (label === 1 ? Math.PI : 0);
    expect(x).toBeCloseTo(radius * Math.cos(wound), 4);
    expect(y).toBeCloseTo(radius * Math.sin(wound), 4);
  }
});

it('the noise of the spiral is in units of the gap between its arms, 0.3', async () => {
  expect(ARM_GAP).toBeCloseTo(0.3, 12);
  const [still, noisy] = await Promise.all([allOf('spiral:0'), allOf('spiral:0.2')]);
  const moves = noisy.flatMap(({ x, y }, i) => [x - (still[i]?.x ?? 0), y - (still[i]?.y ?? 0)]);
  const variance = mean(moves.map((move) => move ** 2));
  // The variance of 2,000 normal values has a relative standard error of √(2/2000).
  expect(Math.abs(variance / 0.06 ** 2 - 1)).toBeLessThan(5 * Math.sqrt(2 / 2000));
});

it('least squares solves the linear task down to its noise', async () => {
  const noise = 0.3;
  const examples = await allOf(`linear:${String(noise)}`);
  const [fitted, unseen] = [examples.slice(0, 1000), examples.slice(1000)];
  const weights = leastSquares(
    fitted.map(({ row }) => [...row, 1]),
    fitted.map(({ target }) => target),
  );
  const error = mean(
    unseen.map(({ row, target }) => {
      const predicted = [...row, 1].reduce((sum, x, i) => sum + x * (weights[i] ?? 0), 0);
      return (predicted - target) ** 2;
    }),
  );
  // Eleven fitted numbers add 11/1000 to the error; the mean of 1,000 squares has this standard error.
  expect(Math.abs(error / noise ** 2 - 1.011)).toBeLessThan(5 * Math.sqrt(2 / 1000));
});

it('the features of the linear task are standard normal', async () => {
  const values = (await allOf('linear')).flatMap(({ row }) => row);
  expect(Math.abs(mean(values))).toBeLessThan(5 / Math.sqrt(20_000));
  expect(Math.abs(mean(values.map((x) => x * x)) - 1)).toBeLessThan(5 * Math.sqrt(2 / 20_000));
});

it('the surface is sin(πx) · cos(πy/2)', async () => {
  for (const { x, y, target } of await allOf('surface:0')) {
    expect(target).toBeCloseTo(Math.sin(Math.PI * x) * Math.cos((Math.PI * y) / 2), 5);
  }
});

it.each(['', 'cifar', 'mnist:0.1', 'spiral:0.6', 'spiral:-1', 'spiral:0.1:2', 'spiral:'])(
  'the reference "%s" names no data set, and the error says so at the data',
  (ref) => {
    const open = () => openDataset(ref, 7, BASE);
    expect(open).toThrow(WhittleError);
    expect(open).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({ at: 'data' }) as unknown,
      }) as Error,
    );
  },
);

it('every set of the catalog opens', () => {
  for (const { id } of DATASETS) expect(openDataset(id, 7, BASE).info.id).toBe(id);
});

/** Solves the normal equations XᵀX w = Xᵀy by elimination with pivoting. */
function leastSquares(rows: readonly number[][], targets: readonly number[]): number[] {
  const width = rows[0]?.length ?? 0;
  const system = Array.from({ length: width }, (_, i) => [
    ...Array.from({ length: width }, (_unused, j) =>
      rows.reduce((sum, row) => sum + (row[i] ?? 0) * (row[j] ?? 0), 0),
    ),
    rows.reduce((sum, row, k) => sum + (row[i] ?? 0) * (targets[k] ?? 0), 0),
  ]);
  for (let i = 0; i < width; i++) {
    const below = system.slice(i).map((row) => Math.abs(row[i] ?? 0));
    const pivot = i + below.indexOf(Math.max(...below));
    [system[i], system[pivot]] = [system[pivot] ?? [], system[i] ?? []];
    const lead = system[i] ?? [];
    system.forEach((row, k) => {
      if (k === i) return;
      const factor = (row[i] ?? 0) / (lead[i] ?? 1);
      row.forEach((value, j) => (row[j] = value - factor * (lead[j] ?? 0)));
    });
  }
  return system.map((row, i) => (row[width] ?? 0) / (row[i] ?? 1));
}
