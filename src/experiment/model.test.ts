import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ACTIVATIONS, INITIALIZERS } from './architecture';
import type { Architecture } from './architecture';
import { MAX_LAYERS, MAX_PARAMETERS } from './assemble';
import { parseLayer, printLayer } from './layer-text';
import { DATASETS, resolveDataset } from './dataset';
import type { DatasetInfo } from './dataset';
import {
  countParameters,
  describeModel,
  initialCheckpoint,
  layerString,
  shortestRef,
  multiplyAdds,
  REFERENCE_MODELS,
  resolveModel,
} from './model';
import { denseMultiplyAdds } from './multiply-adds';
import { kernelDeviation, parameterShapes } from './parameters';
import { WhittleError } from './problem';
import { randomOf } from './random';

function dataset(id: string): DatasetInfo {
  const info = resolveDataset(id)?.info;
  if (info === undefined) throw new Error(`no data set ${id}`);
  return info;
}
const mnist = dataset('mnist');
const spiral = dataset('spiral');

const names = ({ layers }: Architecture) => layers.map(({ name }) => name);
const outputs = ({ layers }: Architecture) => layers.map(({ output }) => output.join('×'));

function problemOf(action: () => unknown) {
  try {
    action();
  } catch (error) {
    if (error instanceof WhittleError) return error.problem;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('the reference networks', () => {
  test.each([
    ['lenet-300-100', 266_610],
    ['lenet-5', 431_080],
    ['lenet-5-classic', 61_706],
  ])('%s has %i parameters on MNIST', (ref, parameters) => {
    expect(countParameters(resolveModel(ref, mnist))).toBe(parameters);
  });

  test('LeNet-5 of Caffe narrows 28 pixels to 24, 12, 8 and 4', () => {
    expect(outputs(resolveModel('lenet-5', mnist))).toEqual([
      '24×24×20',
      '12×12×20',
      '8×8×50',
      '4×4×50',
      '800',
      '500',
      '10',
    ]);
  });

  test('the classic LeNet-5 pads its first convolution only', () => {
    expect(outputs(resolveModel('lenet-5-classic', mnist))).toEqual([
      '28×28×6',
      '14×14×6',
      '10×10×16',
      '5×5×16',
      '400',
      '120',
      '84',
      '10',
    ]);
  });

  test('LeNet-300-100 takes any input', () => {
    for (const info of DATASETS) {
      const { layers } = resolveModel('lenet-300-100', info);
      expect(layers.at(-1)).toMatchObject({ units: info.outputs, activation: 'none' });
    }
  });

  test.each(['lenet-5', 'lenet-5-classic'])(
    '%s needs a picture, and says which layer does',
    (ref) => {
      expect(problemOf(() => resolveModel(ref, spiral))).toMatchObject({
        code: 'layerNeedsPicture',
        at: 'model',
        params: { layer: 'conv1' },
      });
    },
  );

  test('their multiply-adds are the products of their shapes', () => {
    expect(denseMultiplyAdds(resolveModel('lenet-300-100', mnist))).toBe(
      784 * 300 + 300 * 100 + 100 * 10,
    );
    expect(denseMultiplyAdds(resolveModel('lenet-5', mnist))).toBe(
      24 * 24 * 25 * 20 + 8 * 8 * 25 * 20 * 50 + 800 * 500 + 500 * 10,
    );
    expect(denseMultiplyAdds(resolveModel('lenet-5-classic', mnist))).toBe(
      28 * 28 * 25 * 6 + 10 * 10 * 25 * 6 * 16 + 400 * 120 + 120 * 84 + 84 * 10,
    );
  });

  test('in a line they are what the papers call them', () => {
    expect(describeModel(resolveModel('lenet-300-100', mnist))).toBe('784 – 300 – 100 – 10');
    expect(describeModel(resolveModel('lenet-5', mnist))).toBe(
      '28×28×1 – 20@5×5 – ↓2 – 50@5×5 – ↓2 – 500 – 10',
    );
  });
});

describe('a network in a line', () => {
  test('names batch norm and dropout, and not the flatten between', () => {
    const ref = 'net:batchnorm,conv-4,batchnorm,maxpool-2,dropout-0.25,dense-16,dropout';
    expect(describeModel(resolveModel(ref, mnist))).toBe(
      '28×28×1 – BN – 4@3×3 – BN – ↓2 – drop 0.25 – 16 – drop 0.5 – 10',
    );
  });
});

describe('a layer string', () => {
  test('mlp lists hidden units, and an activation for all of them', () => {
    const { layers } = resolveModel('mlp:4-2:tanh', spiral);
    expect(layers).toMatchObject([
      { name: 'dense1', units: 4, activation: 'tanh', initializer: 'glorot', input: [2] },
      { name: 'dense2', units: 2, activation: 'tanh', initializer: 'glorot', input: [4] },
      { name: 'dense3', units: 2, activation: 'none', initializer: 'glorot', output: [2] },
    ]);
  });

  test('may have spaces between its parts', () => {
    const plain = resolveModel('net:dense-8,dense-4', spiral);
    expect(resolveModel(' net: dense-8 , dense-4 ', spiral)).toEqual(plain);
    expect(resolveModel('mlp: 8-4', spiral)).toEqual(resolveModel('mlp:8-4', spiral));
  });

  test('without hidden layers it is a linear model', () => {
    for (const ref of ['mlp:', 'net:']) {
      expect(names(resolveModel(ref, spiral))).toEqual(['dense1']);
      expect(names(resolveModel(ref, mnist))).toEqual(['flatten1', 'dense1']);
    }
  });

  test('every argument of a layer is read, in any order', () => {
    const [conv] = resolveModel('net:conv-20-glorot-same-tanh-s2-k5', mnist).layers;
    expect(conv).toEqual({
      type: 'conv',
      name: 'conv1',
      filters: 20,
      kernel: 5,
      stride: 2,
      padding: 'same',
      activation: 'tanh',
      initializer: 'glorot',
      input: [28, 28, 1],
      output: [14, 14, 20],
    });
  });

  test('layers are named by type in order, and a flatten comes before a dense layer on a picture', () => {
    const text =
      'net:conv-4-k3,batchnorm,maxpool-3-s2,conv-8-k3,avgpool-2,dropout-0.25,dense-16-gelu,batchnorm';
    const architecture = resolveModel(text, mnist);
    expect(names(architecture)).toEqual([
      'conv1',
      'batchnorm1',
      'maxpool1',
      'conv2',
      'avgpool1',
      'dropout1',
      'flatten1',
      'dense1',
      'batchnorm2',
      'dense2',
    ]);
    expect(outputs(architecture)).toEqual([
      '26×26×4',
      '26×26×4',
      '12×12×4',
      '10×10×8',
      '5×5×8',
      '5×5×8',
      '200',
      '16',
      '16',
      '10',
    ]);
  });

  test('rectifiers start from He, the others from Glorot', () => {
    for (const activation of ACTIVATIONS) {
      const [layer] = resolveModel(`mlp:3:${activation}`, spiral).layers;
      expect(layer).toMatchObject({
        initializer: ['relu', 'leaky', 'gelu'].includes(activation) ? 'he' : 'glorot',
      });
    }
  });

  test.each([
    ['resnet-50', 'unknownModel', {}],
    ['__proto__', 'unknownModel', {}],
    ['', 'unknownModel', {}],
    ['mlp:3:swish', 'unknownModel', {}],
    ['mlp:3--3', 'unknownModel', {}],
    ['mlp:0', 'layerRange', { layer: '0', argument: 'units' }],
    ['mlp:300-0:tanh', 'layerRange', { layer: '0', argument: 'units' }],
    ['mlp:4097', 'layerRange', { argument: 'units', max: 4096 }],
    ['net:lstm-3', 'unknownLayer', { layer: 'lstm-3' }],
    ['net:constructor', 'unknownLayer', {}],
    ['net:dense-3,,dense-4', 'layerMissing', { number: 2 }],
    ['net:,dense-3', 'layerMissing', { number: 1 }],
    ['net:dense-3, ', 'lastLayerMissing', {}],
    ['net:dense', 'layerRange', { argument: 'units' }],
    ['net:dense-3-tanh-relu', 'layerArgument', { argument: 'relu' }],
    ['net:dense-3-k5', 'layerArgument', { argument: 'k5' }],
    ['net:flatten-2', 'layerArgument', { argument: '2' }],
    ['net:conv-6-k0', 'layerRange', { argument: 'kernel' }],
    ['net:conv-6-k1e2', 'layerArgument', { argument: 'k1e2' }],
    ['net:maxpool-2-s0', 'layerRange', { argument: 'stride' }],
    ['net:dropout-1', 'layerRange', { argument: 'rate' }],
    ['net:dropout-0.5-0.5', 'layerArgument', { argument: '0.5' }],
    ['net:conv-6-k5,maxpool-2,maxpool-20', 'layerTooLarge', { layer: 'maxpool2', size: 20 }],
    ['net:conv-6-k29', 'layerTooLarge', { layer: 'conv1', shape: '28 × 28 × 1' }],
    ['net:flatten,conv-6', 'layerNeedsPicture', { layer: 'conv1', shape: '784' }],
    ['net:conv-400-k5-same', 'layerTooWide', { layer: 'conv1' }],
    ['mlp:4096-4096', 'tooManyParameters', { max: MAX_PARAMETERS }],
    ['net:conv-64-same,conv-300-k5-same', 'tooManyMultiplyAdds', {}],
    [`mlp:${Array(MAX_LAYERS).fill('2').join('-')}`, 'tooManyLayers', { max: MAX_LAYERS }],
    [`mlp:${'9'.repeat(1e6)}`, 'tooLongModel', {}],
  ])('%.40s is refused as %s', (ref, code, params) => {
    const problem = problemOf(() => resolveModel(ref, mnist));
    expect(problem).toMatchObject({ code, at: 'model', params });
    expect(problem.message.length).toBeLessThan(300);
  });

  test('a layer out of range is told what it needs', () => {
    const message = (ref: string) => problemOf(() => resolveModel(ref, mnist)).message;
    expect(message('mlp:0')).toBe('The layer "0" needs from 1 to 4096 units.');
    expect(message('net:dropout-1')).toBe('The layer "dropout-1" needs a rate from 0 to 0.95.');
    expect(message('net:conv-6-k0')).toBe('The layer "conv-6-k0" needs a kernel from 1 to 64.');
  });

  test('any text is read or refused with a problem of the model', () => {
    const word = fc.constantFrom(
      ...['net:', 'mlp:', ',', '-', ':', 'conv', 'dense', 'maxpool', 'dropout', '3', '5', 'k5'],
      ...['s2', 'same', 'tanh', '0.5', '1e9', '__proto__', 'flatten', 'batchnorm', '-1', ' '],
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(word, { maxLength: 20 }).map((words) => words.join('')),
    );
    fc.assert(
      fc.property(text, fc.constantFrom(...DATASETS), (ref, info) => {
        try {
          const { layers } = resolveModel(ref, info);
          expect(layers.at(-1)?.output).toEqual([info.outputs]);
        } catch (error) {
          expect(error).toBeInstanceOf(WhittleError);
          expect((error as WhittleError).problem.at).toBe('model');
        }
      }),
    );
  });
});

const units = fc.integer({ min: 1, max: 40 });
const activation = fc.constantFrom('', ...ACTIVATIONS.map((each) => `-${each}`));
const initializer = fc.constantFrom('', ...INITIALIZERS.map((each) => `-${each}`));
const kernel = fc.constantFrom('', '-k1', '-k2', '-k5');
const stride = fc.constantFrom('', '-s1', '-s2');
const onPictures = fc.oneof(
  fc
    .tuple(units, kernel, stride, fc.constantFrom('', '-same', '-valid'), activation, initializer)
    .map((parts) => `conv-${parts.join('')}`),
  fc
    .tuple(fc.constantFrom('maxpool', 'avgpool'), fc.constantFrom('', '-1', '-2', '-3'), stride)
    .map((parts) => parts.join('')),
);
const anywhere = fc.oneof(
  fc.integer({ min: 0, max: 950 }).map((rate) => `dropout-${String(rate / 1000)}`),
  fc.constant('batchnorm'),
);
const onRows = fc.oneof(
  fc.tuple(units, activation, initializer).map((parts) => `dense-${parts.join('')}`),
  fc.constant('flatten'),
);
const network = fc
  .tuple(
    fc.array(fc.oneof(onPictures, anywhere), { maxLength: 5 }),
    fc.array(fc.oneof(onRows, anywhere), { maxLength: 5 }),
  )
  .map(([front, back]) => `net:${[...front, ...back].join(',')}`);

/** Deep pools may shrink a picture to nothing; what remains is a network. */
function fits(ref: string): boolean {
  try {
    resolveModel(ref, mnist);
    return true;
  } catch {
    return false;
  }
}
const fitting = network.filter(fits);

describe('the layer string of a network', () => {
  test('spells a grid of activations, which only a step makes, to the last bit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 16 }),
        fc.float({ min: Math.fround(1e-30), max: 2 ** 66, noNaN: true }),
        fc.nat(65_535),
        (bits, scale, zero) => {
          const layer = { type: 'quantize', bits, scale, zeroPoint: zero % 2 ** bits } as const;
          const text = printLayer(layer);
          expect(text).toMatch(/^[a-z0-9.-]*$/);
          expect(parseLayer(text)).toEqual(layer);
          expect(() => resolveModel(`net:${text}`, mnist)).toThrow(/There is no layer/);
        },
      ),
    );
  });

  test('makes the same network again', () => {
    fc.assert(
      fc.property(fitting, (ref) => {
        const architecture = resolveModel(ref, mnist);
        const printed = layerString(architecture);
        expect(printed).toMatch(/^[A-Za-z0-9._~:,=&-]*$/);
        expect(resolveModel(printed, mnist)).toEqual(architecture);
      }),
    );
  });

  test('of the reference networks is what the link may hold in their place', () => {
    for (const ref of REFERENCE_MODELS) {
      const architecture = resolveModel(ref, mnist);
      expect(resolveModel(layerString(architecture), mnist)).toEqual(architecture);
    }
    expect(layerString(resolveModel('lenet-300-100', mnist))).toBe('net:dense-300,dense-100');
  });

  test('has a shorter name where the network has one', () => {
    fc.assert(
      fc.property(fitting, (ref) => {
        const short = shortestRef(ref);
        expect(short.length).toBeLessThanOrEqual(ref.length);
        expect(resolveModel(short, mnist)).toEqual(resolveModel(ref, mnist));
      }),
    );
    expect(shortestRef('net:dense-300,dense-100')).toBe('lenet-300-100');
    expect(shortestRef('net:dense-16')).toBe('mlp:16');
    expect(shortestRef('net:dense-16-tanh')).toBe('net:dense-16-tanh');
  });
});

