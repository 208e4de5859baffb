import type { Quantizer } from '../experiment/checkpoint';
import { gridAt } from '../experiment/quantizer';
import { badFile } from './bad-file';
import type { Table } from './table-model';

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

/** The float32 number of a symbol on a grid. */
type Decode = (symbol: number, grid: number) => number;
/** The symbol whose number is nearest. */
type Encode = (value: number, grid: number) => number;

function decoderOf(quantizer: Quantizer): Decode {
  const { scheme, bits, scales, zeroPoints, levels = new Float32Array() } = quantizer;
  const { first, step } = alphabetOf(quantizer);
  const scaleOf = (grid: number) => scales[grid] ?? NaN;
  if (scheme === 'codebook') return (symbol, grid) => levels[grid * 2 ** bits + symbol] ?? NaN;
  if (scheme === 'power2') return (symbol, grid) => scaleOf(grid) * powerOf(first + symbol, -first);
  return (symbol, grid) =>
    Math.fround((first + step * symbol - (zeroPoints[grid] ?? 0)) * scaleOf(grid));
}

/** Of powers of two, in scales: the largest code is the scale itself, each smaller one half of the one above it. */
export function powerOf(q: number, largest: number): number {
  return Math.sign(q) * 2 ** (Math.abs(q) - largest);
}

function encoderOf(quantizer: Quantizer): Encode {
  const { scheme, bits, scales, zeroPoints, levels = new Float32Array() } = quantizer;
  const { first, step, symbols } = alphabetOf(quantizer);
  const scaleOf = (grid: number) => scales[grid] ?? NaN;
  if (scheme === 'codebook') {
    const start = (grid: number) => grid * 2 ** bits;
    return (value, grid) => levels.subarray(start(grid), start(grid + 1)).indexOf(value);
  }
  if (scheme === 'power2') {
    const largest = -first;
    return (value, grid) => {
      if (value === 0) return largest;
      const below = Math.round(Math.log2(Math.abs(value) / scaleOf(grid)));
      return largest + Math.sign(value) * (largest + below);
    };
  }
  // On a grid of scale 0 every code means 0; the last one does so with a plus sign.
  return (value, grid) =>
    scaleOf(grid) === 0
      ? symbols - 1
      : Math.round((Math.round(value / scaleOf(grid)) + (zeroPoints[grid] ?? 0) - first) / step);
}

/**
 * Symbols of the values that are kept, of a tensor with so many outputs, from which `placeValues` makes the
 * same float32 numbers bit for bit. Null where one of them is not on its grid.
 */
export function symbolsOf(
  values: Float32Array,
  kept: Uint8Array,
  quantizer: Quantizer,
  outputs: number,
): Uint16Array | null {
  if (quantizer.bits > MAX_CODE_BITS) return null;
  const { symbols: count } = alphabetOf(quantizer);
  const decode = decoderOf(quantizer);
  const encode = encoderOf(quantizer);
  const gridOf = gridAt(quantizer, outputs);
  const symbols = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    if (kept[i] === 0) continue;
    const value = values[i] ?? NaN;
    const grid = gridOf(i);
    const symbol = encode(value, grid);
    if (!(symbol >= 0 && symbol < count && Object.is(decode(symbol, grid), value))) return null;
    symbols[i] = symbol;
  }
  return symbols;
}

/** @throws WhittleError `badWhittleFile` where a number that is kept has a symbol that the quantizer has not */
export function checkSymbols(
  { kept, codes }: Pick<Table, 'kept' | 'codes'>,
  quantizer: Quantizer,
): void {
  const { symbols } = alphabetOf(quantizer);
  for (let i = 0; i < codes.length; i++) {
    if (kept[i] === 1 && (codes[i] ?? 0) >= symbols) {
      throw badFile('a weight has a code that its quantizer has not');
    }
  }
}

/** Writes the number of each symbol that is kept to its place in `values`. */
export function placeValues(
  values: Float32Array,
  { kept, codes }: Pick<Table, 'kept' | 'codes'>,
  quantizer: Quantizer,
  outputs: number,
): void {
  const decode = decoderOf(quantizer);
  const gridOf = gridAt(quantizer, outputs);
  for (let i = 0; i < values.length; i++) {
    if (kept[i] === 1) values[i] = decode(codes[i] ?? 0, gridOf(i));
  }
}
