import fc from 'fast-check';
import proto, { type onnx } from 'onnx-proto';
import { beforeAll, describe, expect, test } from 'vitest';
import { createEngine } from '../../engine/engine';
import { denseNetworks, pictureNetworks } from '../../engine/testing/agreement';
import { batchOf, sketch } from '../../engine/testing/networks';
import type { Engine } from '../../engine/trainer';
import { seen } from '../../experiment/dataset';
import { WhittleError } from '../../experiment/problem';
import { withoutGrids } from '../../techniques/float-activations';
import { quantize } from '../../techniques/quantize/quantize';
import { quantizeSpec } from '../../techniques/quantize/spec';
import { anyArchitecture, checkpointOf } from '../../techniques/testing/networks';
import { decodeWhittle, encodeWhittle } from '../whittle-file';
import { decodeOnnx } from './decode-onnx';
import { encodeOnnx } from './encode-onnx';
import { floats } from './graph';
import { onnxInputs, onnxShape } from './layout';
import { foreignFile, weights, type Step } from './testing/foreign';
import { apart, predict } from './testing/networks';
import { refusal } from './testing/refusal';
import { runAsGiven } from './testing/runtime';
import { withLength } from './testing/wire';
import { numbers, type OnnxFormat } from './writing';

let engine: Engine;
beforeAll(async () => {
  engine = await createEngine('wasm', { wasmBase: '', threads: 1 });
});

const anyNetwork = fc.oneof(anyArchitecture, denseNetworks, pictureNetworks);

describe('a network in an ONNX file', () => {
  test.each<[OnnxFormat, object | null, number]>([
    ['float32', null, 1e-5],
    ['float16', null, 0.05],
    ['int8', { bits: 8 }, 1e-5],
    ['int8', { bits: 7, scheme: 'affine' }, 1e-5],
    ['int8', { bits: 3, granularity: 'group', group: 5 }, 1e-5],
    ['int8weights', { bits: 8 }, 1e-5],
    ['int4weights', { bits: 4, granularity: 'group', group: 6 }, 1e-5],
    ['int4weights', { bits: 4, scheme: 'affine' }, 1e-5],
  ])('comes back from %s, quantized by %j', async (format, options, tolerance) => {
    await fc.assert(
      fc.asyncProperty(anyNetwork, fc.nat(), async (architecture, seed) => {
        const plain = checkpointOf(architecture, seed);
        const network =
          options === null ? plain : quantize(plain, quantizeSpec.options.parse(options));
        const file = encodeOnnx(network, { format, metadata: { link: 'here' } });
        const read = decodeOnnx(file);
        expect(read.architecture.task).toBe(architecture.task);
        // Grids of activations are left out where weights alone have integers.
        const shown = format.endsWith('weights') ? withoutGrids(architecture) : architecture;
        const batch = batchOf(architecture, 6, 3);
        for (const [name, { role, values }] of Object.entries(network.parameters)) {
          // A bias is an integer in int8: as many steps as fit best.
          const most = role === 'bias' && format === 'int8' ? 0.1 : tolerance;
          expect(apart(values, read.parameters[name]!.values), name).toBeLessThan(most);
        }
        const parameters = { ...network.parameters };
        for (const [name, parameter] of Object.entries(read.parameters)) {
          // By half a digit of float16 an activation can come onto the next step of its grid.
          const isOther = parameter.role === 'bias' || format === 'float16';
          if (isOther) parameters[name] = parameter;
        }
        const wanted = await predict(
          engine,
          { ...network, parameters, architecture: shown },
          batch,
        );
        expect(apart(await predict(engine, read, batch), wanted)).toBeLessThan(tolerance);
        const written = Object.keys(options === null ? {} : network.quantizers);
        expect(Object.keys(read.quantizers)).toEqual(written);
      }),
      { numRuns: 15 },
    );
  });

  test('has its layers, their names and their grids as they were', () => {
    const grid = { type: 'quantize', bits: 8, scale: 0.5, zeroPoint: 3 } as const;
    const architecture = sketch(
      [8, 8, 2],
      [
        grid,
        { type: 'conv', filters: 3, kernel: 3, padding: 'same', activation: 'tanh' },
        { type: 'batchnorm' },
        { type: 'maxpool', size: 2 },
        { type: 'flatten' },
        grid,
        { type: 'dense', units: 4, activation: 'gelu' },
        { type: 'dense', units: 2 },
      ],
    );
    const network = quantize(
      checkpointOf(architecture, 1),
      quantizeSpec.options.parse({ bits: 8 }),
    );
    for (const format of ['float32', 'int8'] as const) {
      const read = decodeOnnx(encodeOnnx(network, { format, metadata: {} }));
      const types = read.architecture.layers.map(({ name, type }) => `${name} ${type}`);
      expect(types).toEqual(architecture.layers.map(({ name, type }) => `${name} ${type}`));
      expect(read.architecture.layers[0]).toEqual(architecture.layers[0]);
    }
    const { quantizers } = decodeOnnx(encodeOnnx(network, { format: 'int8weights', metadata: {} }));
    expect(quantizers).toEqual(network.quantizers);
  });
});

