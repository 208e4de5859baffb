import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { decodeWhittle, encodeWhittle } from '../../deploy/whittle-file';
import { nodeEngine } from '../../engine/testing/engines';
import { batchOf, networkOf, pruned, sketch } from '../../engine/testing/networks';
import type { Engine } from '../../engine/trainer';
import type { Checkpoint, Parameter } from '../../experiment/checkpoint';
import { countParameters, layerString, multiplyAdds, resolveModel } from '../../experiment/model';
import { WhittleError } from '../../experiment/problem';
import { randomOf } from '../../experiment/random';
import { prune } from '../prune/prune';
import { pruneSpec } from '../prune/spec';
import { quantize } from '../quantize/quantize';
import { quantizeSpec } from '../quantize/spec';
import { line } from '../testing/line';
import { anyArchitecture, checkpointOf, singleKernel } from '../testing/networks';
import { train } from '../train/run';
import { trainSpec } from '../train/spec';
import { decompose } from './decompose';
import { largestRank } from './layers';
import { lowRank, rankWithEnergy } from './low-rank';
import { lowRankSpec, type LowRankOptions } from './spec';

let engine: Engine;
beforeAll(async () => {
  engine = await nodeEngine('cpu');
});

const optionsOf = (options: object): LowRankOptions => lowRankSpec.options.parse(options);

function kernelOf(checkpoint: Checkpoint, name: string): Parameter {
  const kernel = checkpoint.parameters[`${name}.kernel`];
  if (kernel === undefined) throw new Error(`there is no ${name}`);
  return kernel;
}

/** `[rows, inner] · [inner, columns]` in double precision. */
function product(a: Parameter, b: Parameter): number[] {
  const [rows = 0, inner = 0] = a.shape;
  const [, columns = 0] = b.shape;
  return Array.from({ length: rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    let sum = 0;
    for (let k = 0; k < inner; k++) {
      sum += (a.values[row * inner + k] ?? 0) * (b.values[k * columns + column] ?? 0);
    }
    return sum;
  });
}

function normal(seed: number, rows: number, columns: number): number[] {
  const random = randomOf(seed);
  return Array.from({ length: rows * columns }, () => random.normal());
}

/** A matrix of a rank, as a sum of so many products of vectors. */
function ofRank(seed: number, rows: number, columns: number, rank: number): number[] {
  const as = (values: number[], shape: number[]): Parameter => ({
    ...{ role: 'kernel', shape, values: Float32Array.from(values) },
  });
  return product(
    as(normal(seed, rows, rank), [rows, rank]),
    as(normal(seed + 1, rank, columns), [rank, columns]),
  );
}

/** Length of a vector; the arguments of `Math.hypot` would not fit on the stack. */
const rootOfSquares = (values: ArrayLike<number>) =>
  Math.sqrt(Array.from(values).reduce((sum, value) => sum + value ** 2, 0));
const apart = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  rootOfSquares(Array.from(a, (value, i) => value - (b[i] ?? NaN)));

const shapes = fc.tuple(fc.integer({ min: 4, max: 24 }), fc.integer({ min: 4, max: 24 }));

