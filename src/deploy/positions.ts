import { badFile, type ByteReader } from './bytes';

/** A gap byte of this value skips as many positions and places nothing. */
const SKIP = 255;

/** Flat indices 0 … count−1. */
export function allPositions(count: number): Uint32Array {
  const positions = new Uint32Array(count);
  for (let i = 0; i < count; i++) positions[i] = i;
  return positions;
}

/** The flat indices for which `isKept` holds, ascending. */
export function positionsWhere(count: number, isKept: (index: number) => boolean): Uint32Array {
  const positions = new Uint32Array(count);
  let kept = 0;
  for (let i = 0; i < count; i++) if (isKept(i)) positions[kept++] = i;
  return positions.slice(0, kept);
}

/** How many indices lie between one position and the next, a byte each; longer gaps take several. */
export function gapsOf(positions: Uint32Array): Uint8Array {
  const gaps: number[] = [];
  let next = 0;
  for (const position of positions) {
    let gap = position - next;
    for (; gap >= SKIP; gap -= SKIP) gaps.push(SKIP);
    gaps.push(gap);
    next = position + 1;
  }
  return Uint8Array.from(gaps);
}

/** Reads the gaps of `kept` positions below `count`. */
export function positionsFromGaps(reader: ByteReader, kept: number, count: number): Uint32Array {
  const positions = new Uint32Array(kept);
  let next = 0;
  for (let k = 0; k < kept;) {
    const gap = reader.byte();
    next += gap;
    if (next >= count) throw badFile('a weight lies outside its tensor');
    if (gap !== SKIP) positions[k++] = next++;
  }
  return positions;
}

/** One bit an index, from the lowest of each byte; 1 at the positions. */
export function bitmapOf(positions: Uint32Array, count: number): Uint8Array {
  const bitmap = new Uint8Array(bitmapLength(count));
  for (const i of positions) bitmap[i >> 3] = (bitmap[i >> 3] ?? 0) | (1 << (i & 7));
  return bitmap;
}

export function positionsFromBitmap(bitmap: Uint8Array, kept: number, count: number): Uint32Array {
  const positions = positionsWhere(count, (i) => (((bitmap[i >> 3] ?? 0) >> (i & 7)) & 1) === 1);
  if (positions.length !== kept)
    throw badFile('a tensor has another number of weights than it says');
  return positions;
}

export function bitmapLength(count: number): number {
  return Math.ceil(count / 8);
}
