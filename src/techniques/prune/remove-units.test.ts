import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { batchOf, sketch } from '../../engine/testing/networks';
import { nodeEngine } from '../../engine/testing/engines';
import type { Engine } from '../../engine/trainer';
import type { Architecture } from '../../experiment/architecture';
import type { Checkpoint, Parameter } from '../../experiment/checkpoint';
import { quantize } from '../quantize/quantize';
import { quantizeSpec } from '../quantize/spec';
import { anyArchitecture, checkpointOf } from '../testing/networks';
import { prune } from './prune';
import { removeUnits } from './remove-units';
import { pruneSpec } from './spec';
import { chooseUnits, weightNorms, type KeptUnits } from './unit-scores';

const quantizeDefaults = quantizeSpec.options.parse({});
const defaults = pruneSpec.options.parse({ pattern: 'units', scope: 'layer' });

let engine: Engine;
beforeAll(async () => {
  engine = await nodeEngine('cpu');
});

async function outputs(checkpoint: Checkpoint): Promise<number[]> {
  const trainer = await engine.open(checkpoint);
  const values = await trainer.predict(batchOf(checkpoint.architecture, 4, 11));
  trainer.dispose();
  return Array.from(values);
}

/** The definition: incoming weights and bias of the removed units zero, scale and shift in a batch norm behind them too. */
function silenced(checkpoint: Checkpoint, kept: KeptUnits): Checkpoint {
  const parameters: Record<string, Parameter> = { ...checkpoint.parameters };
  let gone: (i: number) => boolean = () => false;
  for (const layer of checkpoint.architecture.layers) {
    if (layer.type === 'dense' || layer.type === 'conv') {
      const units = layer.output.at(-1) ?? 1;
      const stay = new Set(kept[layer.name] ?? Array.from({ length: units }, (_, unit) => unit));
      gone = (i) => !stay.has(i % units);
    }
    const roles = layer.type === 'batchnorm' ? ['scale', 'shift'] : ['kernel', 'bias'];
    for (const role of roles) {
      const name = `${layer.name}.${role}`;
      const parameter = parameters[name];
      if (parameter === undefined) continue;
      const values = parameter.values.map((value, i) => (gone(i) ? 0 : value));
      parameters[name] = { ...parameter, values };
    }
  }
  return { ...checkpoint, parameters };
}

/** Whether a padded convolution reads a silent ½ of a sigmoid: the one case without an exact equal. */
function padsSigmoid({ layers }: Architecture): boolean {
  let sigmoid = false;
  return layers.some((layer) => {
    const pads = layer.type === 'conv' && layer.padding === 'same' && layer.kernel > 1 && sigmoid;
    if (layer.type === 'dense' || layer.type === 'conv') sigmoid = layer.activation === 'sigmoid';
    if (layer.type === 'batchnorm') sigmoid = false;
    return pads;
  });
}

const anyPlain = anyArchitecture.filter((architecture) => !padsSigmoid(architecture));
// Evenly spread, where doubles would be nearly all close to zero.
const share = fc.integer({ min: 0, max: 999 }).map((thousandths) => thousandths / 1000);
const scope = fc.constantFrom('global' as const, 'layer' as const);

const lenet5 = sketch(
  [28, 28, 1],
  [
    { type: 'conv', filters: 20, kernel: 5 },
    { type: 'maxpool', size: 2 },
    { type: 'conv', filters: 50, kernel: 5 },
    { type: 'maxpool', size: 2 },
    { type: 'flatten' },
    { type: 'dense', units: 500, activation: 'relu' },
    { type: 'dense', units: 10 },
  ],
);

const parameterCount = ({ parameters }: Checkpoint) =>
  Object.values(parameters).reduce((sum, { values }) => sum + values.length, 0);