/** Layers that read a row of `inputs` numbers. */
const dense = (name: string, ...dims: [number, number]) => ({
  [`${name}.weight`]: weights(dims[0], dims),
  [`${name}.bias`]: weights(7, [dims[0]]),
});
const gemm = (name: string): Step => ['Gemm', [`${name}.weight`, `${name}.bias`], { transB: 1 }];
const norm = (channels: number) => ({
  scale: weights(1, [channels]),
  shift: weights(2, [channels]),
  mean: weights(3, [channels]),
  variance: { ...weights(4, [channels]), raw: new Uint8Array(new Float32Array(channels).fill(0.7).buffer) },
}); // prettier-ignore
const NORM = ['scale', 'shift', 'mean', 'variance'];
const WINDOW = {
  kernel_shape: [3, 3],
  strides: [1, 1],
  pads: [1, 1, 1, 1],
  dilations: [1, 1],
  group: 1,
};

const FOREIGN: Readonly<Record<string, readonly [number[], Parameters<typeof foreignFile>[1], readonly Step[]]>> = {
  'an MLP of PyTorch': [
    [20],
    { ...dense('fc1', 12, 20), ...dense('fc2', 3, 12) },
    [gemm('fc1'), ['Relu'], ['Dropout'], ['Identity'], gemm('fc2'), ['Softmax', [], { axis: 1 }]],
  ],
  'a CNN of PyTorch': [
    [2, 9, 9],
    {
      'conv1.weight': weights(1, [4, 2, 3, 3]),
      'conv1.bias': weights(2, [4]),
      'conv2.weight': weights(3, [5, 4, 2, 2]),
      ...dense('fc', 3, 45),
    },
    [
      ['Conv', ['conv1.weight', 'conv1.bias'], WINDOW],
      ['MaxPool', [], { kernel_shape: [3, 3], strides: [2, 2] }],
      ['Relu'],
      ['Conv', ['conv2.weight'], { kernel_shape: [2, 2] }],
      ['LeakyRelu', [], { alpha: { float: 0.01 } }],
      ['Flatten', [], { axis: 1 }],
      gemm('fc'),
    ],
  ],
  'batch norm before an activation': [
    [3, 6, 6],
    { w: weights(1, [4, 3, 3, 3]), ...norm(4), shape: numbers([-1, 144]), ...dense('fc', 2, 144) },
    [
      ['Conv', ['w'], WINDOW],
      ['BatchNormalization', NORM, { epsilon: { float: 1e-3 } }],
      ['Relu'],
      ['Reshape', ['shape']],
      gemm('fc'),
    ],
  ],
  'batch norm of a row of channels': [
    [2, 2, 2],
    { ...norm(8), ...dense('fc', 2, 8) },
    [['Flatten'], ['BatchNormalization', NORM], gemm('fc')],
  ],
  'products and sums in nodes of their own': [
    [6],
    { a: weights(1, [6, 5]), b: weights(2, [5]), c: weights(3, [5, 2]), d: weights(4, [1, 2]) },
    [['MatMul', ['a']], ['Add', ['b']], ['Tanh'], ['MatMul', ['c']], ['Add', ['d']]],
  ],
  'channels last, as TensorFlow has them': [
    [5, 4, 3],
    { w: weights(1, [2, 3, 2, 2]), c: weights(3, [24, 2]) },
    [
      ['Transpose', [], { perm: [0, 3, 1, 2] }],
      ['Conv', ['w'], { kernel_shape: [2, 2] }],
      ['Relu'],
      ['AveragePool', [], { kernel_shape: [1, 1] }],
      ['Transpose', [], { perm: [0, 2, 3, 1] }],
      ['Flatten'],
      ['MatMul', ['c']],
    ],
  ],
}; // prettier-ignore

