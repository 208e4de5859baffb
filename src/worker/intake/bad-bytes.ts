/** Tab, line feed, form feed, carriage return, the end that DOS wrote, and what begins a terminal's colours. */
const IN_TEXT = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x1a, 0x1b]);
/** Control characters among the bytes of a text: more than this share is none. */
const MOST_CONTROL = 0.01;
/** Bytes that are looked at one by one. */
const LOOKED_AT = 1_000;

/**
 * The place, from 1, of the byte that shows that these are no text: a zero, which no encoding of single bytes has, or
 * the first of many control characters at the beginning. Null where there is none.
 */
export function controlByte(bytes: Uint8Array): number | null {
  const zero = bytes.indexOf(0);
  if (zero !== -1) return zero + 1;
  const isControl = (byte: number) => byte < 0x20 && !IN_TEXT.has(byte);
  const beginning = bytes.subarray(0, LOOKED_AT);
  const count = beginning.reduce((sum, byte) => sum + Number(isControl(byte)), 0);
  return count > MOST_CONTROL * beginning.length ? beginning.findIndex(isControl) + 1 : null;
}

/** Bytes that are decoded at a time on the way to the wrong one. */
const PIECE = 1 << 20;
/** No character of these encodings is longer. */
const LONGEST = 4;

/**
 * The line and the byte, both from 1, where a file's text first goes wrong: where the character begins that is none.
 * `good`: bytes from the beginning that went well. It reads them again, since a decoder that has failed has lost its
 * place; past them it goes byte by byte.
 */
export async function misencodedAt(
  file: Blob,
  label: string,
  good: number,
): Promise<{ readonly line: number; readonly byte: number }> {
  const decoder = new TextDecoder(label, { fatal: true });
  let line = 1;
  const take = (bytes: Uint8Array) => {
    const text = decoder.decode(bytes, { stream: true });
    line += text.split('\n').length - 1;
    return text !== '';
  };
  const sure = Math.max(0, good - LONGEST);
  for (let at = 0; at < sure; at += PIECE) {
    take(new Uint8Array(await file.slice(at, Math.min(sure, at + PIECE)).arrayBuffer()));
  }
  // Where the last whole character ends.
  let end = sure;
  for (let from = sure; from < file.size; from += PIECE) {
    const bytes = new Uint8Array(await file.slice(from, from + PIECE).arrayBuffer());
    for (let i = 0; i < bytes.length; i++) {
      try {
        if (take(bytes.subarray(i, i + 1))) end = from + i + 1;
      } catch {
        return { line, byte: end + 1 };
      }
    }
  }
  // It ends within a character.
  return { line, byte: end + 1 };
}
