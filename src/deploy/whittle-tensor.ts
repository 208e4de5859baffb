import type { Quantizer } from '../experiment/checkpoint';
import type { Shape } from '../experiment/architecture';
import { sizeOf } from '../experiment/shapes';
import { badFile, ByteWriter, type ByteReader } from './bytes';
import { deflatedBits } from './deflate';
import { floatPlanes, isPlainZero, placeFloats } from './float-planes';
import {
  allPositions,
  bitmapLength,
  bitmapOf,
  gapsOf,
  positionsFromBitmap,
  positionsFromGaps,
  positionsWhere,
} from './positions';
import {
  alphabetOf,
  packedLength,
  packSymbols,
  placeValues,
  symbolBits,
  symbolBytes,
  symbolsFromBytes,
  symbolsOf,
  unpackSymbols,
} from './quantizer-codes';
import {
  quantizerData,
  readQuantizerData,
  readQuantizerHead,
  writeQuantizerHead,
} from './whittle-quantizer';
import type { QuantizerHead } from './whittle-quantizer';

/** A tensor with all that techniques have made of it. */
export interface Tensor {
  readonly values: Float32Array;
  /** 1 keeps, 0 is pruned; null: nothing is pruned. */
  readonly mask: Uint8Array | null;
  readonly quantizer: Quantizer | null;
}

/** Which of a tensor's numbers are in the file: all, or those at positions told by gaps or by a bitmap. */
const POSITIONS = ['all', 'gaps', 'bitmap'] as const;
/** How they are written: as float32, or as the quantizer's codes, in whole bytes or bit by bit. */
const VALUES = ['float32', 'bytes', 'packed'] as const;

/** What is said of a tensor before its data. */
export interface TensorHead {
  readonly shape: Shape;
  readonly positions: (typeof POSITIONS)[number];
  readonly values: (typeof VALUES)[number];
  /** The positions are the mask's; otherwise those of the numbers that are not zero. */
  readonly masked: boolean;
  readonly kept: number;
  readonly quantizer: QuantizerHead | null;
}

/** A way to write something, and the bits it comes to when compressed. */
interface Candidate<Kind extends string> {
  readonly kind: Kind;
  readonly sections: readonly Uint8Array[];
  readonly bits: number;
}

/** The head and the data of a tensor, in whichever way comes out shortest. A pruned weight is written as zero. */
export function encodeTensor(
  tensor: Tensor,
  shape: Shape,
): { head: Uint8Array; sections: readonly Uint8Array[] } {
  const { values, mask, quantizer } = tensor;
  const count = values.length;
  const [best, ...others] = keptSets(tensor).map((kept) => {
    const where = shortest(positionCandidates(kept, count, mask !== null));
    const what = shortest(valueCandidates(values, kept, quantizer, shape.at(-1) ?? 1));
    return { kept, where, what, bits: where.bits + what.bits };
  });
  if (best === undefined) throw new Error('A tensor has no way to be written.');
  const { kept, where, what } = others.reduce((a, b) => (b.bits < a.bits ? b : a), best);
  const head = new ByteWriter().byte(
    POSITIONS.indexOf(where.kind) |
      (VALUES.indexOf(what.kind) << 2) |
      ((mask === null ? 0 : 1) << 4) |
      ((quantizer === null ? 0 : 1) << 5),
  );
  if (where.kind !== 'all') head.varint(kept.length);
  if (quantizer !== null) writeQuantizerHead(head, quantizer, shape);
  const grids = quantizer === null ? [] : quantizerData(quantizer);
  return { head: head.done(), sections: [...grids, ...where.sections, ...what.sections] };
}

/** Sets of positions that hold all there is to say: the mask's, or all, or all but the zeros. */
function keptSets({ values, mask }: Tensor): readonly Uint32Array[] {
  if (mask !== null) return [positionsWhere(values.length, (i) => mask[i] !== 0)];
  const isZero = isPlainZero(values);
  const nonzero = positionsWhere(values.length, (i) => !isZero(i));
  const all = allPositions(values.length);
  return nonzero.length === values.length ? [all] : [all, nonzero];
}

