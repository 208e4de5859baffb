import { beforeAll, describe, expect, test } from 'vitest';
import { createEngine } from '../../engine/engine';
import { batchOf } from '../../engine/testing/networks';
import type { Engine } from '../../engine/trainer';
import { seen } from '../../experiment/dataset';
import { decodeOnnx } from './decode-onnx';
import { foundQuantizer } from './found-quantizer';
import { bytes, floats, integers, type Constant } from './graph';
import { foreignFile, weights, type Step } from './testing/foreign';
import { apart, predict } from './testing/networks';
import { refusal } from './testing/refusal';
import { runAsGiven } from './testing/runtime';

let engine: Engine;
beforeAll(async () => {
  engine = await createEngine('wasm', { wasmBase: '', threads: 1 });
});

const number = (value: number) => floats(Float32Array.of(value), []);
const int8 = (value: number): Constant => ({
  type: 'int8',
  dims: [],
  raw: Uint8Array.of(value + 256),
});
const CONSTANTS = {
  ...{ w: weights(1, [6, 3]), kernel: bytes(new Uint8Array(18).fill(3), [2, 1, 3, 3]) },
  ...{ s: number(0.05), s2: number(0.06), negative: number(-0.05), zero: number(0) },
  ...{ six: number(6), half: number(0.35), minusHalf: number(-0.4), n8: number(-8), n7: number(7) },
  ...{ n120: number(120), z3: bytes(Uint8Array.of(3), []), z8: bytes(Uint8Array.of(8), []) },
  ...{ i20: int8(-20), u16: integers(Uint16Array.of(30_000), []), float3: number(3) },
};
const dense: Step = ['MatMul', ['w']];
const fileOf = (steps: readonly Step[], input = [6]) =>
  foreignFile(input, CONSTANTS, steps, (model) => {
    model.opsetImport = [{ domain: '', version: 21 }];
    model.irVersion = 10;
  });

