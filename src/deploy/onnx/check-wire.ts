import { badOnnx } from './bad-onnx';

/** Longer files hold more than the largest network, of whatever type its numbers are. */
const MAX_BYTES = 2 ** 26;
/** Parts that a file may have: far more than a network of forty layers needs. */
const MAX_FIELDS = 50_000;
/** Bytes of one list of integers, each of which takes many when it is read. */
const MAX_LIST_BYTES = 2 ** 16;
/** Graphs within graphs. */
const MAX_DEPTH = 16;

/** What ONNX calls a message: of which fields are messages too, and which are lists of integers. */
interface Message {
  readonly inner: Readonly<Record<number, () => Message>>;
  readonly lists?: readonly number[];
  /** Fields of messages that no network here needs. */
  readonly refused?: readonly number[];
}

const leaf: Message = { inner: {} };
const shape: Message = { inner: { 1: () => leaf } };
const tensorType: Message = { inner: { 2: () => shape } };
const type: Message = { inner: { 1: () => tensorType }, refused: [4, 5, 7, 8, 9] };
const value: Message = { inner: { 2: () => type } };
const annotation: Message = { inner: { 2: () => leaf } };
const tensor: Message = { inner: { 3: () => leaf, 13: () => leaf }, lists: [1, 5, 7, 11] };
const attribute: Message = {
  inner: { 5: () => tensor, 6: () => graph, 10: () => tensor, 11: () => graph },
  lists: [8],
  refused: [14, 15, 22, 23],
};
const node: Message = { inner: { 5: () => attribute } };
const graph: Message = {
  inner: {
    ...{ 1: () => node, 5: () => tensor, 14: () => annotation },
    ...{ 11: () => value, 12: () => value, 13: () => value },
  },
  refused: [15],
};
const model: Message = { inner: { 7: () => graph, 8: () => leaf, 14: () => leaf }, refused: [20, 25] }; // prettier-ignore

/**
 * Walks through a file of Protocol Buffers before the library makes objects of it, which take a hundred times the
 * space of what they are made of.
 * @throws WhittleError `badOnnxFile` where it is none, or too large to be read
 */
export function checkWire(bytes: Uint8Array): void {
  if (bytes.length > MAX_BYTES)
    throw badOnnx('it is longer than the largest network possible here');
  let fields = 0;
  let at = 0;

  const readNumber = (end: number): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at];
      if (byte === undefined || at >= end || factor > 2 ** 63) throw badOnnx('it ends in the middle, or is damaged'); // prettier-ignore
      at += 1;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };

  const walk = (message: Message, end: number, depth: number): void => {
    while (at < end) {
      fields += 1;
      if (fields > MAX_FIELDS) throw badOnnx('it has too many parts');
      const tag = readNumber(end);
      const [field, wireType] = [Math.floor(tag / 8), tag % 8];
      if (message.refused?.includes(field)) throw badOnnx('it holds more than a network');
      const length = lengthOf(wireType, () => readNumber(end));
      if (length > end - at) throw badOnnx('it ends in the middle, or is damaged');
      const inner = message.inner[field]?.();
      const isList = message.lists?.includes(field) === true;
      if (isList && length > MAX_LIST_BYTES) throw badOnnx('a list of integers is too long');
      if (inner === undefined || wireType !== 2) {
        at += length;
        continue;
      }
      if (depth === MAX_DEPTH) throw badOnnx('its graphs lie too deep in each other');
      walk(inner, at + length, depth + 1);
    }
  };
  walk(model, bytes.length, 0);
}

/** Bytes that follow, or have been read already. */
function lengthOf(wireType: number, readNumber: () => number): number {
  switch (wireType) {
    case 0:
      readNumber();
      return 0;
    case 1:
      return 8;
    case 2:
      return readNumber();
    case 5:
      return 4;
    default:
      throw badOnnx('it is no file of Protocol Buffers, or damaged');
  }
}
