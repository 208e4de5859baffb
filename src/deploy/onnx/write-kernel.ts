import type { ConvLayer, DenseLayer, Shape } from '../../experiment/architecture';
import { sizeOf } from '../../experiment/shapes';
import { kernelCodes, type KernelCodes } from './codes';
import { bytes, floats, halfBytes, TYPES } from './graph';
import { CHANNELS_FIRST, FILTERS_FIRST, transpose } from './layout';
import { parameterOf } from '../parameter-of';
import { floatConstant, inOrder, numbers } from './writing';
import type { Flow, OnnxFormat, Writing } from './writing';

/** Bits of a weight in a file of the format; null where it is a float. */
function codeBits(format: OnnxFormat) {
  switch (format) {
    case 'float32':
    case 'float16':
      return null;
    case 'int8':
    case 'int8weights':
      return 8;
    case 'int4weights':
      return 4;
  }
}

/** A layer's kernel as the format's integers; null where the format has floats. */
export function codesOf({ network, format }: Writing, layer: string): KernelCodes | null {
  const bits = codeBits(format);
  if (bits === null) return null;
  const name = `${layer}.kernel`;
  const kernel = network.parameters[name];
  const codes = kernel && kernelCodes(kernel, network.quantizers[name], bits);
  if (!codes)
    throw new Error(`${name} is not on grids of ${String(bits)} bits. Quantize it first.`);
  return codes;
}

/** A kernel's floats, `[inputs, units]` or `[filters, channels, height, width]`. */
export function floatKernel(
  writing: Writing,
  layer: DenseLayer | ConvLayer,
  flow: Flow,
  codes: KernelCodes | null,
): string {
  const name = `${layer.name}.kernel`;
  const { values, shape } = parameterOf(writing.network, name);
  if (codes !== null) {
    return inFilesOrder(writing, layer, flow, unpacked(writing, layer.name, shape, codes));
  }
  return layer.type === 'dense'
    ? floatConstant(writing, name, inOrder(values, flow), shape)
    : floatConstant(
        ...[writing, name, transpose(values, shape, FILTERS_FIRST)],
        filtersFirst(shape),
      );
}

/**
 * The kernel as a matrix of an output a column, made of its codes by operators that a runtime carries out once,
 * when it loads the file: ONNX Runtime leaves a DequantizeLinear for every call.
 */
function unpacked({ graph, format }: Writing, layer: string, shape: Shape, kernel: KernelCodes) {
  const name = `${layer}.kernel`;
  const columns = shape.at(-1) ?? 1;
  const rows = sizeOf(shape) / columns;
  const group = Math.min(kernel.group ?? rows, rows);
  const blocks = Math.ceil(rows / group);
  const whole = new Uint8Array(blocks * group * columns);
  whole.set(kernel.codes);
  const pack = format === 'int4weights' ? halfBytes : bytes;
  const dims = [blocks, 1, kernel.scales.length / blocks];
  const [first = 0] = kernel.zeroPoints;
  const zeros = kernel.zeroPoints.every((zero) => zero === first)
    ? floats(Float32Array.of(first), [])
    : floats(Float32Array.from(kernel.zeroPoints), dims);
  const codes = graph.constant(name, pack(whole, [blocks, group, columns]));
  const asFloat = graph.node(layer, 'Cast', [codes], { to: TYPES.float32 });
  const steps = graph.node(layer, 'Sub', [asFloat, graph.constant(`${name}.zeroPoint`, zeros)]);
  const scales = graph.constant(`${name}.scale`, floats(kernel.scales, dims));
  const values = graph.node(layer, 'Mul', [steps, scales]);
  const matrix = reshape(graph, layer, values, 'matrix', [blocks * group, columns]);
  if (blocks * group === rows) return matrix;
  const part = [0, rows, 0].map((number, i) =>
    graph.constant(`${name}.${['start', 'end', 'axis'][i] ?? ''}`, numbers([number])),
  );
  return graph.node(layer, 'Slice', [matrix, ...part]);
}

/** The matrix with its rows where the flow has the features, or as the filters of a convolution. */
function inFilesOrder(
  { graph }: Writing,
  layer: DenseLayer | ConvLayer,
  { flattened }: Flow,
  matrix: string,
): string {
  const { name } = layer;
  if (layer.type === 'conv') {
    const shape = [layer.kernel, layer.kernel, layer.input[2] ?? 1, layer.filters];
    const kernel = reshape(graph, name, matrix, 'shape', shape);
    return graph.node(name, 'Transpose', [kernel], { perm: FILTERS_FIRST });
  }
  if (flattened === null) return matrix;
  const picture = reshape(graph, name, matrix, 'shape', [...flattened, layer.units]);
  const turned = graph.node(name, 'Transpose', [picture], { perm: [...CHANNELS_FIRST, 3] });
  return reshape(graph, name, turned, 'rows', [sizeOf(flattened), layer.units]);
}

function reshape(
  graph: Writing['graph'],
  layer: string,
  tensor: string,
  as: string,
  shape: Shape,
): string {
  const wanted = graph.constant(`${layer}.kernel.${as}`, numbers(shape));
  return graph.node(layer, 'Reshape', [tensor, wanted]);
}

function filtersFirst(shape: Shape): Shape {
  return FILTERS_FIRST.map((axis) => shape[axis] ?? 1);
}

/** A kernel's codes, `[inputs, units]` or `[filters, channels, height, width]`. */
export function codesConstant(
  writing: Writing,
  layer: DenseLayer | ConvLayer,
  flow: Flow,
  { codes }: KernelCodes,
): string {
  const name = `${layer.name}.kernel`;
  const { shape } = parameterOf(writing.network, name);
  const constant =
    layer.type === 'dense'
      ? bytes(inOrder(codes, flow), shape)
      : bytes(transpose(codes, shape, FILTERS_FIRST), filtersFirst(shape));
  return writing.graph.constant(name, constant);
}
