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
  /** Gaps alone: where each major begins, counted in weights, in two bytes or (`wideStarts`) four. */
  starts: usize;
  wideStarts: i32;
  /** A byte for each weight, whose lowest `gapBits` are its gap. Where that is not all, its code is above. */
  gaps: usize;
  gapBits: i32;
  /** Of a weight beside its gap. */
  weightBytes: i32;
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
/** Weights that are not zero, each with how many minors it lies behind the one before. */
export const GAPS_AND_FLOATS = 3;
export const GAPS_AND_CODES = 4;
export const GAPS_AND_LEVELS = 5;

/** Which weight a major begins with, of those that are not zero. */
export function firstOf(k: Kernel, major: i32): i32 {
  return k.wideStarts
    ? load<i32>(k.starts + ((<usize>major) << 2))
    : <i32>load<u16>(k.starts + ((<usize>major) << 1));
}
