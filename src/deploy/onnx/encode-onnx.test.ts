import fc from 'fast-check';
import proto from 'onnx-proto';
import { beforeAll, describe, expect, test } from 'vitest';
import { createEngine } from '../../engine/engine';
import { denseNetworks, pictureNetworks } from '../../engine/testing/agreement';
import { batchOf, LENET_300_100, LENET_5, sketch } from '../../engine/testing/networks';
import type { Engine } from '../../engine/trainer';
import type { Architecture } from '../../experiment/architecture';
import type { Checkpoint } from '../../experiment/checkpoint';
import { seen } from '../../experiment/dataset';
import { withoutGrids } from '../../techniques/float-activations';
import { calibrate, withGrids } from '../../techniques/quantize/activation-grids';
import { quantize } from '../../techniques/quantize/quantize';
import { quantizeSpec } from '../../techniques/quantize/spec';
import { anyArchitecture, checkpointOf } from '../../techniques/testing/networks';
import { encodeOnnx } from './encode-onnx';
import { apart, predict } from './testing/networks';
import { executedOperators, graphOf, runOnnx } from './testing/runtime';
import { ONNX_FORMATS, type OnnxFormat } from './writing';

const COUNT = 8;
const METADATA = { link: '#data=mnist', accuracy: '0.98', version: '0.1.0' };

let engine: Engine;
beforeAll(async () => {
  engine = await createEngine('wasm', { wasmBase: '', threads: 1 });
});

/** How far apart the file and the engine are on a few examples. */
async function distance(network: Checkpoint, format: OnnxFormat, shown = network): Promise<number> {
  const { architecture } = network;
  const batch = batchOf(architecture, COUNT, 5);
  const file = encodeOnnx(network, { format, metadata: METADATA });
  const made = await runOnnx(file, seen(batch.inputs), COUNT, architecture.input);
  return apart(made, await predict(engine, shown, batch));
}

function quantized(network: Checkpoint, options: object): Checkpoint {
  return quantize(network, quantizeSpec.options.parse(options));
}

/** With grids of 8 bits for what every layer takes in. */
async function gridded(network: Checkpoint): Promise<Checkpoint> {
  const plain = { ...network, architecture: withoutGrids(network.architecture) };
  const examples = batchOf(plain.architecture, 64, 9);
  const grids = await calibrate(plain, { bits: 8, range: { by: 'minmax' } }, examples, engine);
  return { ...plain, architecture: withGrids(plain.architecture, grids) };
}

/** A number that lies halfway between two of a grid may go either way in each runtime, and so may all behind. */
const withoutRounding = (each: Architecture) =>
  each.layers.every(({ type }) => type !== 'quantize');

const anyNetwork = fc.oneof(anyArchitecture, denseNetworks, pictureNetworks);