describe('a kernel taken apart', () => {
  test('has the singular values that are known: of a diagonal matrix its entries by size', () => {
    const { singular } = decompose(kernelOf(singleKernel([0, -3, 0, 5, 0, 0], [2, 3]), 'dense1'));
    // [[0, −3, 0], [5, 0, 0]]
    expect(Array.from(singular)).toEqual([expect.closeTo(5, 12), expect.closeTo(3, 12)]);
    // W = [[3, 0], [4, 5]]: WᵀW has the eigenvalues 45 and 5.
    const square = decompose(kernelOf(singleKernel([3, 0, 4, 5], [2, 2]), 'dense1'));
    expect(Array.from(square.singular)).toEqual([
      ...[expect.closeTo(Math.sqrt(45), 12), expect.closeTo(Math.sqrt(5), 12)],
    ]);
  });

  test('to every rank errs by the root of the squares of what was dropped (Eckart & Young)', () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: 1, max: 1_000 }), ([rows, columns], seed) => {
        const network = singleKernel(normal(seed, rows, columns), [rows, columns]);
        const kernel = kernelOf(network, 'dense1');
        const { singular } = decompose(kernel);
        const [layer] = network.architecture.layers;
        if (layer?.type !== 'dense') throw new Error('there is no dense layer');
        for (let rank = 1; rank <= largestRank(layer); rank++) {
          const thin = lowRank(network, optionsOf({ rank }));
          const nearest = product(kernelOf(thin, 'dense1a'), kernelOf(thin, 'dense1b'));
          const dropped = rootOfSquares(singular.subarray(rank));
          expect(apart(nearest, kernel.values)).toBeCloseTo(dropped, 4);
        }
        const all = rootOfSquares(singular);
        expect(all).toBeCloseTo(rootOfSquares(kernel.values), 4);
      }),
      { numRuns: 40 },
    );
  });

  test('that has a low rank comes back as it was, with no more than that rank', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 500 }),
        (rank, seed) => {
          for (const [rows, columns] of [
            [30, 20],
            [20, 30],
          ] as const) {
            const network = singleKernel(ofRank(seed, rows, columns, rank), [rows, columns]);
            const thin = lowRank(network, optionsOf({ by: 'energy', energy: 1 }));
            expect(kernelOf(thin, 'dense1a').shape).toEqual([rows, rank]);
            const kernel = kernelOf(network, 'dense1').values;
            const nearest = product(kernelOf(thin, 'dense1a'), kernelOf(thin, 'dense1b'));
            expect(apart(nearest, kernel) / rootOfSquares(kernel)).toBeLessThan(1e-6);
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  test('of zeros is two of zeros', () => {
    const network = singleKernel(new Array<number>(100).fill(0), [10, 10]);
    const thin = lowRank(network, optionsOf({ rank: 4 }));
    expect(kernelOf(thin, 'dense1a').values).toEqual(new Float32Array(10));
    expect(kernelOf(thin, 'dense1b').values).toEqual(new Float32Array(10));
  });

  test('is looked for once, whatever rank is asked for', () => {
    const kernel = kernelOf(singleKernel(normal(1, 12, 12), [12, 12]), 'dense1');
    expect(decompose(kernel)).toBe(decompose({ ...kernel }));
  });

  test('has the least rank that keeps a share of the energy', () => {
    const singular = Float64Array.of(3, 2, 1); // squares 9, 4, 1 of 14
    expect(
      [0.5, 9 / 14, 0.65, 13 / 14, 0.95, 1].map((share) => rankWithEnergy(singular, share)),
    ).toEqual([1, 1, 2, 2, 3, 3]);
  });

  test('errs as little as float32 allows on a kernel as large as LeNet’s', () => {
    const rows = 784;
    const columns = 300;
    const network = singleKernel(ofRank(3, rows, columns, 40), [rows, columns]);
    const kernel = kernelOf(network, 'dense1').values;
    const thin = lowRank(network, optionsOf({ rank: 100 }));
    expect(kernelOf(thin, 'dense1a').shape).toEqual([rows, 40]);
    const nearest = product(kernelOf(thin, 'dense1a'), kernelOf(thin, 'dense1b'));
    expect(apart(nearest, kernel) / rootOfSquares(kernel)).toBeLessThan(1e-6);
  });
});

/** 8 – 12 – 10 – 2: the output layer is no smaller at any rank. */
const plain = sketch(
  [8],
  [
    { type: 'dense', units: 12, activation: 'tanh' },
    { type: 'dense', units: 10, activation: 'gelu' },
    { type: 'dense', units: 2 },
  ],
);

