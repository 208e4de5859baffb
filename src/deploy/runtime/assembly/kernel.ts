/**
 * Weights as they lie in memory: majors, each with so many minors. Of a dense layer a major is an input and a
 * minor an output; of a convolution a major is a filter and a minor a tap, a weight of its window. Written by
 * `../kernel.ts`, whose fields are in this order.
 */
@unmanaged
export class Kernel {
  form: i32;
  /** Of a code. */
  bits: i32;
  weights: usize;
  /** Rows alone: bytes of a major. */
  rowBytes: i32;
  /** Words alone: where each major begins, counted in words, in two bytes or (`wideStarts`) four. */
  starts: usize;
  wideStarts: i32;
  wordBytes: i32;
  gapBits: i32;
  /** Numbers that codes stand for; `levelStep` bytes further those of the next output, 0: the same. */
  levels: usize;
  levelStep: i32;
  /** Inputs that share a scale. */
  group: i32;
  /** 0: no scales. As many for each group as there are outputs, or (`scaleStep` 0) one. */
  scales: usize;
  scaleStep: i32;
  /** 0, or what is added to every scaled code, by group and output as scales are. */
  offsets: usize;
  /** Codes that are no whole bytes: where eight of them begin in their bytes, and 2 to the bits above each. */
  places: usize;
}

/** Every weight is there, in its place. */
export const ROWS_OF_FLOATS = 0;
export const ROWS_OF_CODES = 1;
export const ROWS_OF_LEVELS = 2;
/** Weights that are not zero, each with its distance from the one before. */
export const WORDS_OF_FLOATS = 3;
export const WORDS_OF_CODES = 4;
export const WORDS_OF_LEVELS = 5;

/** Where a major's words begin. */
export function wordsOf(k: Kernel, major: i32): usize {
  const index = k.wideStarts
    ? load<i32>(k.starts + ((<usize>major) << 2))
    : <i32>load<u16>(k.starts + ((<usize>major) << 1));
  return k.weights + <usize>(index * k.wordBytes);
}
