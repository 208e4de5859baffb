export const FLOAT_BYTES = 4;

/** Writes tensors as float32 numbers, little-endian, one behind the other. */
export function writeFloats(bytes: Uint8Array, offset: number, tensors: readonly Float32Array[]) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = offset;
  for (const values of tensors) {
    for (const value of values) {
      view.setFloat32(at, value, true);
      at += FLOAT_BYTES;
    }
  }
}

/** So many numbers from there on, which need not lie where four divides. */
export function readFloats(bytes: Uint8Array, offset: number, count: number): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, FLOAT_BYTES * count);
  return Float32Array.from({ length: count }, (_, i) => view.getFloat32(FLOAT_BYTES * i, true));
}
