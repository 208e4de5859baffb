import type { Quantizer } from '../experiment/checkpoint';
import { gridAt } from '../experiment/quantizer';

/** More levels than this are kept as float32: two bytes hold a code. */
export const MAX_CODE_BITS = 16;

/** The integers `q` that a scheme uses, as symbols 0, 1, 2 …: `q = first + step · symbol`. */
interface Alphabet {
  readonly first: number;
  readonly step: number;
  readonly symbols: number;
}

export function alphabetOf({ scheme, bits }: Pick<Quantizer, 'scheme' | 'bits'>): Alphabet {
  switch (scheme) {
    case 'symmetric':
    case 'power2': {
      const largest = 2 ** (bits - 1) - 1;
      return { first: -largest, step: 1, symbols: 2 * largest + 1 };
    }
    case 'affine':
    case 'codebook':
      return { first: 0, step: 1, symbols: 2 ** bits };
    case 'ternary':
      return { first: -1, step: 1, symbols: 3 };
    case 'binary':
      return { first: -1, step: 2, symbols: 2 };
  }
}

/** Bits that a symbol of the alphabet takes. */
export function symbolBits({ symbols }: Alphabet): number {
  return Math.max(1, 32 - Math.clz32(symbols - 1));
}

/** The float32 number of a symbol on a grid, and the symbol whose number is nearest to one. */
interface Codec {
  decode(symbol: number, grid: number): number;
  encode(value: number, grid: number): number;
}

function codecOf(quantizer: Quantizer): Codec {
  const { scheme, bits, scales, zeroPoints, levels = new Float32Array() } = quantizer;
  const { first, step, symbols } = alphabetOf(quantizer);
  const scaleOf = (grid: number) => scales[grid] ?? NaN;
  if (scheme === 'codebook') {
    const start = (grid: number) => grid * 2 ** bits;
    return {
      decode: (symbol, grid) => levels[start(grid) + symbol] ?? NaN,
      encode: (value, grid) => levels.subarray(start(grid), start(grid + 1)).indexOf(value),
    };
  }
  if (scheme === 'power2') {
    // The largest code is the scale itself, each smaller one half of the one above it.
    const largest = -first;
    return {
      decode: (symbol, grid) => {
        const q = first + symbol;
        return Math.sign(q) * scaleOf(grid) * 2 ** (Math.abs(q) - largest);
      },
      encode: (value, grid) => {
        if (value === 0) return largest;
        const below = Math.round(Math.log2(Math.abs(value) / scaleOf(grid)));
        return largest + Math.sign(value) * (largest + below);
      },
    };
  }
  const zeroPointOf = (grid: number) => zeroPoints[grid] ?? 0;
  return {
    decode: (symbol, grid) =>
      Math.fround((first + step * symbol - zeroPointOf(grid)) * scaleOf(grid)),
    // On a grid of scale 0 every code means 0; the last one does so with a plus sign.
    encode: (value, grid) =>
      scaleOf(grid) === 0
        ? symbols - 1
        : Math.round((Math.round(value / scaleOf(grid)) + zeroPointOf(grid) - first) / step),
  };
}

/**
 * Symbols of the values at `positions` (flat indices of a tensor with so many outputs), from which
 * `placeValues` makes the same float32 numbers bit for bit. Null where one of them is not on its grid.
 */
export function symbolsOf(
  values: Float32Array,
  positions: Uint32Array,
  quantizer: Quantizer,
  outputs: number,
): Uint16Array | null {
  if (quantizer.bits > MAX_CODE_BITS) return null;
  const { symbols: count } = alphabetOf(quantizer);
  const { decode, encode } = codecOf(quantizer);
  const gridOf = gridAt(quantizer, outputs);
  const symbols = new Uint16Array(positions.length);
  for (let k = 0; k < positions.length; k++) {
    const i = positions[k] ?? 0;
    const value = values[i] ?? NaN;
    const symbol = encode(value, gridOf(i));
    const isOnGrid = symbol >= 0 && symbol < count && Object.is(decode(symbol, gridOf(i)), value);
    if (!isOnGrid) return null;
    symbols[k] = symbol;
  }
  return symbols;
}

/** Writes the number of each symbol to its place in `values`. */
export function placeValues(
  values: Float32Array,
  positions: Uint32Array,
  symbols: Uint16Array,
  quantizer: Quantizer,
  outputs: number,
): void {
  const { decode } = codecOf(quantizer);
  const gridOf = gridAt(quantizer, outputs);
  for (let k = 0; k < positions.length; k++) {
    const i = positions[k] ?? 0;
    values[i] = decode(symbols[k] ?? 0, gridOf(i));
  }
}

/** Symbols in the fewest whole bytes each: all low bytes, then (above 8 bits) all high bytes. */
export function symbolBytes(symbols: Uint16Array, bits: number): readonly Uint8Array[] {
  return (bits <= 8 ? [0] : [0, 8]).map((shift) => {
    const plane = new Uint8Array(symbols.length);
    for (let k = 0; k < plane.length; k++) plane[k] = (symbols[k] ?? 0) >> shift;
    return plane;
  });
}

export function symbolsFromBytes(planes: readonly Uint8Array[]): Uint16Array {
  const [low = new Uint8Array(), high] = planes;
  const symbols = new Uint16Array(low.length);
  for (let k = 0; k < symbols.length; k++) symbols[k] = (low[k] ?? 0) + 256 * (high?.[k] ?? 0);
  return symbols;
}

/** Symbols of `bits` bits, one behind the other, from the lowest bit of each byte. */
export function packSymbols(symbols: Uint16Array, bits: number): Uint8Array {
  const packed = new Uint8Array(packedLength(symbols.length, bits));
  let held = 0;
  let heldBits = 0;
  let length = 0;
  for (const symbol of symbols) {
    held |= symbol << heldBits;
    for (heldBits += bits; heldBits >= 8; heldBits -= 8) {
      packed[length++] = held & 0xff;
      held >>>= 8;
    }
  }
  if (heldBits > 0) packed[length] = held;
  return packed;
}

export function unpackSymbols(packed: Uint8Array, count: number, bits: number): Uint16Array {
  const symbols = new Uint16Array(count);
  const mask = 2 ** bits - 1;
  let held = 0;
  let heldBits = 0;
  let next = 0;
  for (let k = 0; k < count; k++) {
    for (; heldBits < bits; heldBits += 8) held |= (packed[next++] ?? 0) << heldBits;
    symbols[k] = held & mask;
    held >>>= bits;
    heldBits -= bits;
  }
  return symbols;
}

export function packedLength(count: number, bits: number): number {
  return Math.ceil((count * bits) / 8);
}