describe('a network made elsewhere', () => {
  test.each(Object.keys(FOREIGN))('computes the same here: %s', async (name) => {
    const [sides, constants, steps] = FOREIGN[name]!;
    const isSoft = steps.at(-1)?.[0] === 'Softmax';
    const file = foreignFile(sides, constants, steps);
    const read = decodeOnnx(file);
    const { input, outputs } = read.architecture;
    const batch = batchOf(read.architecture, 5, 1);
    const inputs = Float32Array.from(seen(batch.inputs));
    const isLast = steps[0]?.[0] === 'Transpose';
    const given = isLast ? inputs : onnxInputs(inputs, input);
    const wanted = await runAsGiven(file, given, [5, ...(isLast ? input : onnxShape(input))]);
    const logits = await predict(engine, read, batch);
    const made = isSoft ? softmax(logits, outputs) : logits;
    expect(apart(made, wanted)).toBeLessThan(1e-5);
  });

  test('keeps the names of its layers where they can be kept', () => {
    const [sides, constants, steps] = FOREIGN['an MLP of PyTorch']!;
    const { layers } = decodeOnnx(foreignFile(sides, constants, steps)).architecture;
    expect(layers.map(({ name, type }) => `${name} ${type}`)).toEqual([
      ...['layer0 dense', 'layer2 dropout', 'layer4 dense'],
    ]);
  });

  test.each<[string, readonly Step[]]>([
    ['GRU', [['GRU', ['fc.weight']]]],
    ['Elu', [gemm('fc'), ['Elu']]],
    ['Relu', [['Relu'], gemm('fc')]],
    ['Gelu', [gemm('fc'), ['Gelu', [], { approximate: 'tanh' }]]],
    ['LeakyRelu', [gemm('fc'), ['LeakyRelu', [], { alpha: { float: 0.2 } }]]],
    ['Flatten', [['Flatten', [], { axis: 0 }], gemm('fc')]],
    ['Conv', [['Conv', ['fc.weight']]]],
    ['Add', [gemm('fc'), ['Add', ['fc.weight']]]],
    ['Clip', [gemm('fc'), ['Clip', ['zero', 'six']], gemm('fc')]],
    ['Clip', [gemm('fc'), ['Clip', ['zero', 'six']]]],
    ['Cast', [['Cast', [], { to: 7 }], gemm('fc')]],
    ['constructor', [gemm('fc'), ['constructor']]],
    ['toString', [gemm('fc'), ['toString']]],
  ])('is refused with the operator %s and its node named', (operator, steps) => {
    const ends = { zero: weights(1, []), six: weights(2, []) };
    const problem = refusal(foreignFile([20], { ...dense('fc', 12, 20), ...ends }, steps));
    expect(problem.code).toBe('onnxOperator');
    expect(problem.params['operator']).toBe(operator);
    expect(problem.params['node']).toMatch(new RegExp(`^/layer\\d/${operator}`));
    expect(problem.message).toContain(operator);
  });
});

