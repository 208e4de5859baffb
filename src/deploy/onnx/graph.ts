import proto, { type onnx } from 'onnx-proto';
import { toFloat16 } from './float16';

/** How ONNX numbers the types of tensors (TensorProto.DataType); the last came after the library. */
export const TYPES = {
  float32: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int32: 6,
  int64: 7,
  float16: 10,
  float64: 11,
  uint4: 21,
  int4: 22,
} as const;
export type TensorType = keyof typeof TYPES;

export type Attribute = number | string | { readonly float: number } | readonly number[];

/** Numbers that a file holds, row-major. */
export interface Constant {
  readonly type: TensorType;
  readonly dims: readonly number[];
  /** Little-endian, as all that runs this is. */
  readonly raw: Uint8Array;
}

/** A graph as it grows: nodes in the order of their execution. */
export class Graph {
  readonly nodes: onnx.INodeProto[] = [];
  readonly initializers: onnx.ITensorProto[] = [];
  /** How many nodes wanted each name. */
  private readonly names = new Map<string, number>();

  /** Adds a node of one output, and returns that one's name, which is the node's own. */
  node(
    layer: string,
    operator: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): string {
    const name = this.freeName(`${layer}/${operator}`);
    this.nodes.push({
      name,
      opType: operator,
      input: [...inputs],
      output: [name],
      attribute: Object.entries(attributes).map(([key, value]) => attributeOf(key, value)),
    });
    return name;
  }

  /** Adds numbers, and returns their name. */
  constant(name: string, { type, dims, raw }: Constant): string {
    this.initializers.push({ name, dataType: TYPES[type], dims: [...dims], rawData: raw });
    return name;
  }

  /** What the last node makes is the network's output. */
  end(output: string): void {
    const last = this.nodes.at(-1);
    if (last !== undefined) last.output = [output];
  }

  private freeName(wanted: string): string {
    const count = (this.names.get(wanted) ?? 0) + 1;
    this.names.set(wanted, count);
    return count === 1 ? wanted : `${wanted}${String(count)}`;
  }
}

function attributeOf(name: string, value: Attribute): onnx.IAttributeProto {
  const { AttributeType } = proto.onnx.AttributeProto;
  if (typeof value === 'number') return { name, type: AttributeType.INT, i: value };
  if (typeof value === 'string') {
    return { name, type: AttributeType.STRING, s: new TextEncoder().encode(value) };
  }
  return 'float' in value
    ? { name, type: AttributeType.FLOAT, f: value.float }
    : { name, type: AttributeType.INTS, ints: [...value] };
}

export function floats(values: Float32Array, dims: readonly number[]): Constant {
  return { type: 'float32', dims, raw: bytesOf(values) };
}

export function halves(values: Float32Array, dims: readonly number[]): Constant {
  return { type: 'float16', dims, raw: bytesOf(toFloat16(values)) };
}

export function bytes(values: Uint8Array, dims: readonly number[]): Constant {
  return { type: 'uint8', dims, raw: values };
}

/** Two to a byte, the first in its lower half. */
export function halfBytes(values: Uint8Array, dims: readonly number[]): Constant {
  const raw = new Uint8Array(Math.ceil(values.length / 2));
  values.forEach((value, i) => {
    raw[i >> 1] = (raw[i >> 1] ?? 0) | (value << (4 * (i % 2)));
  });
  return { type: 'uint4', dims, raw };
}

/** Integers of a type that a typed array has. */
export function integers(values: Int32Array | Uint16Array, dims: readonly number[]): Constant {
  return { type: values instanceof Int32Array ? 'int32' : 'uint16', dims, raw: bytesOf(values) };
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
}
