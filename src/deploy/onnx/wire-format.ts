/**
 * What a field of a message holds: a number of 32 or 64 bits, a float, a list of such, text or bytes, or another
 * message. `refused`: what no network here needs.
 */
export type Field =
  | 'integer'
  | 'long'
  | 'float'
  | 'integers'
  | 'longs'
  | 'floats'
  | 'doubles'
  | 'bytes'
  | 'refused'
  | (() => Message);

/** The fields of a message that the library knows, by number; others it skips. */
export type Message = ReadonlyMap<number, Field>;

type Fields = Readonly<Partial<Record<Exclude<Field, () => Message>, readonly number[]>>>;

/** A message of plain fields by kind, and of messages by number. */
function message(plain: Fields, inner: Readonly<Record<number, () => Message>> = {}): Message {
  const kinds = Object.entries(plain) as [Exclude<Field, () => Message>, readonly number[]][];
  return new Map<number, Field>([
    ...kinds.flatMap(([kind, numbers]) => numbers.map((number) => [number, kind] as const)),
    ...Object.entries(inner).map(([number, made]) => [Number(number), made] as const),
  ]);
}

const entry = message({ bytes: [1, 2] });
const operatorSet = message({ bytes: [1], long: [2] });
const dimension = message({ long: [1], bytes: [2, 3] });
const shape = message({}, { 1: () => dimension });
const tensorType = message({ integer: [1] }, { 2: () => shape });
const type = message({ bytes: [6], refused: [4, 5, 7, 8, 9] }, { 1: () => tensorType });
const value = message({ bytes: [1, 3] }, { 2: () => type });
const annotation = message({ bytes: [1] }, { 2: () => entry });
const segment = message({ long: [1, 2] });
const tensor = message(
  {
    ...{ integer: [2, 14], longs: [1, 7, 11], integers: [5] },
    ...{ floats: [4], doubles: [10], bytes: [6, 8, 9, 12] },
  },
  { 3: () => segment, 13: () => entry },
);
const attribute = message(
  {
    ...{ integer: [20], long: [3], float: [2], longs: [8], floats: [7] },
    ...{ bytes: [1, 4, 9, 13, 21], refused: [14, 15, 22, 23] },
  },
  { 5: () => tensor, 6: () => graph, 10: () => tensor, 11: () => graph },
);
const node = message({ bytes: [1, 2, 3, 4, 6, 7] }, { 5: () => attribute });
const graph: Message = message(
  { bytes: [2, 10], refused: [15] },
  {
    ...{ 1: () => node, 5: () => tensor, 14: () => annotation },
    ...{ 11: () => value, 12: () => value, 13: () => value },
  },
);

/** ONNX's ModelProto. (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto) */
export const model = message(
  { long: [1, 5], bytes: [2, 3, 4, 6], refused: [20, 25] },
  { 7: () => graph, 8: () => operatorSet, 14: () => entry },
);