describe('a network made elsewhere, as it is here', () => {
  const [sides, constants] = FOREIGN['an MLP of PyTorch']!;
  const readOf = (...args: Parameters<typeof foreignFile>) => decodeOnnx(foreignFile(...args));
  const said = (task: string) => (model: onnx.IModelProto) =>
    (model.metadataProps = [{ key: 'task', value: task }]);

  test('is a regression where it has one output, unless it says what it is', () => {
    const taskOf = (outputs: number, change?: (model: onnx.IModelProto) => void) =>
      readOf([4], dense('fc', outputs, 4), [gemm('fc')], change).architecture.task;
    expect(taskOf(1)).toBe('regression');
    expect(taskOf(2)).toBe('classification');
    expect(taskOf(1, said('classification'))).toBe('classification');
    expect(taskOf(3, said('regression'))).toBe('regression');
    expect(taskOf(3, said('detection'))).toBe('classification');
  });

  test('has settings that a .whittle file has too', () => {
    const dropout: Step = ['Dropout', [], { ratio: { float: 0.1 } }];
    const read = readOf(sides, constants, [gemm('fc1'), dropout, gemm('fc2')]);
    expect(read.architecture.layers[1]).toMatchObject({ type: 'dropout', rate: 0.1 });
    expect(decodeWhittle(encodeWhittle(read)).architecture).toEqual(read.architecture);
  });

  test.each<[string, () => Uint8Array, RegExp]>([
    ['more units', () => foreignFile([2], { ...dense('fc', 4_097, 2), ...dense('g', 2, 4_097) }, [gemm('fc'), gemm('g')]), /layer0.* from 1 to 4096 units/],
    ['a larger kernel', () => foreignFile([1, 65, 65], { w: weights(1, [1, 1, 65, 65]), ...dense('fc', 2, 1) }, [['Conv', ['w']], ['Flatten'], gemm('fc')]), /layer0.* kernel from 1 to 64/],
    ['a larger pool', () => foreignFile([1, 65, 65], dense('fc', 2, 1), [['MaxPool', [], { kernel_shape: [65, 65] }], ['Flatten'], gemm('fc')]), /layer0.* size from 1 to 64/],
    ['an activation behind its last layer', () => foreignFile([4], dense('fc', 2, 4), [gemm('fc'), ['Sigmoid']]), /last layer, .*layer0.*, has an activation/],
  ])('is refused with %s than layers here have', (_, file, reason) => {
    const { code, message } = refusal(file());
    expect(code).toBe('badOnnxFile');
    expect(message).toMatch(reason);
  }); // prettier-ignore

  test('computes the same where its ε is far less than the one here', async () => {
    const tiny = floats(Float32Array.of(1e-6, 3e-6, 2e-5, 1), [4]);
    const file = foreignFile([4], { ...norm(4), variance: tiny, ...dense('fc', 2, 4) }, [
      ['BatchNormalization', NORM, { epsilon: { float: 1e-7 } }],
      gemm('fc'),
    ]);
    const read = decodeOnnx(file);
    const batch = batchOf(read.architecture, 5, 1);
    const wanted = await runAsGiven(file, Float32Array.from(seen(batch.inputs)), [5, 4]);
    // Numbers about a thousand, of which float32 keeps seven digits.
    expect(apart(await predict(engine, read, batch), wanted)).toBeLessThan(0.01);
  });
});

function softmax(logits: Float32Array, outputs: number): Float32Array {
  return logits.map((logit, i) => {
    const row = logits.subarray(i - (i % outputs), i - (i % outputs) + outputs);
    return Math.exp(logit) / row.reduce((sum, each) => sum + Math.exp(each), 0);
  });
}