function positionCandidates(
  kept: Uint32Array,
  count: number,
  masked: boolean,
): readonly Candidate<TensorHead['positions']>[] {
  if (!masked && kept.length === count) return [candidate('all', [])];
  return [candidate('gaps', [gapsOf(kept)]), candidate('bitmap', [bitmapOf(kept, count)])];
}

function valueCandidates(
  values: Float32Array,
  kept: Uint32Array,
  quantizer: Quantizer | null,
  outputs: number,
): readonly Candidate<TensorHead['values']>[] {
  const symbols = quantizer && symbolsOf(values, kept, quantizer, outputs);
  if (quantizer === null || symbols === null) {
    return [candidate('float32', floatPlanes(values, kept))];
  }
  const bits = symbolBits(alphabetOf(quantizer));
  return [
    candidate('bytes', symbolBytes(symbols, bits)),
    candidate('packed', [packSymbols(symbols, bits)]),
  ];
}

function candidate<Kind extends string>(
  kind: Kind,
  sections: readonly Uint8Array[],
): Candidate<Kind> {
  return { kind, sections, bits: sections.reduce((sum, each) => sum + deflatedBits(each), 0) };
}

/** Of equally short ones the first. */
function shortest<Kind extends string>(all: readonly Candidate<Kind>[]): Candidate<Kind> {
  return all.reduce((a, b) => (b.bits < a.bits ? b : a));
}

/** @throws WhittleError `badWhittleFile` */
export function readHead(reader: ByteReader, shape: Shape): TensorHead {
  const flags = reader.byte();
  const positions = POSITIONS[flags & 3];
  const values = VALUES[(flags >> 2) & 3];
  const masked = (flags & 16) !== 0;
  const quantized = (flags & 32) !== 0;
  if (positions === undefined || values === undefined || flags >= 64) {
    throw badFile('a tensor is written in a way that is not known');
  }
  if ((masked && positions === 'all') || (!quantized && values !== 'float32')) {
    throw badFile('a tensor lacks its mask or its quantizer');
  }
  const count = sizeOf(shape);
  const kept = positions === 'all' ? count : reader.varint(count);
  const quantizer = quantized ? readQuantizerHead(reader, shape) : null;
  return { shape, positions, values, masked, kept, quantizer };
}

/** @throws WhittleError `badWhittleFile` */
export function readTensor(reader: ByteReader, head: TensorHead): Tensor {
  const count = sizeOf(head.shape);
  const quantizer = head.quantizer && readQuantizerData(reader, head.quantizer);
  const positions = readPositions(reader, head, count);
  const values = new Float32Array(count);
  if (quantizer === null || head.values === 'float32') {
    placeFloats(
      values,
      positions,
      [0, 1, 2, 3].map(() => reader.take(head.kept)),
    );
  } else {
    const symbols = readSymbols(reader, head, quantizer);
    placeValues(values, positions, symbols, quantizer, head.shape.at(-1) ?? 1);
  }
  return { values, mask: head.masked ? maskOf(positions, count) : null, quantizer };
}

function readPositions(reader: ByteReader, head: TensorHead, count: number): Uint32Array {
  switch (head.positions) {
    case 'all':
      return allPositions(count);
    case 'gaps':
      return positionsFromGaps(reader, head.kept, count);
    case 'bitmap':
      return positionsFromBitmap(reader.take(bitmapLength(count)), head.kept, count);
  }
}

function readSymbols(
  reader: ByteReader,
  { values, kept }: TensorHead,
  quantizer: Quantizer,
): Uint16Array {
  const alphabet = alphabetOf(quantizer);
  const bits = symbolBits(alphabet);
  const symbols =
    values === 'packed'
      ? unpackSymbols(reader.take(packedLength(kept, bits)), kept, bits)
      : symbolsFromBytes((bits <= 8 ? [0] : [0, 1]).map(() => reader.take(kept)));
  if (symbols.some((symbol) => symbol >= alphabet.symbols)) {
    throw badFile('a weight has a code that its quantizer has not');
  }
  return symbols;
}

function maskOf(positions: Uint32Array, count: number): Uint8Array {
  const mask = new Uint8Array(count);
  for (const i of positions) mask[i] = 1;
  return mask;
}
