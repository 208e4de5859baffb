import type { ConvLayer, DenseLayer, Layer } from '../../experiment/architecture';
import { LEAKY_SLOPE } from '../../engine/constants';
import { sameZeros } from '../../experiment/shapes';
import { parameterOf } from '../parameter-of';
import type { KernelCodes } from './codes';
import { bytes, floats, integers, TYPES } from './graph';
import { codesConstant, codesOf, floatKernel } from './write-kernel';
import { asFloats, vector } from './writing';
import type { Flow, Writing } from './writing';

/** Integers that take part in sums of 32 bits: beside them there is room for the sum itself. */
const MAX_BIAS = 2 ** 30;

/** `activation(x · W + b)` of rows. */
export function writeDense(writing: Writing, layer: DenseLayer, flow: Flow): Flow {
  const { graph } = writing;
  const { name } = layer;
  const codes = codesOf(writing, name);
  if (codes === null || flow.grid === null || codes.group !== undefined) {
    const kernel = floatKernel(writing, layer, flow, codes);
    const sums = graph.node(name, 'Gemm', [
      asFloats(writing, name, flow),
      kernel,
      vector(writing, `${name}.bias`),
    ]);
    return activated(writing, layer, sums);
  }
  const inputs = graph.node(name, 'DequantizeLinear', [flow.tensor, ...flow.grid.names]);
  const kernel = dequantized(writing, layer, flow, codes);
  const bias = integerBias(writing, layer, flow.grid.scale, codes);
  if (bias !== null) {
    return activated(writing, layer, graph.node(name, 'Gemm', [inputs, kernel, bias]));
  }
  const products = graph.node(name, 'MatMul', [inputs, kernel]);
  const sums = graph.node(name, 'Add', [products, vector(writing, `${name}.bias`)]);
  return activated(writing, layer, sums);
}

/** `activation(x ∗ W + b)` of pictures; `next` is the layer behind. */
export function writeConv(
  writing: Writing,
  layer: ConvLayer,
  flow: Flow,
  next: Layer | undefined,
): Flow {
  const { graph } = writing;
  const { name } = layer;
  const window = windowOf(layer);
  const codes = codesOf(writing, name);
  if (codes === null || flow.grid === null || !hasOneZero(codes)) {
    const kernel = floatKernel(writing, layer, flow, codes);
    const inputs = [asFloats(writing, name, flow), kernel, vector(writing, `${name}.bias`)];
    return activated(writing, layer, graph.node(name, 'Conv', inputs, window));
  }
  const bias = endsOnGrid(layer, next) ? integerBias(writing, layer, flow.grid.scale, codes) : null;
  if (bias === null) return integerSums(writing, layer, flow, codes);
  const pictures = graph.node(name, 'DequantizeLinear', [flow.tensor, ...flow.grid.names]);
  const inputs = [pictures, dequantized(writing, layer, flow, codes), bias];
  return activated(writing, layer, graph.node(name, 'Conv', inputs, window));
}

/** ONNX Runtime convolves integers with one zero point for all filters, of none for a group. */
function hasOneZero({ zeroPoints, group }: KernelCodes): boolean {
  return group === undefined && zeroPoints.every((zero) => zero === zeroPoints[0]);
}

/**
 * Whether the convolution's sums can go onto the next layer's grid as they are: its lower end is the
 * activation, its upper end that of the integers.
 */
function endsOnGrid({ activation }: ConvLayer, next: Layer | undefined): boolean {
  if (next?.type !== 'quantize' || next.bits !== 8) return false;
  return activation === 'none' || (activation === 'relu' && next.zeroPoint === 0);
}

/**
 * A convolution of integers whose sums go on as floats. In the form of the others ONNX Runtime would
 * convolve floats, for want of a grid behind.
 */