describe('a file that is no network', () => {
  test('is refused where the same weights are those of many layers', () => {
    const square = { w: weights(1, [1_500, 1_500]), one: weights(2, []) };
    const many = (steps: readonly Step[]) => Array.from({ length: 30 }, () => steps).flat();
    const layers = foreignFile([1_500], square, many([['Gemm', ['w'], { transB: 1 }]]));
    expect(refusal(layers).code).toBe('badOnnxFile');
    const factors = foreignFile([1_500], square, [['MatMul', ['w']], ...many([['Mul', ['one']]])]);
    expect(refusal(factors).code).toBe('badOnnxFile');
    const pools = foreignFile(
      [1, 9, 9],
      {},
      many(many([['MaxPool', [], { kernel_shape: [1, 1] }]])),
    );
    expect(refusal(pools).code).toBe('badOnnxFile');
  });

  test('has a reason that is no longer than can be read', () => {
    const named = foreignFile([4], {}, [['Gemm', ['w'.repeat(100_000)]]]);
    expect(refusal(named).message.length).toBeLessThan(600);
  });

  const network = checkpointOf(sketch([4], [{ type: 'dense', units: 3 }, { type: 'dense', units: 2 }]), 1); // prettier-ignore
  const file = encodeOnnx(network, { format: 'float32', metadata: {} });
  const changed = (change: (model: onnx.ModelProto) => void) => {
    const model = proto.onnx.ModelProto.decode(file);
    change(model);
    return proto.onnx.ModelProto.encode(model).finish();
  };
  const initializer = (change: (tensor: onnx.ITensorProto) => void) =>
    changed(({ graph }) => {
      change(graph!.initializer![0]!);
    });

  test('is refused wherever it is cut off', () => {
    for (let length = 0; length < file.length; length++) {
      expect(['badOnnxFile', 'onnxOperator']).toContain(refusal(file.slice(0, length)).code);
    }
  });

  test('is refused or read, but never breaks, whatever byte is another', () => {
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const damaged = Uint8Array.from(file);
        damaged[at] = (damaged[at]! + by) % 256;
        try {
          decodeOnnx(damaged);
        } catch (error) {
          expect(error).toBeInstanceOf(WhittleError);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('is refused when it is of random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3_000 }), (bytes) => {
        expect(['badOnnxFile', 'onnxOperator']).toContain(refusal(bytes).code);
      }),
      { numRuns: 1_000 },
    );
  });

  test.each<[string, Uint8Array]>([
    ['huge dimensions', initializer((t) => (t.dims = [2 ** 31 - 1, 2 ** 31 - 1]))],
    ['a negative dimension', initializer((t) => (t.dims = [-4, -3]))],
    ['fewer numbers than its shape', initializer((t) => (t.rawData = t.rawData!.slice(4)))],
    ['more numbers than its shape', initializer((t) => (t.rawData = new Uint8Array(1_000)))],
    ['no numbers', initializer((t) => (t.rawData = new Uint8Array()))],
    ['numbers that are none', initializer((t) => t.rawData!.fill(255))],
    ['numbers in another file', initializer((t) => ((t.dataLocation = proto.onnx.TensorProto.DataLocation.EXTERNAL), (t.rawData = null)))],
    ['weights of text', initializer((t) => (t.dataType = 8))],
    ['no graph', changed((model) => (model.graph = null))],
    ['no nodes', changed(({ graph }) => (graph!.node = []))],
    ['no output', changed(({ graph }) => (graph!.output = []))],
    ['two inputs', changed(({ graph }) => graph!.input!.push({ name: 'more' }))],
    ['an input of any size', changed(({ graph }) => (graph!.input![0]!.type = null))],
    ['too many nodes', changed(({ graph }) => (graph!.node = Array.from({ length: 10_000 }, () => graph!.node![0]!)))],
    ['functions', changed((model) => model.functions.push({ name: 'f' }))],
  ])('is refused with %s', (_, bytes) => {
    expect(refusal(bytes).code).toBe('badOnnxFile');
  }); // prettier-ignore

  test.each<[string, Uint8Array]>([
    ['a weight that is missing', changed(({ graph }) => graph!.initializer!.splice(0, 1))],
    ['a node that takes what it makes', changed(({ graph }) => (graph!.node![0]!.input![0] = graph!.node![0]!.output![0]!))],
    ['nodes that take in what comes later', changed(({ graph }) => graph!.node!.reverse())],
    ['an operator of its own', changed(({ graph }) => (graph!.node![0]!.domain = 'mine'))],
    ['weights that do not fit', changed(({ graph }) => (graph!.initializer![0]!.dims = [3, 4]))],
  ])('names the node with %s', (_, bytes) => {
    const { code, params } = refusal(bytes);
    expect(code).toBe('onnxOperator');
    expect(params['node']).toMatch(/^dense\d\/Gemm$/);
  }); // prettier-ignore

  test('is refused before there is no memory left, however many parts it has', () => {
    // Two bytes each: a node, a name, an attribute of nothing.
    const nodes = new Uint8Array(4_000_000).map((_, i) => (i % 2 === 0 ? 10 : 0));
    expect(refusal(withLength(7, nodes)).code).toBe('badOnnxFile');
    const list = new Uint8Array(8_000_000).fill(1);
    expect(refusal(withLength(7, withLength(5, withLength(7, list)))).code).toBe('badOnnxFile');
    let nested: Uint8Array = new Uint8Array();
    for (let depth = 0; depth < 3_000; depth++)
      nested = withLength(1, withLength(5, withLength(6, nested)));
    expect(refusal(withLength(7, nested)).code).toBe('badOnnxFile');
    expect(refusal(new Uint8Array(2 ** 26 + 1)).code).toBe('badOnnxFile');
  });
});