describe('the network', () => {
  test('has thin layers where they are smaller, and keeps the others as they were', () => {
    const before = checkpointOf(plain, 4);
    const thin = lowRank(before, optionsOf({ rank: 4 }));
    const names = thin.architecture.layers.map(({ name, output, ...layer }) => [
      ...[name, output[0], 'activation' in layer ? layer.activation : ''],
    ]);
    // 4 · (8 + 12 + 1) = 84 of 96, and 4 · (12 + 10 + 1) = 92 of 120.
    expect(names).toEqual([
      ['dense1a', 4, 'none'],
      ['dense1b', 12, 'tanh'],
      ['dense2a', 4, 'none'],
      ['dense2b', 10, 'gelu'],
      ['dense3', 2, 'none'],
    ]);
    expect(thin.parameters['dense3.kernel']).toBe(before.parameters['dense3.kernel']);
    expect(thin.parameters['dense2b.bias']).toBe(before.parameters['dense2.bias']);
    expect(thin.parameters['dense1.kernel']).toBeUndefined();
    const counts = (of: Checkpoint) => multiplyAdds(of.architecture, of.parameters).dense;
    expect([counts(before), counts(thin)]).toEqual([96 + 120 + 20, 80 + 88 + 20]);
  });

  test('without any loss gives the same outputs', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 99 }), async (seed) => {
        const before = checkpointOf(plain, seed);
        const kernel = (name: string, rows: number, columns: number) => ({
          [`${name}.kernel`]: {
            role: 'kernel' as const,
            shape: [rows, columns],
            values: Float32Array.from(ofRank(seed, rows, columns, 3), (value) => value / 6),
          },
        });
        const given = {
          ...before,
          parameters: {
            ...before.parameters,
            ...kernel('dense1', 8, 12),
            ...kernel('dense2', 12, 10),
          },
        };
        const thin = lowRank(given, optionsOf({ by: 'energy', energy: 1 }));
        expect(thin.architecture.layers).toHaveLength(5);
        const batch = batchOf(plain, 20, seed);
        const [ours, wanted] = [await engine.open(thin), await engine.open(given)];
        const outputs = await wanted.predict(batch);
        (await ours.predict(batch)).forEach((value, i) => {
          expect(Math.abs(value - (outputs[i] ?? NaN))).toBeLessThan(1e-5);
        });
        ours.dispose();
        wanted.dispose();
      }),
      { numRuns: 10 },
    );
  });

  test('is one that can be spelled, packed, and read back', () => {
    fc.assert(
      fc.property(anyArchitecture, fc.integer({ min: 1, max: 6 }), (architecture, rank) => {
        const before = checkpointOf(architecture, 2);
        let thin: Checkpoint;
        try {
          thin = lowRank(before, optionsOf({ rank }));
        } catch (error) {
          expect(error).toBeInstanceOf(WhittleError);
          return;
        }
        const read = decodeWhittle(encodeWhittle(thin));
        expect(read.architecture).toEqual(thin.architecture);
        expect(read.parameters).toEqual(thin.parameters);
        const names = thin.architecture.layers.map(({ name }) => name);
        expect(new Set(names).size).toBe(names.length);
      }),
      { numRuns: 60 },
    );
    const thin = lowRank(checkpointOf(plain, 1), optionsOf({ rank: 4 }));
    const again = resolveModel(layerString(thin.architecture), { ...line.info, shape: [8] });
    const shapes = ({ layers }: typeof again) => layers.map(({ type, output }) => [type, output]);
    expect(shapes(again)).toEqual(shapes(thin.architecture));
  });

  test('loses masks and quantizers of the kernels in whose place others stand, and no others', () => {
    const sparse = { ...checkpointOf(plain, 1), ...pruned(networkOf(plain, 1), 0.5, 2) };
    const rounded = quantize(sparse, quantizeSpec.options.parse({}));
    const thin = lowRank(rounded, optionsOf({ rank: 4 }));
    expect(Object.keys(thin.masks)).toEqual(['dense3.kernel']);
    expect(Object.keys(thin.quantizers)).toEqual(['dense3.kernel']);
  });

  test('can be pruned, quantized, trained and taken apart again', async () => {
    const wide = sketch(
      [2],
      [
        { type: 'dense', units: 30, activation: 'relu' },
        { type: 'dense', units: 30, activation: 'relu' },
        { type: 'dense', units: 2 },
      ],
    );
    const thin = lowRank(checkpointOf(wide, 1), optionsOf({ rank: 8 }));
    const half = prune(thin, pruneSpec.options.parse({ sparsity: 0.5 }));
    const units = prune(thin, pruneSpec.options.parse({ pattern: 'units', sparsity: 0.5 }));
    expect(quantize(half, quantizeSpec.options.parse({})).quantizers).toHaveProperty([
      'dense2a.kernel',
    ]);
    expect(units.architecture.layers).toHaveLength(4);
    const options = trainSpec.options.parse({ epochs: 2, batch: 10 });
    const run = train(half, options, { engine, dataset: line, current: () => options });
    let next = await run.next();
    while (next.done !== true) next = await run.next();
    const mask = half.masks['dense2a.kernel'];
    kernelOf(next.value, 'dense2a').values.forEach((value, i) => {
      if (mask?.[i] === 0) expect(value).toBe(0);
    });
    const thinner = lowRank(next.value, optionsOf({ rank: 2 }));
    expect(thinner.architecture.layers.map(({ name }) => name)).toContain('dense2aa');
  });
});

