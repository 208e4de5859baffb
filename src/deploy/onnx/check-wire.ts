import { badOnnx } from './bad-onnx';
import { model, type Field, type Message } from './wire-format';

/** Longer files hold more than the largest network, of whatever type its numbers are. */
const MAX_BYTES = 2 ** 26;
/** Parts that a file may have: far more than a network of forty layers needs. */
const MAX_FIELDS = 50_000;
/** Bytes of all lists of integers together, each of which takes some forty when it is read. */
const MAX_LIST_BYTES = 2 ** 18;
/** Graphs within graphs. */
const MAX_DEPTH = 16;

/** Bytes of a number of 32 bits. The library takes ten away where there are more, however many there are. */
const NUMBER_BYTES = 5;
const LONG_NUMBER_BYTES = 10;

/**
 * Walks through a file of Protocol Buffers before the library makes objects of it, which take a hundred times the
 * space of what they are made of. Whatever the library would read otherwise than is read here is refused: it does
 * not look at wire types of fields that it knows, and forgets all of a tag but 32 bits.
 * @throws WhittleError `badOnnxFile` where it is none, or too large to be read
 */
export function checkWire(bytes: Uint8Array): void {
  if (bytes.length > MAX_BYTES)
    throw badOnnx('it is longer than the largest network possible here');
  let fields = 0;
  let listBytes = 0;
  let at = 0;

  /** How many bytes the number here has; `at` is behind it then. */
  const skipNumber = (end: number): number => {
    const start = at;
    for (;;) {
      const byte = bytes[at];
      if (byte === undefined || at >= end || at - start === LONG_NUMBER_BYTES) throw cutOff();
      at += 1;
      if (byte < 128) return at - start;
    }
  };
  /** A tag or a length. */
  const readNumber = (end: number): number => {
    const length = skipNumber(end);
    if (length > NUMBER_BYTES) throw damaged();
    const value = bytes
      .subarray(at - length, at)
      .reduceRight((sum, byte) => sum * 128 + (byte & 127), 0);
    if (value >= 2 ** 32) throw damaged();
    return value;
  };
  const skipInteger = (end: number, isLong: boolean) => {
    const length = skipNumber(end);
    if (!isLong && length > NUMBER_BYTES && length < LONG_NUMBER_BYTES) throw damaged();
  };
  const skipBytes = (length: number, end: number) => {
    if (length > end - at) throw cutOff();
    at += length;
  };

  const skipList = (kind: 'integers' | 'longs' | 'floats' | 'doubles', length: number) => {
    const end = at + length;
    if (kind === 'floats' || kind === 'doubles') {
      // Of what is left over, the library would make a number with what comes behind.
      if (length % (kind === 'floats' ? 4 : 8) !== 0) throw damaged();
      at = end;
      return;
    }
    listBytes += length;
    if (listBytes > MAX_LIST_BYTES) throw badOnnx('its lists of integers are too long');
    while (at < end) skipInteger(end, kind === 'longs');
  };

  const walkField = (field: Field | undefined, wireType: number, end: number, depth: number) => {
    if (field === 'refused') throw badOnnx('it holds more than a network');
    if (field !== undefined && !mayHave(field, wireType)) throw damaged();
    switch (wireType) {
      case 0:
        skipInteger(end, field !== 'integer' && field !== 'integers');
        return;
      case 1:
        skipBytes(8, end);
        return;
      case 5:
        skipBytes(4, end);
        return;
      case 2:
        break;
      default:
        throw damaged();
    }
    const length = readNumber(end);
    if (length > end - at) throw cutOff();
    if (field === 'integers' || field === 'longs' || field === 'floats' || field === 'doubles') {
      skipList(field, length);
    } else if (typeof field === 'function') {
      if (depth === MAX_DEPTH) throw badOnnx('its graphs lie too deep in each other');
      walk(field(), at + length, depth + 1);
    } else {
      at += length;
    }
  };

  const walk = (message: Message, end: number, depth: number): void => {
    while (at < end) {
      fields += 1;
      if (fields > MAX_FIELDS) throw badOnnx('it has too many parts');
      const tag = readNumber(end);
      walkField(message.get(Math.floor(tag / 8)), tag % 8, end, depth);
    }
  };
  walk(model, bytes.length, 0);
}

/** Whether a field of this kind is ever sent in this way: lists come as one, or number by number. */
function mayHave(field: Field, wireType: number): boolean {
  switch (field) {
    case 'integer':
    case 'long':
      return wireType === 0;
    case 'float':
      return wireType === 5;
    case 'integers':
    case 'longs':
      return wireType === 2 || wireType === 0;
    case 'floats':
      return wireType === 2 || wireType === 5;
    case 'doubles':
      return wireType === 2 || wireType === 1;
    case 'bytes':
      return wireType === 2;
    case 'refused':
      return false;
    default:
      // A message.
      return wireType === 2;
  }
}

function cutOff() {
  return badOnnx('it ends in the middle, or is damaged');
}

function damaged() {
  return badOnnx('it is no file of Protocol Buffers, or damaged');
}
