import { badFile } from './bad-file';
import type { BitCoder } from './range-coder';
import { vectorLayout } from './table-layout';
import { codeTable, emptyTable, type Table, type TableHead } from './table-model';

/**
 * How float32 numbers are taken apart: into a code of the sign, the exponent and the highest bit of the fraction,
 * ascending with the number, and the rest of the fraction.
 */
export interface FloatScale {
  /** The nine bits behind the sign, of the number of the largest size. */
  readonly most: number;
  /** Bits that tell how far those of another lie below it. */
  readonly bits: number;
  /** Lowest bits that are 0 in all numbers, and left out. */
  readonly zeros: number;
}

/** Float32 numbers, taken apart. */
export interface SplitFloats {
  readonly scale: FloatScale;
  readonly table: Table;
}

export const NO_SCALE: FloatScale = { most: 0, bits: 0, zeros: 0 };

/** Of the fraction. */
const REST_BITS = 22;
const REST_MASK = 2 ** REST_BITS - 1;
const TOP_BITS = 31 - REST_BITS;
const TOP_MASK = 2 ** TOP_BITS - 1;

/** Surroundings foretell the sign alone. */
export function floatBits({ bits, zeros }: FloatScale): Omit<TableHead, 'sparse' | 'plainBits'> {
  return { codeBits: bits + 1, mixedBits: 1, restBits: REST_BITS - zeros };
}

/** Writes or reads a scale. */
export function codeScale(coder: BitCoder, { most, bits, zeros }: FloatScale): FloatScale {
  const coded = {
    most: coder.raw(most, TOP_BITS),
    bits: coder.raw(bits, 4),
    zeros: coder.raw(zeros, 5),
  };
  if (coded.bits > TOP_BITS || coded.zeros > REST_BITS) throw badFile('a number is out of range');
  return coded;
}

/** The numbers that are kept as a table. */
export function splitFloats(values: Float32Array, kept: Uint8Array): SplitFloats {
  const patterns = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const codes = new Uint16Array(values.length);
  const rests = new Uint32Array(values.length);
  let [most, least, union] = [0, TOP_MASK, 0];
  for (let i = 0; i < patterns.length; i++) {
    if (kept[i] === 0) continue;
    const pattern = patterns[i] ?? 0;
    const top = (pattern >>> REST_BITS) & TOP_MASK;
    if (top > most) most = top;
    if (top < least) least = top;
    union |= pattern;
  }
  const bits = 32 - Math.clz32(Math.max(0, most - least));
  const rest = union & REST_MASK;
  const zeros = rest === 0 ? REST_BITS : 31 - Math.clz32(rest & -rest);
  const highest = 2 ** (bits + 1) - 1;
  for (let i = 0; i < patterns.length; i++) {
    if (kept[i] === 0) continue;
    const pattern = patterns[i] ?? 0;
    const below = most - ((pattern >>> REST_BITS) & TOP_MASK);
    codes[i] = pattern >>> 31 === 1 ? below : highest - below;
    rests[i] = (pattern & REST_MASK) >>> zeros;
  }
  return { scale: { most, bits, zeros }, table: { kept, codes, rests } };
}

/** Puts together what `splitFloats` took apart, bit for bit. */
export function joinFloats(
  { most, bits, zeros }: FloatScale,
  table: Table,
  values: Float32Array,
): void {
  const patterns = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const { kept, codes, rests } = table;
  const highest = 2 ** (bits + 1) - 1;
  for (let i = 0; i < patterns.length; i++) {
    if (kept[i] === 0) continue;
    const code = codes[i] ?? 0;
    const isNegative = code < 2 ** bits;
    const top = most - (isNegative ? code : highest - code);
    if (top < 0) throw badFile('a number is out of range');
    patterns[i] =
      ((isNegative ? 2 ** 31 : 0) + top * 2 ** REST_BITS + ((rests[i] ?? 0) << zeros)) >>> 0;
  }
}

/** Writes so many numbers, or reads them where null is given. */
export function codeFloats(
  coder: BitCoder,
  given: SplitFloats | null,
  count: number,
): Float32Array {
  const scale = codeScale(coder, given?.scale ?? NO_SCALE);
  const bits = floatBits(scale);
  const table = given?.table ?? emptyTable(count, bits);
  codeTable(coder, vectorLayout(count), { sparse: false, plainBits: 0, ...bits }, table);
  const numbers = new Float32Array(count);
  joinFloats(scale, table, numbers);
  return numbers;
}