describe('the smaller network', () => {
  test('gives the outputs of the network whose removed units are silent, within 1e-5', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyPlain,
        fc.nat(),
        share,
        scope,
        async (architecture, seed, sparsity, s) => {
          const checkpoint = checkpointOf(architecture, seed);
          const kept = chooseUnits(weightNorms(checkpoint, 2), { scope: s, sparsity });
          const small = await outputs(removeUnits(checkpoint, kept));
          const masked = await outputs(silenced(checkpoint, kept));
          expect(small.length).toBe(masked.length);
          small.forEach((value, i) => {
            expect(Math.abs(value - (masked[i] ?? NaN))).toBeLessThanOrEqual(1e-5);
          });
        },
      ),
    );
  });

  test('has the shapes that its architecture tells, in parameters, masks, quantizers and memory', () => {
    fc.assert(
      fc.property(anyArchitecture, share, scope, (architecture, sparsity, s) => {
        const bare = checkpointOf(architecture, 5);
        const sparse = prune(bare, pruneSpec.options.parse({ sparsity: 0.5 }));
        const quantized = quantize(sparse, {
          ...quantizeDefaults,
          bits: 4,
          scheme: 'affine',
          granularity: 'channel',
        });
        const slots = Object.fromEntries(
          Object.entries(bare.parameters).map(([name, { values }]) => [`m/${name}`, values]),
        );
        const before = { ...quantized, optimizer: { optimizer: 'adam', updates: 1, slots } };
        const after = prune(before, { ...defaults, sparsity, scope: s });

        let input = architecture.input;
        for (const layer of after.architecture.layers) {
          expect(layer.input).toEqual(input);
          input = layer.output;
          const kernel = after.parameters[`${layer.name}.kernel`];
          if (kernel === undefined) continue;
          const channels = layer.output.at(-1);
          const inputs = layer.input.reduce((product, side) => product * side, 1);
          expect(kernel.shape.at(-1)).toBe(channels);
          expect(kernel.shape.at(-2)).toBe(layer.type === 'conv' ? layer.input.at(-1) : inputs);
          expect(after.parameters[`${layer.name}.bias`]?.shape).toEqual([channels]);
          expect(after.quantizers[`${layer.name}.kernel`]?.scales.length).toBe(channels);
          expect(after.quantizers[`${layer.name}.kernel`]?.zeroPoints.length).toBe(channels);
        }
        for (const [name, { shape, values }] of Object.entries(after.parameters)) {
          expect(values.length).toBe(shape.reduce((product, side) => product * side, 1));
          expect(after.optimizer?.slots[`m/${name}`]?.length).toBe(values.length);
          const mask = after.masks[name];
          mask?.forEach((bit, i) => {
            if (bit === 0) expect(values[i]).toBe(0);
          });
          if (mask !== undefined) expect(mask.length).toBe(values.length);
        }
      }),
    );
  });

  test('made of LeNet-5 by removing half of each layer has 10 and 25 filters and 109,295 parameters', () => {
    const small = prune(checkpointOf(lenet5, 1), { ...defaults, sparsity: 0.5 });
    expect(small.parameters['conv3.kernel']?.shape).toEqual([5, 5, 10, 25]);
    expect(small.parameters['dense6.kernel']?.shape).toEqual([4 * 4 * 25, 250]);
    expect(parameterCount(small)).toBe(260 + 6_275 + 100_250 + 2_510);
  });

  test('takes a sigmoid’s silent ½ into the biases of the layer behind', () => {
    const architecture = sketch(
      [1],
      [
        { type: 'dense', units: 2, activation: 'sigmoid' },
        { type: 'dense', units: 1 },
      ],
    );
    const checkpoint = checkpointOf(architecture, 8);
    const small = removeUnits(checkpoint, { dense1: [1] });
    const [removed = NaN, stays = NaN] = checkpoint.parameters['dense2.kernel']?.values ?? [];
    const [bias = NaN] = checkpoint.parameters['dense2.bias']?.values ?? [];
    expect(small.parameters['dense2.kernel']?.values).toEqual(Float32Array.of(stays));
    expect(small.parameters['dense2.bias']?.values).toEqual(Float32Array.of(bias + removed / 2));
  });
});

describe('the choice of units', () => {
  const twoLayers = sketch(
    [2],
    [
      { type: 'dense', units: 3, activation: 'relu' },
      { type: 'dense', units: 2, activation: 'relu' },
      { type: 'dense', units: 2 },
    ],
  );
  const blank = checkpointOf(twoLayers, 1);
  const withKernels = (first: number[], second: number[]): Checkpoint => ({
    ...blank,
    parameters: {
      ...blank.parameters,
      'dense1.kernel': { role: 'kernel', shape: [2, 3], values: Float32Array.from(first) },
      'dense2.kernel': { role: 'kernel', shape: [3, 2], values: Float32Array.from(second) },
    },
  });
  // Columns (3, 4), (5, 0), (0, 6): L1 norms 7, 5, 6; L2 norms 5, 5, 6.
  const checkpoint = withKernels([3, 5, 0, 4, 0, 6], [1, 9, 1, 9, 1, 9]);

  test('takes the smallest L1 norm, or the smallest L2 norm and of equal ones the first', () => {
    const choose = (norm: 1 | 2) =>
      chooseUnits(weightNorms(checkpoint, norm), { scope: 'layer', sparsity: 1 / 3 })['dense1'];
    expect(choose(1)).toEqual([0, 2]);
    expect(choose(2)).toEqual([1, 2]);
  });

  test('ranks all hidden units together when the scope is global', () => {
    // L2 norms of the second layer: √3 and √243. Two of five go: √3, and the first of the two 5s.
    expect(chooseUnits(weightNorms(checkpoint, 2), { scope: 'global', sparsity: 0.4 })).toEqual({
      dense1: [1, 2],
      dense2: [1],
    });
  });

  test('leaves each layer one unit and the output layer whole', () => {
    fc.assert(
      fc.property(anyArchitecture, scope, (architecture, s) => {
        const start = checkpointOf(architecture, 2);
        const kept = chooseUnits(weightNorms(start, 1), { scope: s, sparsity: 0.999 });
        for (const units of Object.values(kept)) expect(units.length).toBeGreaterThanOrEqual(1);
        expect(kept).not.toHaveProperty(architecture.layers.at(-1)?.name ?? '');
      }),
    );
  });

  test('removes round(s · units) of a layer, and of all hidden units where each layer keeps one', () => {
    fc.assert(
      fc.property(share, scope, (sparsity, s) => {
        const architecture = sketch(
          [3],
          [
            { type: 'dense', units: 8 },
            { type: 'dense', units: 8 },
            { type: 'dense', units: 2 },
          ],
        );
        const kept = chooseUnits(weightNorms(checkpointOf(architecture, 4), 2), {
          scope: s,
          sparsity,
        });
        const gone = Object.values(kept).map((units) => 8 - units.length);
        if (s === 'layer') {
          const each = Math.min(7, Math.round(8 * sparsity));
          expect(gone).toEqual([each, each]);
        } else {
          const total = gone.reduce((sum, count) => sum + count, 0);
          expect(total).toBe(Math.min(14, Math.round(16 * sparsity)));
        }
      }),
    );
  });

  test('is refused, at the pattern, on a network without a hidden layer', () => {
    const flat = sketch([4], [{ type: 'dense', units: 2 }]);
    expect(pruneSpec.check(defaults, flat)).toMatchObject({ code: 'noHiddenUnits', at: 'pattern' });
    expect(pruneSpec.check(defaults, twoLayers)).toBeNull();
  });
});
