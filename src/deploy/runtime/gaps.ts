import type { Matrix } from './matrix';
import type { Numbers } from './numbers';

/**
 * The weights of a matrix that are not zero, in the order of the majors, each with a byte: how many minors it
 * lies behind the one before (the first: behind minor 0), in the lowest `gapBits`. Where it is further than
 * they can say, zeros lie in between.
 */
export interface Gapped {
  readonly gaps: Uint8Array;
  /** Below 8, codes stand in the bytes of the gaps, above them, and `weights` is null. */
  readonly gapBits: number;
  readonly weights: Float32Array | Int16Array | Int8Array | null;
  /** Which weight each major begins with, and the end; in two bytes where these do. */
  readonly starts: Uint16Array | Uint32Array;
  /** All three together. */
  readonly bytes: number;
}

/** With codes in the bytes of gaps where that takes less memory; `zero` are weights that are left out. */
export function packGaps(matrix: Matrix, numbers: Numbers, zero: number): Gapped {
  const apart = pack(matrix, numbers, zero, 8);
  if (numbers.bits > 7) return apart;
  const together = pack(matrix, numbers, zero, 8 - numbers.bits);
  return together.bytes < apart.bytes ? together : apart;
}

function pack(matrix: Matrix, numbers: Numbers, zero: number, gapBits: number): Gapped {
  const longest = 2 ** gapBits - 1;
  const starts = new Uint32Array(matrix.majors + 1);
  const gaps: number[] = [];
  const weights: number[] = [];
  for (let major = 0; major < matrix.majors; major++) {
    let last = 0;
    for (let minor = 0; minor < matrix.minors; minor++) {
      const weight = numbers.values[matrix.index(major, minor)] ?? 0;
      if (weight === zero) continue;
      for (; minor - last > longest; last += longest) {
        gaps.push(longest);
        weights.push(zero);
      }
      gaps.push(minor - last);
      weights.push(weight);
      last = minor;
    }
    starts[major + 1] = gaps.length;
  }
  const isShort = gaps.length < 2 ** 16;
  const begins = isShort ? Uint16Array.from(starts) : starts;
  const isTogether = gapBits < 8;
  const all = isTogether ? null : stored(numbers.bits, weights);
  return {
    gaps: Uint8Array.from(gaps, (gap, i) =>
      isTogether ? gap | ((weights[i] ?? 0) << gapBits) : gap,
    ),
    gapBits,
    weights: all,
    starts: begins,
    bytes: gaps.length + (all?.byteLength ?? 0) + begins.byteLength,
  };
}

function stored(bits: number, weights: readonly number[]) {
  if (bits > 16) return Float32Array.from(weights);
  return bits > 8 ? Int16Array.from(weights) : Int8Array.from(weights);
}
