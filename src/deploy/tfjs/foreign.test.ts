import { describe, expect, test } from 'vitest';
import { WhittleError, type Problem } from '../../experiment/problem';
import { decodeTfjs } from './decode';
import type { TfjsFiles } from './encode';

type KerasLayer = readonly [className: string, config: object];
type Weights = Readonly<
  Record<string, readonly [shape: readonly number[], values: readonly number[]]>
>;

/** A model as another program would write it. */
function modelOf(layers: readonly KerasLayer[], weights: Weights, metadata?: object): TfjsFiles {
  const named = Object.entries(weights);
  const values = Float32Array.from(named.flatMap(([, [, numbers]]) => numbers));
  const model = {
    modelTopology: {
      class_name: 'Sequential',
      config: { layers: layers.map(([class_name, config]) => ({ class_name, config })) },
    },
    weightsManifest: [
      { weights: named.map(([name, [shape]]) => ({ name, shape, dtype: 'float32' })) },
    ],
    ...(metadata && { userDefinedMetadata: metadata }),
  };
  return { model: JSON.stringify(model), weights: new Uint8Array(values.buffer) };
}

function refusal(files: TfjsFiles): Problem {
  try {
    decodeTfjs(files);
  } catch (error) {
    if (error instanceof WhittleError) return error.problem;
    throw error;
  }
  throw new Error('It was read.');
}

const input = { batch_input_shape: [null, 2] };
const dense = (name: string, more: object = {}): KerasLayer => [
  'Dense',
  { name, units: 2, use_bias: false, ...more },
];
const square = (...values: number[]) => [[2, 2], values] as const;
const FC = { 'fc/kernel': square(1, 2, 3, 4) };

describe('the settings of a TensorFlow.js model', () => {
  const conv = { 'conv/kernel': [[3, 3, 1, 1], new Array<number>(9).fill(0.5)] } as const;
  const weights = {
    ...conv,
    'fc/kernel': [
      [1, 2],
      [1, 2],
    ],
  } as const;
  const settings = {
    shape: [null, 5, 5, 1],
    units: { kernel_size: [3, 3], use_bias: false, dilation_rate: [1, 1] },
  };
  const withReLU = (relu: KerasLayer, camel: boolean) =>
    modelOf(
      [
        camel
          ? ['Conv2D', { name: 'conv', batchInputShape: settings.shape, filters: 1, kernelSize: [3, 3], useBias: false, dilationRate: [1, 1] }]
          : ['Conv2D', { name: 'conv', batch_input_shape: settings.shape, filters: 1, ...settings.units }],
        relu,
        ['AveragePooling2D', { name: 'pool', [camel ? 'poolSize' : 'pool_size']: [3, 3] }],
        ['Flatten', { name: 'flat', [camel ? 'dataFormat' : 'data_format']: 'channels_last' }],
        ['Dense', { name: 'fc', units: 2, [camel ? 'useBias' : 'use_bias']: false }],
      ],
      weights,
    ); // prettier-ignore

  test('may be spelt as Keras spells them, or as TensorFlow.js does', () => {
    const relus: readonly (readonly [KerasLayer, KerasLayer, string])[] = [
      [['ReLU', { name: 'act', max_value: null }], ['ReLU', { name: 'act', maxValue: null }], 'relu'],
      [['LeakyReLU', { name: 'act', negative_slope: 0.01 }], ['LeakyReLU', { name: 'act', negativeSlope: 0.01 }], 'leaky'],
    ]; // prettier-ignore
    for (const [snake, camel, activation] of relus) {
      const read = decodeTfjs(withReLU(snake, false));
      expect(read.architecture.layers[0]).toMatchObject({ type: 'conv', kernel: 3, activation });
      expect(read.architecture.layers[1]).toMatchObject({ type: 'avgpool', size: 3 });
      expect(decodeTfjs(withReLU(camel, true))).toEqual(read);
    }
  });

  test.each<[KerasLayer, RegExp]>([
    [['ReLU', { name: 'act', maxValue: 6 }], /its ReLU has a bound/],
    [['ReLU', { name: 'act', negativeSlope: 0.1 }], /its ReLU has a bound, a slope/],
    [['LeakyReLU', { name: 'act', negativeSlope: 0.2 }], /a leaky ReLU has the slope 0\.01/],
  ])('are looked at however they are spelt: %j', (relu, reason) => {
    const { code, params, message } = refusal(withReLU(relu, true));
    expect(code).toBe('unsupportedTfjsLayer');
    expect(params['layer']).toBe('act');
    expect(message).toMatch(reason);
  });

  test.each(['constructor', 'toString', '__proto__'])(
    'have no activation and no layer called %s',
    (name) => {
      const active = [dense('fc', { ...input, activation: name }), dense('end')];
      expect(refusal(modelOf(active, FC))).toMatchObject({
        ...{ code: 'unsupportedTfjsLayer', params: { layer: 'fc' } },
      });
      expect(refusal(modelOf([dense('fc', input), [name, { name: 'odd' }]], FC))).toMatchObject({
        ...{ code: 'unsupportedTfjsLayer', params: { layer: 'odd' } },
      });
    },
  );

  test('give its last layer no activation but a softmax', () => {
    const { code, params } = refusal(modelOf([dense('fc', { ...input, activation: 'tanh' })], FC));
    expect(code).toBe('unsupportedTfjsLayer');
    expect(params).toEqual({ layer: 'fc', reason: 'the last layer has an activation' });
  });

  test('are told of in a few words, however long they are', () => {
    const long = 'x'.repeat(100_000);
    for (const files of [
      modelOf([[long, { name: 'odd', ...input }]], {}),
      modelOf([dense('fc', { ...input, activation: long })], FC),
      modelOf([dense('fc', input)], { ...FC, [long]: square(1, 2, 3, 4) }),
    ]) {
      expect(refusal(files).message.length).toBeLessThan(500);
    }
  });
});

