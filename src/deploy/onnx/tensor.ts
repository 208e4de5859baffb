import type { onnx } from 'onnx-proto';
import { MAX_PARAMETERS } from '../../experiment/assemble';
import { sizeOf } from '../../experiment/shapes';
import { told } from '../reason';
import { badOnnx } from './bad-onnx';
import { fromFloat16 } from './float16';
import { TYPES, type TensorType } from './graph';

/** Numbers known before the network runs. */
export interface Tensor {
  readonly dims: readonly number[];
  /** Row-major. */
  readonly values: Float32Array;
  /** Of values that were made of integers, each one's grid: it is `(q − zero) · scale`. */
  readonly grid?: { readonly scales: Float32Array; readonly zeros: Float32Array };
  /** Whether they are integers of eight bits or fewer. */
  readonly isCodes?: boolean;
  /** Of numbers as they lie in a file. */
  readonly type?: TensorType;
}

/** Bits of a number. */
const BITS: Readonly<Record<TensorType, number>> = {
  ...{ uint4: 4, int4: 4, uint8: 8, int8: 8, uint16: 16, float16: 16 },
  ...{ int32: 32, float32: 32, int64: 64, float64: 64 },
};
const NAMES = new Map<number, TensorType>(
  Object.entries(TYPES).map(([name, id]) => [id, name as TensorType]),
);

/** Padding included. */
const MAX_NUMBERS = 2 * MAX_PARAMETERS;

/**
 * How many numbers a tensor has.
 * @throws WhittleError `badOnnxFile`
 */
export function countOf(dims: readonly number[], name: string): number {
  const count = sizeOf(dims);
  const fits = dims.every((side) => Number.isInteger(side) && side >= 0);
  if (!fits || dims.length > 8 || count > MAX_NUMBERS) {
    throw badOnnx(
      told`the tensor "${name}" has the shape ${dims.join(' × ')}, which is too large or none`,
    );
  }
  return count;
}

/**
 * The numbers in a file. Integers of 64 bits that float32 does not hold are shapes or indices beyond all bounds.
 * @throws WhittleError `badOnnxFile`
 */
export function readTensor(proto: onnx.ITensorProto, name: string): Tensor {
  const type = NAMES.get(proto.dataType ?? 0);
  if (type === undefined)
    throw badOnnx(told`the tensor "${name}" is of a type that weights do not have`);
  if ((proto.dataLocation ?? 0) > 0 || (proto.externalData?.length ?? 0) > 0) {
    throw badOnnx(
      told`the numbers of "${name}" lie in another file; save the network in a single one`,
    );
  }
  const dims = (proto.dims ?? []).map(Number);
  const count = countOf(dims, name);
  const raw = proto.rawData ?? new Uint8Array();
  const values = raw.length > 0 ? fromBytes(type, raw, count) : fromLists(type, proto);
  if (values?.length !== count) {
    throw badOnnx(
      told`the tensor "${name}" does not hold the ${String(count)} numbers of its shape`,
    );
  }
  return { dims, values, type, ...(BITS[type] <= 8 && { isCodes: true }) };
}

/** Null where there are more bytes, or fewer. */
function fromBytes(type: TensorType, raw: Uint8Array, count: number): Float32Array | null {
  if (raw.length !== Math.ceil((count * BITS[type]) / 8)) return null;
  // A copy lies where its type has to.
  const aligned = () => Uint8Array.from(raw).buffer;
  switch (type) {
    case 'float32':
      return new Float32Array(aligned());
    case 'float64':
      return Float32Array.from(new Float64Array(aligned()));
    case 'float16':
      return fromFloat16(new Uint16Array(aligned()));
    case 'uint16':
      return Float32Array.from(new Uint16Array(aligned()));
    case 'int32':
      return Float32Array.from(new Int32Array(aligned()));
    case 'int64':
      return Float32Array.from(new BigInt64Array(aligned()), Number);
    case 'uint8':
      return Float32Array.from(raw);
    case 'int8':
      return Float32Array.from(new Int8Array(raw.buffer, raw.byteOffset, count));
    case 'uint4':
      return Float32Array.from({ length: count }, (_, i) => nibble(raw, i));
    case 'int4':
      return Float32Array.from({ length: count }, (_, i) => ((nibble(raw, i) + 8) % 16) - 8);
  }
}

function nibble(raw: Uint8Array, i: number): number {
  return ((raw[i >> 1] ?? 0) >> (4 * (i % 2))) & 15;
}

function fromLists(type: TensorType, proto: onnx.ITensorProto): Float32Array | null {
  switch (type) {
    case 'float32':
      return Float32Array.from(proto.floatData ?? []);
    case 'float64':
      return Float32Array.from(proto.doubleData ?? []);
    case 'float16':
      return fromFloat16(Uint16Array.from(proto.int32Data ?? []));
    case 'int64':
      return Float32Array.from(proto.int64Data ?? [], Number);
    case 'int32':
    case 'uint16':
    case 'uint8':
    case 'int8':
      return Float32Array.from(proto.int32Data ?? []);
    case 'uint4':
    case 'int4':
      return null;
  }
}

/** The tensor with its numbers, and their grids alike, moved to other places. */
export function moved(
  { values, grid, isCodes }: Tensor,
  dims: readonly number[],
  move: (values: Float32Array) => Float32Array,
): Tensor {
  return {
    dims,
    values: move(values),
    ...(grid && { grid: { scales: move(grid.scales), zeros: move(grid.zeros) } }),
    ...(isCodes !== undefined && { isCodes }),
  };
}