function integerSums(writing: Writing, layer: ConvLayer, flow: Flow, codes: KernelCodes): Flow {
  const { graph } = writing;
  const { name } = layer;
  const { scale = 1, names } = flow.grid ?? {};
  const { values } = parameterOf(writing.network, `${name}.bias`);
  const dims = (count: number) => [count, 1, 1];
  const inputs = [
    flow.tensor,
    codesConstant(writing, layer, flow, codes),
    names?.[1] ?? '',
    graph.constant(`${name}.kernel.zeroPoint`, bytes(codes.zeroPoints.slice(0, 1), [])),
  ];
  const sums = graph.node(name, 'ConvInteger', inputs, windowOf(layer));
  const steps = floats(stepsOf(codes, scale), dims(codes.scales.length));
  const scaled = graph.node(name, 'Mul', [
    graph.node(name, 'Cast', [sums], { to: TYPES.float32 }),
    graph.constant(`${name}.steps`, steps),
  ]);
  const bias = graph.constant(`${name}.bias`, floats(values, dims(values.length)));
  return activated(writing, layer, graph.node(name, 'Add', [scaled, bias]));
}

/** The kernel's floats, in the form that makes ONNX Runtime compute with its codes. */
function dequantized(
  writing: Writing,
  layer: DenseLayer | ConvLayer,
  flow: Flow,
  codes: KernelCodes,
): string {
  const { graph } = writing;
  const name = `${layer.name}.kernel`;
  const { scales, zeroPoints } = codes;
  const dims = scales.length === 1 ? [] : [scales.length];
  const inputs = [
    codesConstant(writing, layer, flow, codes),
    graph.constant(`${name}.scale`, floats(scales, dims)),
    graph.constant(`${name}.zeroPoint`, bytes(zeroPoints, dims)),
  ];
  const axis = layer.type === 'dense' ? 1 : 0;
  return graph.node(layer.name, 'DequantizeLinear', inputs, { axis });
}

/** What one more in a sum of products of codes is worth, by output. */
function stepsOf({ scales }: KernelCodes, inputScale: number): Float32Array {
  return scales.map((scale) => scale * inputScale);
}

/** The bias in steps of the sums; null where it has more of them than there are integers. */
function integerBias(
  writing: Writing,
  { name }: DenseLayer | ConvLayer,
  inputScale: number,
  codes: KernelCodes,
): string | null {
  const { graph } = writing;
  const { values } = parameterOf(writing.network, `${name}.bias`);
  const steps = stepsOf(codes, inputScale);
  const rounded = Array.from(values, (b, unit) =>
    Math.round(b / (steps[unit % steps.length] ?? 1)),
  );
  if (!rounded.every((code) => Math.abs(code) < MAX_BIAS)) return null;
  const dims = steps.length === 1 ? [] : [steps.length];
  const inputs = [
    graph.constant(`${name}.bias`, integers(Int32Array.from(rounded), [rounded.length])),
    graph.constant(`${name}.bias.scale`, floats(steps, dims)),
  ];
  return graph.node(name, 'DequantizeLinear', inputs, { axis: 0 });
}

function windowOf({ input, kernel, stride, padding }: ConvLayer) {
  const zeros = [0, 1].map((axis) =>
    padding === 'same' ? sameZeros(input[axis] ?? 1, kernel, stride) : { before: 0, after: 0 },
  );
  return {
    kernel_shape: [kernel, kernel],
    strides: [stride, stride],
    pads: [...zeros.map(({ before }) => before), ...zeros.map(({ after }) => after)],
  };
}

function activated(
  { graph }: Writing,
  { name, activation }: DenseLayer | ConvLayer,
  tensor: string,
): Flow {
  const flow = (result: string): Flow => ({ tensor: result, grid: null, flattened: null });
  switch (activation) {
    case 'relu':
      return flow(graph.node(name, 'Relu', [tensor]));
    case 'leaky':
      return flow(graph.node(name, 'LeakyRelu', [tensor], { alpha: { float: LEAKY_SLOPE } }));
    case 'tanh':
      return flow(graph.node(name, 'Tanh', [tensor]));
    case 'sigmoid':
      return flow(graph.node(name, 'Sigmoid', [tensor]));
    case 'gelu':
      return flow(graph.node(name, 'Gelu', [tensor], { approximate: 'none' }));
    case 'none':
      return flow(tensor);
  }
}