describe('the initial checkpoint', () => {
  const start = (model: string, seed = 7, data = 'mnist') =>
    initialCheckpoint({ dataset: data, model, seed });

  test('has a parameter of the right length for every shape, and no others', () => {
    fc.assert(
      fc.property(fitting, fc.nat(), (ref, seed) => {
        const { architecture, parameters } = start(ref, seed);
        const shapes = parameterShapes(architecture);
        expect(Object.keys(parameters)).toEqual(shapes.map(({ name }) => name));
        for (const { name, role, shape } of shapes) {
          expect(parameters[name]).toMatchObject({ role, shape });
          expect(parameters[name]?.values.length).toBe(shape.reduce((a, b) => a * b, 1));
        }
      }),
      { numRuns: 25 },
    );
  });

  test('is the same for the same seed and another for another', () => {
    expect(start('net:conv-2,dense-5')).toEqual(start('net:conv-2,dense-5'));
    expect(start('mlp:3', 8).parameters).not.toEqual(start('mlp:3', 7).parameters);
  });

  test('draws its kernels in layer order from the seed and leaves the generator behind them', () => {
    const { parameters, random } = start('mlp:3', 11, 'spiral');
    const expected = randomOf(11);
    const drawn = (count: number, deviation: number) =>
      Float32Array.from({ length: count }, () => deviation * expected.normal());
    expect(parameters['dense1.kernel']?.values).toEqual(drawn(6, Math.sqrt(2 / 2)));
    expect(parameters['dense2.kernel']?.values).toEqual(drawn(6, Math.sqrt(2 / 5)));
    expect(random).toEqual(expected.state());
  });

  test('has a spread of √(2/fanIn) for He, √(2/(fanIn + fanOut)) for Glorot, √(1/fanIn) for LeCun', () => {
    const spread = (text: string) => {
      const { architecture, parameters } = start(text);
      const layer = architecture.layers.find(({ name }) => name === 'dense1');
      if (layer === undefined) throw new Error('no dense layer');
      const values = parameters['dense1.kernel']?.values ?? new Float32Array();
      const measured = Math.sqrt(values.reduce((sum, w) => sum + w * w, 0) / values.length);
      return { measured, exact: kernelDeviation(layer) };
    };
    const he = spread('net:dense-300-he');
    const glorot = spread('net:dense-300-glorot');
    const lecun = spread('net:dense-300-lecun');
    expect(he.exact).toBe(Math.sqrt(2 / 784));
    expect(glorot.exact).toBe(Math.sqrt(2 / 1084));
    expect(lecun.exact).toBe(Math.sqrt(1 / 784));
    // A sample of 235,200 normal numbers has a standard error of 0.15 %.
    for (const { measured, exact } of [he, glorot, lecun]) {
      expect(Math.abs(measured / exact - 1)).toBeLessThan(0.01);
    }
  });

  test('starts from biases of zero and a batch norm that changes nothing', () => {
    const { parameters } = start('net:conv-4,batchnorm,dense-5');
    const distinct = (name: string) => [...new Set(parameters[name]?.values)];
    expect(distinct('conv1.bias')).toEqual([0]);
    expect(distinct('dense1.bias')).toEqual([0]);
    expect(distinct('batchnorm1.scale')).toEqual([1]);
    expect(distinct('batchnorm1.shift')).toEqual([0]);
    expect(distinct('batchnorm1.mean')).toEqual([0]);
    expect(distinct('batchnorm1.variance')).toEqual([1]);
  });

  test('of an unknown data set is refused at the data', () => {
    expect(problemOf(() => start('lenet-300-100', 1, 'imagenet'))).toMatchObject({
      code: 'unknownDataset',
      at: 'data',
    });
  });
});

describe('multiply-adds', () => {
  test('without the products with zero weights are effective', () => {
    const { architecture, parameters } = initialCheckpoint({
      dataset: 'mnist',
      model: 'net:conv-2-k5,dense-3',
      seed: 1,
    });
    const kernels = 25 * 2;
    const dense = 24 * 24 * kernels + 24 * 24 * 2 * 3 + 3 * 10;
    expect(multiplyAdds(architecture, parameters)).toEqual({ dense, effective: dense });
    const pruned = Object.fromEntries(
      Object.entries(parameters).map(([name, parameter]) => [
        name,
        name === 'conv1.kernel'
          ? { ...parameter, values: parameter.values.map((w, i) => (i < 10 ? 0 : i < 20 ? -0 : w)) }
          : parameter,
      ]),
    );
    // Each of the 20 zeros was multiplied at 24 × 24 positions.
    expect(multiplyAdds(architecture, pruned)).toEqual({ dense, effective: dense - 20 * 24 * 24 });
  });
});
