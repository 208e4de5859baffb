/** The largest float16 number. */
export const MAX_FLOAT16 = 65_504;

/** The bits of the float16 numbers nearest to these, of two equally near ones the even. */
export function toFloat16(values: Float32Array): Uint16Array<ArrayBuffer> {
  const bits = new Uint32Array(values.slice().buffer);
  return Uint16Array.from(bits, halfOf);
}

/** The numbers that bits of float16 stand for, exactly. */
export function fromFloat16(bits: Uint16Array): Float32Array {
  return Float32Array.from(bits, (half) => {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
}

function halfOf(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const exponent = (bits >>> 23) & 0xff;
  const fraction = bits & 0x7fffff;
  if (exponent === 0xff) return sign | 0x7c00 | (fraction === 0 ? 0 : 0x200);
  const scale = exponent - 112; // 127 − 15: what float16 calls this exponent
  if (scale >= 0x1f) return sign | 0x7c00;
  if (scale > 0) return sign | roundOff((scale << 23) | fraction, 13);
  // Below the smallest normal number the leading 1 is written out.
  return scale < -10 ? sign : sign | roundOff(0x800000 | fraction, 14 - scale);
}

/** Without the last `count` bits, to nearest, half to even; a carry moves into the exponent, as it should. */
function roundOff(bits: number, count: number): number {
  const kept = bits >>> count;
  const rest = bits & (2 ** count - 1);
  const half = 2 ** (count - 1);
  return rest > half || (rest === half && kept % 2 === 1) ? kept + 1 : kept;
}
