import { describe, expect, test } from 'vitest';
import { checkWire } from './check-wire';
import { varint, withLength } from './testing/wire';

const [GRAPH, INITIALIZER] = [7, 5];
const [DIMS, FLOATS, INT32S, DOUBLES] = [1, 4, 5, 10];
const bytes = (...numbers: number[]) => Uint8Array.from(numbers);
/** A model of a graph of tensors. */
const modelOf = (...tensors: Uint8Array[]) => {
  const fields = tensors.map((tensor) => Array.from(withLength(INITIALIZER, tensor)));
  return withLength(GRAPH, Uint8Array.from(fields.flat()));
};
const check = (file: Uint8Array) => () => {
  checkWire(file);
};

describe('a file of Protocol Buffers', () => {
  test('has its lists in one, or number by number', () => {
    const one = withLength(DIMS, bytes(3, 4));
    expect(check(modelOf(one, bytes(DIMS * 8, 3, DIMS * 8, 4)))).not.toThrow();
    expect(check(modelOf(withLength(FLOATS, new Uint8Array(8))))).not.toThrow();
    expect(check(modelOf(bytes(FLOATS * 8 + 5, 0, 0, 0, 0)))).not.toThrow();
  });

  test('may have fields that the library does not know, which it skips', () => {
    expect(check(bytes(...varint(100 * 8), 5, ...varint(100 * 8 + 2), 1, 9))).not.toThrow();
  });

  // Of each of these the library makes a graph, a tensor or a list, whatever was counted.
  test.each<[string, Uint8Array]>([
    ['a graph that is said to be a number', bytes(GRAPH * 8, 2, 1 * 8 + 2, 0)],
    ['a graph that is said to be eight bytes', bytes(GRAPH * 8 + 1, 7, 10, 0, 10, 0, 10, 0, 10)],
    ['a tag of more than 32 bits', bytes(...varint(2 ** 32 + GRAPH * 8 + 2), 0)],
    ['a tag of six bytes', bytes(...varint(GRAPH * 8 + 2, 6), 0)],
    ['a length of six bytes', bytes(GRAPH * 8 + 2, ...varint(0, 6))],
    ['a type of six bytes', modelOf(bytes(2 * 8, ...varint(1, 6)))],
    ['an integer of six bytes in a list', modelOf(withLength(INT32S, bytes(...varint(1, 6))))],
    ['half a float in a list', modelOf(withLength(FLOATS, new Uint8Array(6)))],
    ['half a double in a list', modelOf(withLength(DOUBLES, new Uint8Array(12)))],
    ['a name that is a number', modelOf(bytes(8 * 8, 4))],
    ['the end of a group', bytes(100 * 8 + 4)],
  ])('is refused with %s', (_, file) => {
    expect(check(file)).toThrow(/no file of Protocol Buffers/);
  });

  test('is refused with a list whose last number goes on behind it', () => {
    expect(check(modelOf(withLength(DIMS, bytes(3, 128)), bytes(0)))).toThrow(/damaged/);
  });

  test('is refused where its lists of integers are short, but many', () => {
    const list = withLength(DIMS, new Uint8Array(60_000));
    expect(check(modelOf(list))).not.toThrow();
    expect(check(modelOf(...Array.from({ length: 10 }, () => list)))).toThrow(/lists of integers/);
  });
});