describe('a grid of activations in a file made elsewhere', () => {
  test.each<[string, readonly Step[], object]>([
    [
      'codes without a sign',
      [['QuantizeLinear', ['s', 'z3']], ['DequantizeLinear', ['s', 'z3']], dense],
      { bits: 8, zeroPoint: 3 },
    ],
    [
      'codes with a sign',
      [['QuantizeLinear', ['s', 'i20']], ['DequantizeLinear', ['s', 'i20']], dense],
      { bits: 8, zeroPoint: 108 },
    ],
    [
      'codes of 16 bits',
      [['QuantizeLinear', ['s', 'u16']], ['DequantizeLinear', ['s', 'u16']], dense],
      { bits: 16, zeroPoint: 30_000 },
    ],
    [
      'codes of a type that is only said',
      [['QuantizeLinear', ['s'], { output_dtype: 3 }], ['DequantizeLinear', ['s']], dense],
      { bits: 8, zeroPoint: 128 },
    ],
    [
      'codes between bounds',
      [
        ['Clip', ['minusHalf', 'half']],
        ['QuantizeLinear', ['s', 'z8']],
        ['DequantizeLinear', ['s', 'z8']],
        dense,
      ],
      { bits: 4, zeroPoint: 8 },
    ],
    [
      'rounded floats',
      [['Div', ['s']], ['Round'], ['Clip', ['n8', 'n7']], ['Mul', ['s']], dense],
      { bits: 4, zeroPoint: 8 },
    ],
  ])('is read with what it has: %s', async (_, steps, grid) => {
    const file = fileOf(steps);
    const read = decodeOnnx(file);
    const scale = Math.fround(0.05);
    expect(read.architecture.layers[0]).toMatchObject({ type: 'quantize', scale, ...grid });
    const batch = batchOf(read.architecture, 20, 1);
    const wanted = await runAsGiven(file, Float32Array.from(seen(batch.inputs)), [20, 6]);
    expect(apart(await predict(engine, read, batch), wanted)).toBeLessThan(1e-5);
  });

  const quantized: Step = ['QuantizeLinear', ['s', 'z3']];
  test.each<[string, string, readonly Step[], number[]?]>([
    ['another scale', 'DequantizeLinear', [quantized, ['DequantizeLinear', ['s2', 'z3']], dense]],
    ['another zero', 'DequantizeLinear', [quantized, ['DequantizeLinear', ['s', 'z8']], dense]],
    ['no zero', 'DequantizeLinear', [quantized, ['DequantizeLinear', ['s']], dense]],
    ['another factor', 'Mul', [['Div', ['s']], ['Round'], ['Clip', ['n8', 'n7']], ['Mul', ['s2']], dense]],
    ['a factor for codes that is another', 'Mul', [quantized, ['Cast', [], { to: 1 }], ['Sub', ['float3']], ['Mul', ['s2']], dense]],
    ['a negative step', 'Div', [['Div', ['negative']], ['Round'], ['Clip', ['n8', 'n7']], ['Mul', ['negative']], dense]],
    ['a step of zero', 'Div', [['Div', ['zero']], ['Round'], ['Clip', ['n8', 'n7']], ['Mul', ['zero']], dense]],
    ['121 levels of codes', 'QuantizeLinear', [['Clip', ['zero', 'six']], ['QuantizeLinear', ['s']], ['DequantizeLinear', ['s']], dense]],
    ['121 levels of floats', 'Clip', [['Div', ['s']], ['Round'], ['Clip', ['zero', 'n120']], ['Mul', ['s']], dense]],
    ['no zero among its levels', 'Clip', [['Div', ['s']], ['Round'], ['Clip', ['six', 'n7']], ['Mul', ['s']], dense]],
    ['no bounds', 'Clip', [['Div', ['s']], ['Round'], ['Clip'], ['Mul', ['s']], dense]],
    ['bounds between two codes', 'QuantizeLinear', [['Clip', ['minusHalf', 'half']], ['QuantizeLinear', ['s2', 'z8']], ['DequantizeLinear', ['s2', 'z8']], dense]],
    ['bounds beyond its codes', 'QuantizeLinear', [['Clip', ['minusHalf', 'half']], quantized, ['DequantizeLinear', ['s', 'z3']], dense]],
    ['another type', 'QuantizeLinear', [['QuantizeLinear', ['s'], { output_dtype: 17 }], ['DequantizeLinear', ['s']], dense]],
    ['two types', 'QuantizeLinear', [['QuantizeLinear', ['s', 'z3'], { output_dtype: 3 }], ['DequantizeLinear', ['s', 'z3']], dense]],
    ['another zero in the convolution', 'ConvInteger', [quantized, ['ConvInteger', ['kernel', 'z8']]], [1, 4, 4]],
    ['no zero in the convolution', 'ConvInteger', [quantized, ['ConvInteger', ['kernel']]], [1, 4, 4]],
  ])('is refused with %s, its node named', (_, operator, steps, input) => {
    const { code, params } = refusal(fileOf(steps, input));
    expect(code).toBe('onnxOperator');
    expect(params['operator']).toBe(operator);
    expect(params['node']).toMatch(new RegExp(`^/layer\\d/${operator}`));
  }); // prettier-ignore
});

describe('the grids that weights were read from', () => {
  /** Weights on one grid, of scale 0.5. */
  const kernel = (values: number[], zero: number) => ({
    dims: [values.length, 1],
    values: Float32Array.from(values),
    grid: {
      scales: new Float32Array(values.length).fill(0.5),
      zeros: new Float32Array(values.length).fill(zero),
    },
  });

  test('come back, and are none where zero is no code or a weight is on none', () => {
    const found = foundQuantizer(kernel([-1, 0, 2.5], 3));
    expect(found?.quantizer).toMatchObject({ scheme: 'affine', bits: 4 });
    expect(found?.values).toEqual(Float32Array.of(-1, 0, 2.5));
    // Codes 1, 3 and 8 minus 2.5: halves of steps.
    expect(foundQuantizer(kernel([-0.75, 0.25, 2.75], 2.5))).toBeNull();
    expect(foundQuantizer(kernel([-1, 0.1, 2.5], 3))).toBeNull();
  });

  test('may be more than a call has arguments', () => {
    const units = 200_000;
    const grid = {
      scales: new Float32Array(units).fill(1),
      zeros: Float32Array.from({ length: units }, (_, unit) => 1 + (unit % 2)),
    };
    const found = foundQuantizer({ dims: [1, units], values: new Float32Array(units), grid });
    expect(found?.quantizer).toMatchObject({ scheme: 'affine', bits: 2 });
    expect(found?.quantizer.zeroPoints).toHaveLength(units);
  });
});
