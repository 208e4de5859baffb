import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { furthest } from '../../engine/testing/agreement';
import { batchOf, sketch } from '../../engine/testing/networks';
import type { Engine } from '../../engine/trainer';
import type { Checkpoint } from '../../experiment/checkpoint';
import { randomOf } from '../../experiment/random';
import { inputsOf, sumsOf } from '../inner-values';
import { everyEngine } from '../testing/engines';
import { checkpointOf } from '../testing/networks';
import { unitLayers } from '../unit-layers';
import { equalize } from './equalize';
import { chooseLevels, learnRounding } from './learned-rounding';
import { equalizablePairs } from './pairs';
import { quantize, quantizeKernel } from './quantize';
import { rowsOf } from './rows';
import { quantizeSpec } from './spec';

let engines: readonly Engine[];
beforeAll(async () => {
  engines = await everyEngine();
});

const pictures = checkpointOf(
  sketch(
    [8, 8, 2],
    [
      { type: 'conv', filters: 4, kernel: 3, padding: 'same', activation: 'relu' },
      { type: 'maxpool', size: 2 },
      { type: 'conv', filters: 5, kernel: 2, activation: 'leaky' },
      { type: 'flatten' },
      { type: 'dense', units: 6, activation: 'tanh' },
      { type: 'dense', units: 3 },
    ],
  ),
  5,
);

async function outputsOf(engine: Engine, checkpoint: Checkpoint) {
  const trainer = await engine.open(checkpoint);
  const outputs = await trainer.predict(batchOf(checkpoint.architecture, 30, 3));
  trainer.dispose();
  return { outputs };
}

const optionsOf = (options: object) => quantizeSpec.options.parse(options);

describe('equalized layers', () => {
  test('are those with nothing but ReLU, pools and flattening between them', () => {
    const names = equalizablePairs(pictures.architecture).map((pair) =>
      pair.map(({ name }) => name),
    );
    // What goes into tanh cannot be scaled.
    expect(names).toEqual([
      ['conv1', 'conv3'],
      ['conv3', 'dense5'],
    ]);
    const normalized = sketch(
      [4],
      [{ type: 'dense', units: 3 }, { type: 'batchnorm' }, { type: 'dense', units: 2 }],
    );
    expect(equalizablePairs(normalized)).toEqual([]);
    expect(quantizeSpec.check(optionsOf({ equalize: 'on' }), normalized)?.code).toBe(
      'nothingToEqualize',
    );
  });

  test('compute the same', async () => {
    for (const engine of engines) {
      const wanted = await outputsOf(engine, pictures);
      const given = await outputsOf(engine, equalize(pictures));
      expect(furthest(given, wanted).distance).toBeLessThan(1e-5);
    }
  });

  test('have the same largest weight on both sides of a unit', () => {
    const chain = checkpointOf(
      sketch(
        [3],
        [
          { type: 'dense', units: 4, activation: 'relu' },
          { type: 'dense', units: 2 },
        ],
      ),
      1,
    );
    const { parameters } = equalize(chain);
    const [made, read] = ['dense1.kernel', 'dense2.kernel'].map(
      (name) => parameters[name]?.values ?? new Float32Array(),
    );
    for (let unit = 0; unit < 4; unit++) {
      const largest = (values: Iterable<number>) => Math.max(...[...values].map(Math.abs));
      const before = largest(made?.filter((_, i) => i % 4 === unit) ?? []);
      const after = largest(read?.slice(2 * unit, 2 * unit + 2) ?? []);
      expect(before).toBeCloseTo(after, 5);
    }
  });
});