describe('an ONNX file', () => {
  test('computes in ONNX Runtime what the engine does, whatever the layers', async () => {
    const network = anyNetwork.filter(withoutRounding);
    await fc.assert(
      fc.asyncProperty(network, fc.nat(), async (architecture, seed) => {
        expect(await distance(checkpointOf(architecture, seed), 'float32')).toBeLessThan(1e-4);
      }),
      { numRuns: 60 },
    );
  });

  test('rounds activations as the network does', async () => {
    for (const bits of [2, 5, 8, 12, 16]) {
      const step = Math.fround(4 / 2 ** bits);
      const grid = { type: 'quantize', bits, scale: step, zeroPoint: 2 ** (bits - 1) - 1 } as const;
      // What comes out is rounded itself.
      const architecture = sketch([30], [grid, { type: 'dense', units: 4 }]);
      const network = checkpointOf(architecture, bits);
      expect(await distance(network, 'float32'), String(bits)).toBeLessThan(1e-5);
    }
  });

  test('in float16 is as near as that is, on average', async () => {
    await fc.assert(
      fc.asyncProperty(anyNetwork.filter(withoutRounding), async (architecture) => {
        // Of numbers about 1, float16 keeps three decimals; sums and layers lose some.
        expect(await distance(checkpointOf(architecture, 1), 'float16')).toBeLessThan(0.05);
      }),
      { numRuns: 30 },
    );
  });

  test.each([
    ['int8weights', { bits: 8 }],
    ['int8weights', { bits: 6, granularity: 'tensor', scheme: 'affine' }],
    ['int8weights', { bits: 8, granularity: 'channel', scheme: 'affine' }],
    ['int8weights', { bits: 5, granularity: 'group', group: 7 }],
    ['int8weights', { bits: 4, scheme: 'power2' }],
    ['int4weights', { bits: 4, granularity: 'group', group: 16 }],
    ['int4weights', { bits: 4, granularity: 'group', group: 9, scheme: 'affine' }],
    ['int4weights', { bits: 3, scheme: 'power2' }],
    ['int4weights', { bits: 2 }],
    ['int4weights', { bits: 1, granularity: 'tensor' }],
  ] as const)('in %s has the very weights of the network, %j', async (format, options) => {
    await fc.assert(
      fc.asyncProperty(anyNetwork, fc.nat(), async (architecture, seed) => {
        const network = quantized(checkpointOf(architecture, seed), options);
        const shown = { ...network, architecture: withoutGrids(architecture) };
        expect(await distance(network, format, shown)).toBeLessThan(1e-4);
      }),
      { numRuns: 12 },
    );
  });

  test.each([
    { bits: 8 },
    { bits: 8, granularity: 'tensor' },
    { bits: 8, scheme: 'affine' },
    { bits: 3, granularity: 'group' },
  ])('in int8 is as near to the quantized network as a step of a grid, %j', async (options) => {
    await fc.assert(
      fc.asyncProperty(anyNetwork, fc.nat(), async (architecture, seed) => {
        const network = quantized(await gridded(checkpointOf(architecture, seed)), options);
        // Where a sum is halfway, one step of 255 lies between; the layers behind hand it on.
        expect(await distance(network, 'int8')).toBeLessThan(0.1);
      }),
      { numRuns: 15 },
    );
  });

  test('in int8 is executed by integer kernels', async () => {
    const operators = async (architecture: Architecture) => {
      const network = quantized(await gridded(checkpointOf(architecture, 1)), { bits: 8 });
      return executedOperators(encodeOnnx(network, { format: 'int8', metadata: METADATA }));
    };
    const floats = ['Conv', 'Gemm', 'MatMul', 'FusedConv', 'FusedGemm', 'DequantizeLinear'];
    const dense = await operators(LENET_300_100);
    expect(dense.filter((each) => each === 'QGemm')).toHaveLength(3);
    const pictures = await operators(LENET_5);
    expect(pictures.filter((each) => each === 'QLinearConv')).toHaveLength(2);
    expect(pictures.filter((each) => each === 'QGemm')).toHaveLength(2);
    const averaged = await operators(
      sketch(
        [12, 12, 2],
        [
          { type: 'conv', filters: 3, kernel: 3, padding: 'same', activation: 'relu' },
          { type: 'avgpool', size: 2 },
          { type: 'dense', units: 3 },
        ],
      ),
    );
    expect(averaged).toContain('ConvInteger');
    expect(averaged).toContain('QGemm');
    expect([...dense, ...pictures, ...averaged].filter((each) => floats.includes(each))).toEqual(
      [],
    );
  });

  test.each(['int8weights', 'int4weights'] as const)(
    'in %s is unpacked before the first call',
    async (format) => {
      const network = quantized(checkpointOf(LENET_5, 1), {
        bits: 4,
        granularity: 'group',
        group: 32,
      });
      const operators = await executedOperators(
        encodeOnnx(network, { format, metadata: METADATA }),
      );
      const unpacking = ['Cast', 'Sub', 'Mul', 'Slice', 'Transpose', 'Reshape', 'DequantizeLinear'];
      expect(operators.filter((each) => unpacking.includes(each))).toEqual([]);
    },
  );

  test('is called as its layers are, and says where it comes from', () => {
    const file = encodeOnnx(checkpointOf(LENET_300_100, 1), {
      format: 'float32',
      metadata: METADATA,
    });
    const { node, initializer, input, output } = graphOf(file);
    expect(node!.map(({ name }) => name)).toEqual([
      'flatten1/Flatten',
      ...['dense2/Gemm', 'dense2/Relu', 'dense3/Gemm', 'dense3/Relu', 'dense4/Gemm'],
    ]);
    expect(initializer!.map(({ name }) => name)).toEqual(
      ['dense2', 'dense3', 'dense4'].flatMap((layer) => [`${layer}.kernel`, `${layer}.bias`]),
    );
    const { dim } = input![0]!.type!.tensorType!.shape!;
    expect(dim![0]!.dimParam).toBe('batch');
    expect(dim!.slice(1).map(({ dimValue }) => Number(dimValue))).toEqual([1, 28, 28]);
    expect(output!.map(({ name }) => name)).toEqual(['output']);
    const { metadataProps } = proto.onnx.ModelProto.decode(file);
    expect(Object.fromEntries(metadataProps.map(({ key, value }) => [key, value]))).toEqual({
      ...METADATA,
      task: 'classification',
    });
  });

  test('is the smaller the fewer bits a weight has', () => {
    const network = quantized(checkpointOf(LENET_300_100, 1), { bits: 4 });
    const bytesOf = (format: OnnxFormat) => encodeOnnx(network, { format, metadata: {} }).length;
    // 266,200 weights of 4, 2, 1 and ½ bytes, 410 biases, and little besides.
    const weights = { float32: 4, float16: 2, int8: 1, int8weights: 1, int4weights: 0.5 };
    for (const format of ONNX_FORMATS) {
      const besides = bytesOf(format) - weights[format] * 266_200;
      expect(besides, format).toBeGreaterThan(0);
      expect(besides, format).toBeLessThan(9_000);
    }
  });

  test('in float16 holds no number that float16 has not', () => {
    const network = checkpointOf(sketch([2], [{ type: 'dense', units: 1 }]), 1);
    network.parameters['dense1.kernel']!.values[0] = 70_000;
    expect(() => encodeOnnx(network, { format: 'float16', metadata: {} })).toThrow(
      /dense1\.kernel/,
    );
  });
});
