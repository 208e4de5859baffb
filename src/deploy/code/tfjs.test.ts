import { afterAll, describe, expect, it } from 'vitest';
import { functionOf } from './testing/javascript';
import { codeOf, experimentOf, LINKS, NET, POINTS } from './testing/recipes';
import { Scripts, type Kernel } from './testing/tfjs';

describe('the script for TensorFlow.js', () => {
  const scripts = new Scripts();
  const run = (link: string) => scripts.run(link);
  afterAll(() => {
    scripts.remove();
  });

  const zerosOf = ({ values }: Kernel) => values.filter((w) => w === 0).length;
  const valuesOf = async (link: string) =>
    (await run(link)).kernels.flatMap(({ values }) => values);

  it('trains, prunes to the exact sparsity, holds it, and quantizes to the levels', async () => {
    const { said, kernels } = await run(
      'v=1&data=xor:0&model=mlp:8-6&seed=7&train=epochs:20,batch:32,lr:0.05,schedule:cosine&prune=sparsity:0.5' +
        '&train=epochs:2,batch:32,lr:0.005&quantize=bits:4',
    );
    const accuracies = [...said.matchAll(/accuracy ([\d.]+)/g)].map(([, value]) => Number(value));
    expect(accuracies).toHaveLength(4);
    expect(accuracies[0]).toBeGreaterThan(0.9);
    // 2·8 + 8·6 + 6·2 = 76 weights, of which 38 are pruned; rounding makes no fewer.
    const zeros = [...said.matchAll(/, ([\d.]+) of the weights/g)].map(([, value]) =>
      Number(value),
    );
    expect(zeros.slice(1, 3)).toEqual([0.5, 0.5]);
    expect(zeros[3]).toBeGreaterThanOrEqual(0.5);
    for (const { shape, values } of kernels) {
      for (let unit = 0; unit < shape[1]; unit++) {
        const column = values.filter((_, i) => i % shape[1] === unit);
        const scale = Math.max(...column.map(Math.abs)) / 7 || 1;
        for (const w of column)
          expect(Math.abs(w / scale - Math.round(w / scale))).toBeLessThan(1e-5);
      }
    }
  });

  it('prunes gradually, takes units out, goes back, and quantizes while it trains', async () => {
    const { said, kernels } = await run(
      'v=1&data=xor&model=mlp:8-6&seed=7&train=epochs:3,batch:16,lr:0.02,l2:0.0001,clip:1,smooth:0.05,patience:2,warmup:1' +
        '&prune=sparsity:0.4,schedule:iterative,rounds:2,epochs:1,batch:16,rewind:iteration,to:30' +
        '&prune=pattern:units,sparsity:0.25&prune=sparsity:0.75,schedule:gradual,epochs:2,batch:16' +
        '&quantize=bits:2,granularity:tensor,aware:ste,epochs:2,batch:16&distill=epochs:1,batch:16',
    );
    const zeros = [...said.matchAll(/, ([\d.]+) of the weights/g)].map(([, value]) =>
      Number(value),
    );
    // Of 76 weights 30 go; 4 of 14 units go after, and three quarters of the weights that are left.
    expect(zeros[1]).toBeCloseTo(30 / 76, 3);
    const [first = 0, second = 0] = kernels.map(({ shape }) => shape[1]);
    expect(first + second).toBe(10);
    const weights = 2 * first + first * second + 2 * second;
    expect(kernels.map(({ shape }) => shape)).toEqual([
      ...[
        [2, first],
        [first, second],
        [second, 2],
      ],
    ]);
    expect(zeros[3]).toBeCloseTo(Math.round(0.75 * weights) / weights, 3);
    expect(zeros[4]).toBeGreaterThanOrEqual(Math.round(0.75 * weights) / weights - 1e-4);
  });

  it.each([
    // Of 16, 48 and 12 weights; the first and the last are ranked together.
    ['gradual pruning of layers apart', [null, 24, null], 22 + 24],
    ['rounds of layers apart', [8, 43, 10], 61],
    // Half of 8 and of 6 units stay, with what they read.
    ['every layer apart', [null, null, null], null],
  ])('leaves each layer its own sparsity in %s', async (name, counts, sum) => {
    const { kernels } = await run(LINKS[name] ?? '');
    const zeros = kernels.map(zerosOf);
    counts.forEach((count, i) => {
      if (count !== null) expect(zeros[i]).toBe(count);
    });
    if (sum !== null) expect(zeros.reduce((a, b) => a + b, 0)).toBe(sum);
    else
      expect(kernels.map(({ shape }) => shape)).toEqual([
        ...[
          [2, 4],
          [4, 3],
          [3, 2],
        ],
      ]);
  });

  it('keeps n of m weights, those that were pruned before gone first', async () => {
    const first = `${POINTS}&prune=sparsity:0.5`;
    const before = await run(first);
    const after = await run(`${first}&prune=pattern:nm,n:2,m:4,criterion:random`);
    const left = ({ values, shape }: Kernel, unit: number, start: number) =>
      [0, 1, 2, 3].filter((i) => (values[(start + i) * shape[1] + unit] ?? 0) !== 0).length;
    before.kernels.forEach((kernel, k) => {
      const [inputs, units] = kernel.shape;
      const now = after.kernels[k] ?? kernel;
      for (let unit = 0; unit < units; unit++) {
        for (let start = 0; start + 4 <= inputs; start += 4) {
          expect(left(now, unit, start)).toBe(Math.min(2, left(kernel, unit, start)));
        }
      }
    });
  });

  it.each(['sgd', 'momentum', 'nesterov', 'adam', 'adamw', 'lion'])(
    'follows the rate of %s',
    async (optimizer) => {
      const untrained = await valuesOf(`${POINTS}&prune=sparsity:0`);
      const train = `${POINTS}&train=optimizer:${optimizer},epochs:1,batch:16,lr:0.5`;
      const furthest = (values: readonly number[]) =>
        Math.max(...values.map((w, i) => Math.abs(w - (untrained[i] ?? 0))));
      expect(furthest(await valuesOf(train))).toBeGreaterThan(0.1);
      // Steps of 1e-5 do not lead far.
      expect(furthest(await valuesOf(`${train},at:1~0.00001`))).toBeLessThan(0.01);
    },
  );

  it('holds no more tensors the longer it trains', async () => {
    const tensors = async (epochs: number) =>
      (
        await run(
          `${NET}&train=epochs:${String(epochs)},batch:64,patience:100,clip:1,schedule:cosine` +
            `&train=optimizer:lion,epochs:${String(epochs)}&prune=criterion:taylor,sparsity:0.5,schedule:gradual,epochs:${String(epochs)}` +
            `&prune=sparsity:0.7,schedule:iterative,rounds:${String(epochs + 1)},epochs:1&prune=pattern:units,sparsity:0.3` +
            `&quantize=bits:4,aware:ste,epochs:${String(epochs)}&distill=epochs:${String(epochs)}`,
        )
      ).tensors;
    expect(await tensors(2)).toBe(await tensors(1));
  });

  it('is as wide as a page, and steps in by two blanks', () => {
    for (const link of Object.values(LINKS)) {
      const code = codeOf(link, 'tfjs');
      const loops = ['train', 'tune'].flatMap((name) =>
        code.includes(`function ${name}(`) ? [functionOf(code, name)] : [],
      );
      const calls = code.match(/^ *(await |perLayer|layerRates|\(rate\) =>).*$/gm) ?? [];
      for (const line of [...loops, ...calls].flatMap((text) => text.split('\n'))) {
        // A call of 96 may stand in a loop.
        expect(line.length, line).toBeLessThanOrEqual(98);
      }
      let before = 0;
      for (const line of loops.flatMap((text) => text.split('\n'))) {
        const now = line.search(/\S/);
        expect(now - before, line).toBeLessThanOrEqual(2);
        before = now;
      }
    }
  });

  it.each(['symmetric', 'affine', 'power2'])(
    'rounds a large tensor to %s levels',
    async (scheme) => {
      const { kernels } = await run(
        `v=1&data=xor&model=mlp:420-420&seed=7&quantize=bits:4,scheme:${scheme},granularity:tensor`,
      );
      for (const { values } of kernels) expect(new Set(values).size).toBeLessThanOrEqual(16);
    },
  );

  it('draws other weights anew than it began with', async () => {
    const [first, anew] = [
      `${POINTS}&prune=sparsity:0`,
      `${POINTS}&prune=sparsity:0,rewind:reinit`,
    ];
    const began = await valuesOf(first);
    const same = (await valuesOf(anew)).filter((w, i) => w === began[i]);
    expect(same).toEqual([]);
  });

  it('makes of removed units a network that answers as if they were silent', async () => {
    const code = codeOf(LINKS['units of a network with batch norm'] ?? '', 'tfjs');
    const helpers = code.slice(
      code.indexOf('/** The weights that are pruned'),
      code.indexOf('let model'),
    );
    const { apart, shapes, mask } = (await scripts.import(`import * as tf from '@tensorflow/tfjs';
       const masks = new Map();
       ${helpers}
       const net = () => tf.sequential({ layers: [
         tf.layers.inputLayer({ inputShape: [6, 6, 2] }),
         tf.layers.conv2d({ name: 'conv1', filters: 4, kernelSize: 3, activation: 'relu' }),
         tf.layers.batchNormalization({ name: 'norm' }), tf.layers.flatten(),
         tf.layers.dense({ name: 'dense1', units: 5, activation: 'tanh' }),
         tf.layers.dense({ name: 'dense2', units: 3 }),
       ] });
       const [model, silent] = [net(), net()];
       const weights = model.getWeights().map((w) => tf.randomUniform(w.shape, 0.1, 1));
       model.setWeights(weights);
       const kept = { conv1: [1, 3], dense1: [0, 2, 4] };
       const keep = (name, units) => tf.tensor1d(Array.from({ length: units }, (_, i) => Number(kept[name].includes(i))));
       const [filters, units] = [keep('conv1', 4), keep('dense1', 5)];
       // Kernel and bias, scale and shift, then kernel and bias again.
       silent.setWeights(weights.map((w, i) => i < 4 ? w.mul(filters) : i < 6 ? w.mul(units) : w));
       masks.set('dense1', tf.ones(weights[4].shape));
       const x = tf.randomNormal([7, 6, 6, 2]);
       const wanted = silent.predict(x);
       const smaller = keepUnits(model, kept);
       export const apart = smaller.predict(x).sub(wanted).abs().max().dataSync()[0];
       export const shapes = smaller.getWeights().map((w) => w.shape);
       export const mask = masks.get('dense1').shape;`)) as {
      readonly apart: number;
      readonly shapes: unknown;
      readonly mask: unknown;
    };
    expect(apart).toBeLessThan(1e-5);
    expect(mask).toEqual([4 * 4 * 2, 3]);
    expect(shapes).toEqual([
      ...[[3, 3, 2, 2], [2]],
      ...[[2], [2], [32, 3], [3], [3, 3], [3], [2], [2]],
    ]);
  });

  it.each([
    [
      'every optimizer',
      `${POINTS}&train=optimizer:sgd,epochs:1&train=optimizer:momentum,epochs:1&train=optimizer:rmsprop,epochs:1&train=optimizer:adagrad,epochs:1&train=optimizer:adamw,epochs:1,schedule:step&train=optimizer:lion,epochs:1`,
    ],
    ['gradual pruning by saliency', LINKS['gradual pruning by saliency'] ?? ''],
    ['every criterion', LINKS['every criterion'] ?? ''],
    ['every pattern', LINKS['every pattern'] ?? ''],
    ['every scheme', LINKS['every scheme'] ?? ''],
    ['a regression', LINKS['a regression'] ?? ''],
    ['low rank and distillation', LINKS['low rank and distillation'] ?? ''],
    ['every option of training', LINKS['every option of training'] ?? ''],
  ])('runs with %s', async (_, link) => {
    const { said } = await run(link.replaceAll('train=&', 'train=epochs:1&'));
    const steps = experimentOf(link).recipe.length;
    expect(
      said
        .trim()
        .split('\n')
        .filter((line) => line.startsWith('after step')),
    ).toHaveLength(steps);
    expect(said).not.toContain('NaN');
  });
});