describe('learned rounding', () => {
  const random = randomOf(3);
  const rows = (count: number, inputs: number) => ({
    count,
    values: Float32Array.from({ length: count * inputs }, () => random.normal()),
  });
  const kernelOf = (inputs: number, outputs: number) => ({
    role: 'kernel' as const,
    shape: [inputs, outputs],
    values: Float32Array.from({ length: inputs * outputs }, () => random.normal()),
  });
  const errorOf = (
    x: { readonly count: number; readonly values: Float32Array },
    weights: Float32Array,
    rounded: Float32Array,
    outputs: number,
  ) => {
    const inputs = weights.length / outputs;
    let error = 0;
    for (let row = 0; row < x.count; row++) {
      for (let output = 0; output < outputs; output++) {
        let apart = 0;
        for (let i = 0; i < inputs; i++) {
          const at = i * outputs + output;
          apart += (x.values[row * inputs + i] ?? 0) * ((weights[at] ?? 0) - (rounded[at] ?? 0));
        }
        error += apart * apart;
      }
    }
    return error;
  };

  test('never errs more than the nearest levels, and no single weight could do better', async () => {
    await fc.assert(
      fc.asyncProperty(
        ...[fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 3 })],
        fc.constantFrom('symmetric', 'affine'),
        fc.integer({ min: 3, max: 5 }),
        async (inputs, outputs, scheme, bits) => {
          const kernel = kernelOf(inputs, outputs);
          const x = rows(8, inputs);
          const start = quantizeKernel(
            { name: 'kernel', layer: 'dense', parameter: kernel, mask: undefined },
            optionsOf({ bits, scheme }),
          );
          const { quantizer } = start;
          const nearest = { ...kernel, values: start.values };
          const chosen = await chooseLevels(kernel, nearest, quantizer, undefined, x, x, undefined);
          const error = errorOf(x, kernel.values, chosen, outputs);
          const slack = 1e-9 + 1e-6 * error;
          expect(error).toBeLessThanOrEqual(
            errorOf(x, kernel.values, nearest.values, outputs) + slack,
          );
          chosen.forEach((level, i) => {
            const scale = quantizer.scales[i % outputs] ?? 1;
            // A weight is between two levels, and on one of them.
            expect(Math.abs(level - (kernel.values[i] ?? 0))).toBeLessThanOrEqual(scale * 1.0001);
            for (const step of [-scale, scale]) {
              const other = chosen.slice();
              other[i] = Math.fround(level + step);
              const isBetween = Math.abs((other[i] ?? 0) - (kernel.values[i] ?? 0)) < 0.999 * scale;
              const extreme = 2 ** (bits - 1) - 1;
              const code = Math.round((other[i] ?? 0) / scale);
              const exists =
                scheme === 'affine'
                  ? code + (quantizer.zeroPoints[i % outputs] ?? 0) >= 0 &&
                    code + (quantizer.zeroPoints[i % outputs] ?? 0) < 2 ** bits
                  : Math.abs(code) <= extreme;
              if (!isBetween || !exists) continue;
              expect(errorOf(x, kernel.values, other, outputs)).toBeGreaterThanOrEqual(
                error - slack,
              );
            }
          });
        },
      ),
    );
  });

  test('keeps pruned weights at zero', async () => {
    const kernel = kernelOf(4, 2);
    const mask = Uint8Array.from([0, 1, 1, 1, 0, 1, 0, 1]);
    const values = kernel.values.map((w, i) => (mask[i] === 0 ? 0 : w));
    const sparse = { ...kernel, values };
    const start = quantizeKernel(
      { name: 'k', layer: 'dense', parameter: sparse, mask },
      optionsOf({ bits: 3 }),
    );
    const x = rows(8, 4);
    const nearest = { ...sparse, values: start.values };
    const chosen = await chooseLevels(sparse, nearest, start.quantizer, mask, x, x, undefined);
    expect([...chosen].filter((_, i) => mask[i] === 0)).toEqual([0, 0, 0]);
  });

  test('brings the outputs of a network with few bits nearer to what they were', async () => {
    for (const engine of engines) {
      const examples = batchOf(pictures.architecture, 30, 3);
      const nearest = quantize(pictures, optionsOf({ bits: 3 }));
      const learned = await learnRounding(pictures, nearest, examples, { engine });
      const wanted = await outputsOf(engine, pictures);
      const distance = async (checkpoint: Checkpoint) =>
        furthest(await outputsOf(engine, checkpoint), wanted).distance;
      expect(await distance(learned)).toBeLessThan(0.9 * (await distance(nearest)));
      // Every weight is still on its grid.
      expect(quantize(learned, optionsOf({ bits: 3 })).quantizers).toBeDefined();
    }
  });

  test('sees the windows that a convolution sees', async () => {
    const [engine] = engines;
    if (engine === undefined) throw new Error('there is no engine');
    const examples = batchOf(pictures.architecture, 5, 3);
    for (const layer of unitLayers(pictures.architecture)) {
      const x = rowsOf(layer, await inputsOf(layer, pictures, examples, engine));
      const sums = await sumsOf(layer, pictures, examples, engine);
      const kernel = pictures.parameters[`${layer.name}.kernel`];
      const bias = pictures.parameters[`${layer.name}.bias`];
      if (kernel === undefined || bias === undefined) throw new Error('a parameter is missing');
      const outputs = bias.values.length;
      const inputs = kernel.values.length / outputs;
      // So few windows are all taken.
      expect(x.count * outputs).toBe(sums.length);
      for (let row = 0; row < x.count; row++) {
        let sum = bias.values[0] ?? 0;
        for (let i = 0; i < inputs; i++) {
          sum += (x.values[row * inputs + i] ?? 0) * (kernel.values[i * outputs] ?? 0);
        }
        expect(sum).toBeCloseTo(sums[row * outputs] ?? NaN, 4);
      }
    }
  });
});
