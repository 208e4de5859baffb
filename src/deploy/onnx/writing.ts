import type { ActivationGrid, Shape } from '../../experiment/architecture';
import { WhittleError } from '../../experiment/problem';
import { sizeOf } from '../../experiment/shapes';
import { parameterOf } from '../parameter-of';
import type { PackedNetwork } from '../whittle-file';
import { MAX_FLOAT16 } from './float16';
import { floats, halves, TYPES, type Constant, type Graph } from './graph';
import { CHANNELS_FIRST, transpose, type Numbers } from './layout';

/**
 * How a file holds weights, and what computes with them. `int8`: integers, where inputs are on grids too;
 * `int8weights` and `int4weights`: floats, made of integers when the file is loaded.
 */
export const ONNX_FORMATS = ['float32', 'float16', 'int8', 'int8weights', 'int4weights'] as const;
export type OnnxFormat = (typeof ONNX_FORMATS)[number];

/** A file in the making. */
export interface Writing {
  readonly graph: Graph;
  readonly network: PackedNetwork;
  readonly format: OnnxFormat;
}

/** What the next layer takes in. */
export interface Flow {
  /** The tensor's name; `[batch, features]` or `[batch, channels, height, width]`. */
  readonly tensor: string;
  /** Of which grid the tensor holds codes, of eight bits, and the names of its scale and zero point; null: floats. */
  readonly grid: (ActivationGrid & { readonly names: readonly [string, string] }) | null;
  /** The picture that was flattened with channels first, where Whittle's order is another; null: there is none. */
  readonly flattened: Shape | null;
}

/**
 * The flow's floats, for what computes with floats. Behind a DequantizeLinear ONNX Runtime would round the
 * weights of a layer, in its own way, to compute with integers after all.
 */
export function asFloats({ graph }: Writing, layer: string, { tensor, grid }: Flow): string {
  if (grid === null) return tensor;
  const { names, zeroPoint } = grid;
  const codes = graph.node(layer, 'Cast', [tensor], { to: TYPES.float32 });
  const zero = graph.constant(`${layer}.input.zeroPoint`, floats(Float32Array.of(zeroPoint), []));
  return graph.node(layer, 'Mul', [graph.node(layer, 'Sub', [codes, zero]), names[0]]);
}

/** Floats as the format has them. */
export function floatConstant(
  { graph, format }: Writing,
  name: string,
  values: Float32Array,
  dims: Shape,
): string {
  if (format !== 'float16') return graph.constant(name, floats(values, dims));
  if (values.some((value) => Math.abs(value) > MAX_FLOAT16)) throw beyondFloat16(name);
  return graph.constant(name, halves(values, dims));
}

/** A layer's vector, a number for each of its outputs. */
export function vector(writing: Writing, name: string): string {
  const { values, shape } = parameterOf(writing.network, name);
  return floatConstant(writing, name, values, shape);
}

/** What each row of a kernel, or each feature, has, in the order in which the flow has the features. */
export function inOrder<Values extends Numbers>(values: Values, { flattened }: Flow): Values {
  if (flattened === null) return values;
  const each = values.length / sizeOf(flattened);
  return transpose(values, [...flattened, each], [...CHANNELS_FIRST, 3]);
}

export function numbers(values: readonly number[]): Constant {
  const raw = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
  return { type: 'int64', dims: [values.length], raw };
}

function beyondFloat16(tensor: string): WhittleError {
  return new WhittleError({
    code: 'beyondFloat16',
    params: { tensor, max: MAX_FLOAT16 },
    message: `${tensor} holds numbers beyond ±65,504, the largest that float16 has. Export in float32.`,
  });
}
