import type { Matrix } from './matrix';
import type { Numbers } from './numbers';

/** Integers of so many bits, one behind the other, lowest bit first; each major begins with a whole byte. */
export function packRows(
  { majors, minors, index }: Matrix,
  { values }: Numbers,
  bits: number,
): Uint8Array {
  const bytes = new Uint8Array(majors * rowBytes(minors, bits));
  const mask = 2 ** bits - 1;
  let at = 0;
  for (let major = 0; major < majors; major++) {
    let [held, count] = [0, 0];
    for (let minor = 0; minor < minors; minor++) {
      held |= ((values[index(major, minor)] ?? 0) & mask) << count;
      for (count += bits; count >= 8; count -= 8) {
        bytes[at++] = held;
        held >>>= 8;
      }
    }
    if (count > 0) bytes[at++] = held;
  }
  return bytes;
}

export function rowBytes(minors: number, bits: number): number {
  return Math.ceil((minors * bits) / 8);
}

export function floatRows({ majors, minors, index }: Matrix, { values }: Numbers): Float32Array {
  return Float32Array.from(
    { length: majors * minors },
    (_, i) => values[index(Math.floor(i / minors), i % minors)] ?? 0,
  );
}

/** Bits that numbers of so many are stored with: vectors take eight codes apart that are at most 9, or 16. */
export function storedBits(bits: number): number {
  if (bits <= 9) return bits;
  return bits <= 16 ? 16 : 32;
}

/**
 * How eight codes of so many bits, at most 9, are taken out of their bytes: which two bytes come to each 16-bit
 * lane, and the power of two that moves a code there up to the highest bit.
 */
export function unpacking(bits: number): Uint8Array {
  const lanes = Array.from({ length: 8 }, (_, i) => i * bits);
  const places = lanes.flatMap((bit) => [bit >> 3, (bit >> 3) + 1]);
  const factors = Uint16Array.from(lanes, (bit) => 2 ** (16 - bits - (bit & 7)));
  return Uint8Array.from([...places, ...new Uint8Array(factors.buffer)]);
}
