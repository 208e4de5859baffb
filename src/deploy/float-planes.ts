/**
 * The numbers at these positions, split by byte: all lowest bytes, …, all highest bytes. The highest
 * (sign and exponent) are much alike and compress; the lowest are noise.
 */
export function floatPlanes(values: Float32Array, positions: Uint32Array): readonly Uint8Array[] {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return [0, 8, 16, 24].map((shift) => {
    const plane = new Uint8Array(positions.length);
    for (let k = 0; k < plane.length; k++) plane[k] = (bits[positions[k] ?? 0] ?? 0) >>> shift;
    return plane;
  });
}

/** Puts back what `floatPlanes` took apart, bit for bit. */
export function placeFloats(
  values: Float32Array,
  positions: Uint32Array,
  planes: readonly Uint8Array[],
): void {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  planes.forEach((plane, byte) => {
    for (let k = 0; k < positions.length; k++) {
      const i = positions[k] ?? 0;
      bits[i] = (bits[i] ?? 0) | ((plane[k] ?? 0) << (8 * byte));
    }
  });
}

/** Whether each number is `+0`, the one that a sparse tensor leaves out; −0 is kept as it is. */
export function isPlainZero(values: Float32Array): (index: number) => boolean {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return (index) => bits[index] === 0;
}
