import fc from 'fast-check';
import { networkOf, sketch, type LayerSketch } from '../../engine/testing/networks';
import { ACTIVATIONS, type Architecture, type Shape } from '../../experiment/architecture';
import type { Checkpoint, Parameter } from '../../experiment/checkpoint';
import { seedState } from '../../experiment/random';

/** A checkpoint of this network before any step, every parameter drawn from `seed`, biases and batch norm too. */
export function checkpointOf(architecture: Architecture, seed: number): Checkpoint {
  return {
    ...networkOf(architecture, seed),
    dataset: 'mnist',
    quantizers: {},
    optimizer: null,
    random: seedState(seed),
    iteration: 0,
    epoch: 0,
  };
}

/** A checkpoint whose one kernel holds these values, `[inputs, units]`. */
export function singleKernel(values: readonly number[], shape: Shape): Checkpoint {
  const architecture = sketch(
    [shape[0] ?? 1],
    [{ type: 'dense', units: shape[1] ?? 1, activation: 'none' }],
  );
  const checkpoint = checkpointOf(architecture, 0);
  const kernel: Parameter = { role: 'kernel', shape, values: Float32Array.from(values) };
  return { ...checkpoint, parameters: { ...checkpoint.parameters, 'dense1.kernel': kernel } };
}

const activation = fc.constantFrom(...ACTIVATIONS);

const rounding: LayerSketch = {
  type: 'quantize',
  bits: 6,
  scale: Math.fround(0.07),
  zeroPoint: 20,
};

const dense: fc.Arbitrary<LayerSketch[]> = fc
  .tuple(fc.integer({ min: 1, max: 6 }), activation, ...[fc.boolean(), fc.boolean(), fc.boolean()])
  .map(([units, act, norm, drop, round]) => [
    { type: 'dense', units, activation: act },
    ...(norm ? [{ type: 'batchnorm' as const }] : []),
    ...(drop ? [{ type: 'dropout' as const, rate: 0.5 }] : []),
    ...(round ? [rounding] : []),
  ]);

const AFTER_CONV: readonly LayerSketch[] = [
  { type: 'batchnorm' },
  { type: 'maxpool', size: 2, stride: 1 },
  { type: 'avgpool', size: 2, stride: 1 },
  { type: 'dropout', rate: 0.5 },
  rounding,
];

const conv: fc.Arbitrary<LayerSketch[]> = fc
  .record({
    filters: fc.integer({ min: 1, max: 4 }),
    kernel: fc.constantFrom(1, 2, 3),
    padding: fc.constantFrom('valid' as const, 'same' as const),
    activation,
    after: fc.shuffledSubarray([...AFTER_CONV]),
  })
  .map(({ after, ...plan }) => [{ type: 'conv', stride: 1, ...plan }, ...after]);

/** Dense networks on vectors, and convolutional ones on small pictures. */
export const anyArchitecture: fc.Arbitrary<Architecture> = fc
  .record({
    convs: fc.array(conv, { maxLength: 2 }),
    flatten: fc.boolean(),
    denses: fc.array(dense, { maxLength: 2 }),
    outputs: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ convs, flatten, denses, outputs }) =>
    sketch(convs.length > 0 ? [10, 10, 2] : [5], [
      ...convs.flat(),
      ...(flatten && convs.length > 0 ? [{ type: 'flatten' as const }] : []),
      ...denses.flat(),
      { type: 'dense', units: outputs, activation: 'none' },
    ]),
  );
