import type { Quantizer } from '../../experiment/checkpoint';
import { gridAt, gridCount } from '../../experiment/quantizer';
import { alphabetOf, powerOf, symbolBits } from '../quantizer-codes';
import type { PackedTensor } from '../tensor-model';
import { unpackTensor } from '../tensor-packing';

/** The weights of a kernel as they are computed on; in the order of the tensor. */
export interface Numbers {
  /** Themselves, integers with a sign, or indices into a table of numbers. */
  readonly kind: 'floats' | 'codes' | 'levels';
  readonly values: Float32Array | Int32Array | Uint16Array;
  /** Of one: 32 of floats. */
  readonly bits: number;
  /** What stands for 0; null where nothing does. */
  readonly zero: number | null;
  /** The table of levels: one for all grids, or so many numbers a grid, one grid after the other. */
  readonly levels?: Float32Array;
  readonly levelsPerGrid?: number;
  /** A code stands for `scale · code + offset`, by grid; without scales for itself, without offsets they are 0. */
  readonly scales?: Float32Array;
  readonly offsets?: Float32Array;
}

/** Two bytes hold a code. */
const MAX_BITS = 16;

export function numbersOf(tensor: PackedTensor, outputs: number): Numbers {
  const { quantizer, scale } = tensor;
  const coded = quantizer === null || scale !== null ? null : codesOf(tensor, quantizer, outputs);
  if (coded !== null && coded.bits <= MAX_BITS) return coded;
  return { kind: 'floats', values: unpackTensor(tensor, [outputs]).values, bits: 32, zero: 0 };
}

function codesOf(tensor: PackedTensor, quantizer: Quantizer, outputs: number): Numbers {
  switch (quantizer.scheme) {
    case 'codebook':
      return codebook(tensor, quantizer);
    case 'power2':
      return powers(tensor, quantizer);
    case 'affine':
    case 'binary':
      // What is on either side of 0 alike needs one bit more to have a sign.
      if (!tensor.table.kept.includes(0)) return shifted(tensor, quantizer);
      return integers(tensor, quantizer, outputs);
    case 'symmetric':
    case 'ternary':
      return integers(tensor, quantizer, outputs);
  }
}

/** A grid of the codebook is its levels, and 0 for what is pruned. */
function codebook({ table: { codes, kept } }: PackedTensor, quantizer: Quantizer): Numbers {
  const { bits, levels = new Float32Array() } = quantizer;
  const grids = gridCount(quantizer);
  const zero = 2 ** bits;
  const isPruned = kept.includes(0);
  const each = isPruned ? zero + 1 : zero;
  const all = new Float32Array(grids * each);
  for (let grid = 0; grid < grids; grid++) {
    all.set(levels.subarray(grid * zero, (grid + 1) * zero), grid * each);
  }
  const values = codes.map((code, i) => (kept[i] === 1 ? code : zero));
  return {
    kind: 'levels',
    values,
    bits: isPruned ? bits + 1 : bits,
    zero: isPruned ? zero : null,
    levels: all,
    levelsPerGrid: grids > 1 ? each : 0,
  };
}

/** Levels in scales. */
function powers({ table: { codes, kept } }: PackedTensor, quantizer: Quantizer): Numbers {
  const alphabet = alphabetOf(quantizer);
  const zero = -alphabet.first;
  const levels = Float32Array.from({ length: alphabet.symbols }, (_, code) =>
    powerOf(code - zero, zero),
  );
  const values = codes.map((code, i) => (kept[i] === 1 ? code : zero));
  const { scales } = quantizer;
  return { kind: 'levels', values, bits: symbolBits(alphabet), zero, levels, scales };
}

/** `q − zeroPoint` itself, of which 0 is 0. */
function integers(
  { table: { codes, kept } }: PackedTensor,
  quantizer: Quantizer,
  outputs: number,
): Numbers {
  const { first, step } = alphabetOf(quantizer);
  const { scales, zeroPoints } = quantizer;
  const gridOf = gridAt(quantizer, outputs);
  const values = new Int32Array(codes.length);
  let [least, most] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    if (kept[i] === 0) continue;
    const value = first + step * (codes[i] ?? 0) - (zeroPoints[gridOf(i)] ?? 0);
    values[i] = value;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const bits = 33 - Math.clz32(Math.max(most, -1 - least));
  return { kind: 'codes', values, bits, zero: 0, scales };
}

/** Codes moved down by half their range, and an offset that moves the numbers back. */
function shifted({ table: { codes } }: PackedTensor, quantizer: Quantizer): Numbers {
  const alphabet = alphabetOf(quantizer);
  const { first, step } = alphabet;
  const bits = symbolBits(alphabet);
  const half = 2 ** (bits - 1);
  const values = Int32Array.from(codes, (code) => code - half);
  const scales = quantizer.scales.map((scale) => step * scale);
  const offsets = quantizer.scales.map(
    (scale, grid) => (first + step * half - (quantizer.zeroPoints[grid] ?? 0)) * scale,
  );
  return { kind: 'codes', values, bits, zero: null, scales, offsets };
}
