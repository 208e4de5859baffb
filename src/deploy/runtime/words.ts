import type { Matrix } from './matrix';
import type { Numbers } from './numbers';

/**
 * The weights of a matrix that are not zero, in words: how many minors each lies behind the one before (the
 * first: behind minor 0) in the lowest bits, above them its code. Where it is further than they can say, words
 * of the code of zero lie in between.
 */
export interface Words {
  readonly bytes: Uint8Array;
  /** Where each major begins, and the end, counted in words; in two bytes where these do. */
  readonly starts: Uint16Array | Uint32Array;
  readonly wordBytes: number;
  readonly gapBits: number;
}

/** Words of a size. */
interface WordSize {
  readonly wordBytes: number;
  readonly gapBits: number;
}

/** A float32 number has a byte for the gap; a code so many that there is room for a gap. */
function sizesFor(numbers: Numbers): readonly WordSize[] {
  if (numbers.kind === 'floats') return [{ wordBytes: 5, gapBits: 8 }];
  return [1, 2, 3]
    .map((wordBytes) => ({ wordBytes, gapBits: 8 * wordBytes - numbers.bits }))
    .filter(({ gapBits }) => gapBits > 0);
}

/** The words of the size that takes the least memory. */
export function packWords(matrix: Matrix, numbers: Numbers): Words {
  const measured = sizesFor(numbers).map((size) => {
    const starts = startsOf(matrix, numbers, size);
    return { ...size, starts, length: size.wordBytes * (starts.at(-1) ?? 0) };
  });
  const { starts, length, ...size } = measured.reduce((least, each) =>
    each.length < least.length ? each : least,
  );
  const bytes = new Uint8Array(length);
  write(matrix, numbers, size, bytes);
  const isShort = (starts.at(-1) ?? 0) < 2 ** 16;
  return { bytes, starts: isShort ? Uint16Array.from(starts) : starts, ...size };
}

function startsOf(matrix: Matrix, numbers: Numbers, { gapBits }: WordSize): Uint32Array {
  const starts = new Uint32Array(matrix.majors + 1);
  for (let major = 0; major < matrix.majors; major++) {
    let count = starts[major] ?? 0;
    for (const gap of gaps(matrix, numbers, major)) count += 1 + fillers(gap, gapBits);
    starts[major + 1] = count;
  }
  return starts;
}

/** How many words of the longest gap come before one. */
function fillers(gap: number, gapBits: number): number {
  return gap === 0 ? 0 : Math.floor((gap - 1) / (2 ** gapBits - 1));
}

function zeroOf(numbers: Numbers): number {
  return numbers.kind === 'floats' ? 0 : (numbers.zero ?? NaN);
}

function* gaps({ minors, index }: Matrix, numbers: Numbers, major: number): Generator<number> {
  const zero = zeroOf(numbers);
  let last = 0;
  for (let minor = 0; minor < minors; minor++) {
    if (numbers.values[index(major, minor)] === zero) continue;
    yield minor - last;
    last = minor;
  }
}

function write(matrix: Matrix, numbers: Numbers, size: WordSize, bytes: Uint8Array): void {
  const { wordBytes, gapBits } = size;
  const longest = 2 ** gapBits - 1;
  const view = new DataView(bytes.buffer);
  let at = 0;
  const put = (gap: number, value: number) => {
    if (numbers.kind === 'floats') {
      view.setUint8(at, gap);
      view.setFloat32(at + 1, value, true);
    } else {
      const word = gap + (value & (2 ** numbers.bits - 1)) * 2 ** gapBits;
      for (let byte = 0; byte < wordBytes; byte++) bytes[at + byte] = word >>> (8 * byte);
    }
    at += wordBytes;
  };
  for (let major = 0; major < matrix.majors; major++) {
    let minor = 0;
    for (const gap of gaps(matrix, numbers, major)) {
      minor += gap;
      const before = fillers(gap, gapBits);
      for (let i = 0; i < before; i++) put(longest, zeroOf(numbers));
      put(gap - before * longest, numbers.values[matrix.index(major, minor)] ?? 0);
    }
  }
}