describe('the weights of a TensorFlow.js model', () => {
  test('belong to the layer of exactly that name, before one that ends like it', () => {
    const layers = [dense('fc', input), dense('top/fc')];
    const weights = { 'top/fc/kernel': square(5, 6, 7, 8), ...FC };
    const { parameters } = decodeTfjs(modelOf(layers, weights));
    const kernels = Object.values(parameters).filter(({ role }) => role === 'kernel');
    expect(kernels.map(({ values }) => Array.from(values))).toEqual([[1, 2, 3, 4], [5, 6, 7, 8]]); // prettier-ignore
  });

  test('may lie in a scope', () => {
    const weights = { 'model/fc/kernel:0': square(1, 2, 3, 4) };
    const { parameters } = decodeTfjs(modelOf([dense('fc', input)], weights));
    expect(parameters['fc.kernel']?.values).toEqual(Float32Array.of(1, 2, 3, 4));
  });

  const normed = (epsilon: number, variance: number) =>
    modelOf([['BatchNormalization', { name: 'bn', epsilon, ...input }], dense('fc')], {
      ...{ 'bn/gamma': [[2], [1, 1]], 'bn/beta': [[2], [0, 0]], 'bn/moving_mean': [[2], [0, 0]] },
      ...{ 'bn/moving_variance': [[2], [variance, variance]], ...FC },
    });

  test('are those of the ε here, and multiply by as much', () => {
    const { parameters } = decodeTfjs(normed(0, 4e-6));
    const [scale = NaN] = parameters['bn.scale']?.values ?? [];
    const [variance = NaN] = parameters['bn.variance']?.values ?? [];
    // 1 / √(4·10⁻⁶)
    expect(scale / Math.sqrt(variance + 1e-5)).toBeCloseTo(500, 3);
  });

  test.each<[string, TfjsFiles]>([
    ['infinite', modelOf([dense('fc', input)], { 'fc/kernel': square(1, 2, Infinity, 4) })],
    ['none', modelOf([dense('fc', input)], { 'fc/kernel': square(1, NaN, 3, 4) })],
    ['made of a negative variance', normed(1e-3, -0.5)],
  ])('are refused where a number is %s', (_, files) => {
    expect(refusal(files)).toMatchObject({ code: 'badTfjsModel' });
    expect(refusal(files).message).toMatch(/no finite number/);
  });
});

test('a TensorFlow.js model of one output is a regression, unless it says what it is', () => {
  const taskOf = (outputs: number, metadata?: object) => {
    const kernel = { 'fc/kernel': [[2, outputs], new Array<number>(2 * outputs).fill(1)] } as const;
    const files = modelOf([dense('fc', { ...input, units: outputs })], kernel, metadata);
    return decodeTfjs(files).architecture.task;
  };
  expect(taskOf(1)).toBe('regression');
  expect(taskOf(2)).toBe('classification');
  expect(taskOf(1, { task: 'classification' })).toBe('classification');
  expect(taskOf(2, { task: 'regression' })).toBe('regression');
  expect(taskOf(2, { task: 7 })).toBe('classification');
});
