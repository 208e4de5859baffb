/** A number of Protocol Buffers: seven bits a byte, the lowest first, in as many bytes as it needs or more. */
export function varint(number: number, length = 1): number[] {
  const rest = Math.floor(number / 128);
  if (rest === 0 && length <= 1) return [number % 128];
  return [(number % 128) + 128, ...varint(rest, length - 1)];
}

/** The bytes as a field of this number. */
export function withLength(field: number, bytes: Uint8Array): Uint8Array {
  const head = [...varint(field * 8 + 2), ...varint(bytes.length)];
  const whole = new Uint8Array(head.length + bytes.length);
  whole.set(head);
  whole.set(bytes, head.length);
  return whole;
}