describe('where nothing would change', () => {
  const check = (options: object) => lowRankSpec.check(optionsOf(options), plain);

  test('it is told at the control before anything runs', () => {
    expect(check({ rank: 4 })).toBeNull();
    expect(check({ rank: 5 })).toBeNull();
    // 5 · 23 = 115 < 120, 6 · 23 = 138.
    expect(check({ rank: 6 })).toMatchObject({
      code: 'rankTooHigh',
      at: 'rank',
      params: { most: 5 },
    });
    expect(check({ by: 'energy' })).toBeNull();
    const narrow = sketch([3], [{ type: 'dense', units: 1 }]);
    expect(lowRankSpec.check(optionsOf({ rank: 1 }), narrow)).toMatchObject({ code: 'noLowRank' });
    const huge = sketch([2000], [{ type: 'dense', units: 1500 }]);
    expect(lowRankSpec.check(optionsOf({}), huge)).toMatchObject({ code: 'lowRankTooLarge' });
  });

  test('the share of energy tells when it meets the weights, and leaves the network alone', () => {
    const before = structuredClone(checkpointOf(plain, 1));
    const given = structuredClone(before);
    expect(() => lowRank(given, optionsOf({ by: 'energy', energy: 1 }))).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({ code: 'energyChangesNothing', at: 'energy' }),
      }),
    );
    expect(given).toEqual(before);
  });

  test('a network of too many layers is refused', () => {
    const deep = sketch(
      [10],
      Array.from({ length: 25 }, () => ({ type: 'dense', units: 10 }) as const),
    );
    expect(() => lowRank(checkpointOf(deep, 1), optionsOf({ rank: 2 }))).toThrow(/at most 40/);
  });

  test('weights that are not finite are named', () => {
    const broken = singleKernel([NaN, ...normal(1, 10, 10).slice(1)], [10, 10]);
    expect(() => lowRank(broken, optionsOf({ rank: 2 }))).toThrow(/dense1/);
  });
});

test('the check of later steps knows the network that a rank makes', () => {
  const thin = lowRank(checkpointOf(plain, 1), optionsOf({ rank: 4 }));
  expect(lowRankSpec.reshape?.(optionsOf({ rank: 4 }), plain)).toEqual(thin.architecture);
});

test('rank 32 leaves 48,962 of LeNet-300-100’s parameters', () => {
  const info = { task: 'classification', shape: [28, 28, 1], outputs: 10 } as const;
  const thin = lowRankSpec.reshape?.(optionsOf({}), resolveModel('lenet-300-100', info));
  expect(thin && countParameters(thin)).toBe(48_962);
});
