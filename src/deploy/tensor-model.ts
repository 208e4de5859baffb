import type { Shape } from '../experiment/architecture';
import type { Quantizer } from '../experiment/checkpoint';
import { badFile } from './bad-file';
import {
  codeScale,
  floatBits,
  joinFloats,
  NO_SCALE,
  splitFloats,
  type FloatScale,
} from './float-codes';
import { NumberModel } from './number-model';
import { plainBitsOf } from './plain-bits';
import { alphabetOf, placeValues, symbolBits, symbolsOf } from './quantizer-codes';
import type { BitCoder } from './range-coder';
import type { Layout } from './table-layout';
import { codeTable, emptyTable, MODELLED_BITS, type Table } from './table-model';
import { QuantizerModel } from './whittle-quantizer';

/** A tensor with all that techniques have made of it. */
export interface Tensor {
  readonly values: Float32Array;
  /** 1 keeps, 0 is pruned; null: nothing is pruned. */
  readonly mask: Uint8Array | null;
  readonly quantizer: Quantizer | null;
}

/** Which numbers are in the file: all; all but zeros; those that the mask keeps. Their order is the format's. */
const PRESENCES = ['all', 'nonzero', 'masked'] as const;

/** A tensor as it is written. */
interface PackedTensor {
  readonly presence: (typeof PRESENCES)[number];
  readonly quantizer: Quantizer | null;
  /** Null: the codes are the quantizer's. */
  readonly scale: FloatScale | null;
  readonly table: Table;
}

/** What is learnt from one tensor's head for the next. */
export class TensorModel {
  private readonly presence = new NumberModel();
  private readonly quantizer = new QuantizerModel();
  private readonly isCoded = new NumberModel();
  private readonly plainBits = new NumberModel();

  write(coder: BitCoder, tensor: Tensor, shape: Shape, layout: Layout): void {
    this.code(coder, packed(tensor, shape), shape, layout);
  }

  /** @throws WhittleError `badWhittleFile` */
  read(coder: BitCoder, shape: Shape, layout: Layout): Tensor {
    return unpacked(this.code(coder, null, shape, layout), shape, layout);
  }

  /** Writes a tensor, or reads one where null is given. */
  private code(
    coder: BitCoder,
    given: PackedTensor | null,
    shape: Shape,
    layout: Layout,
  ): PackedTensor {
    const at = PRESENCES.indexOf(given?.presence ?? 'all');
    const presence = PRESENCES[this.presence.code(coder, at, PRESENCES.length - 1)] ?? 'all';
    const sparse = presence !== 'all';
    const quantizer = this.quantizer.code(coder, given?.quantizer ?? null, shape);
    const isCoded =
      quantizer !== null && this.isCoded.code(coder, given?.scale === null ? 1 : 0, 1) === 1;
    const scale = isCoded ? null : codeScale(coder, given?.scale ?? NO_SCALE);
    const bits = isCoded ? quantizerBits(quantizer) : floatBits(scale ?? NO_SCALE);
    const plain = given === null ? 0 : plainBitsOf(given.table, bits);
    const plainBits = this.plainBits.code(coder, plain, bits.codeBits);
    if (bits.codeBits - plainBits > MODELLED_BITS) throw badFile('a number is out of range');
    const table = given?.table ?? emptyTable(layout.rows * layout.columns, bits);
    codeTable(coder, layout, { sparse, plainBits, ...bits }, table);
    return { presence, quantizer, scale, table };
  }
}

/** Bits of a quantizer's codes that are foretold from their surroundings. */
const MIXED_BITS = 3;

function quantizerBits(quantizer: Quantizer) {
  return { codeBits: symbolBits(alphabetOf(quantizer)), mixedBits: MIXED_BITS, restBits: 0 };
}

function packed({ values, mask, quantizer }: Tensor, shape: Shape): PackedTensor {
  const everywhere = mask?.slice() ?? new Uint8Array(values.length).fill(1);
  const codes = quantizer && symbolsOf(values, everywhere, quantizer, shape.at(-1) ?? 1);
  if (codes !== null) {
    const table = { kept: everywhere, codes, rests: new Uint32Array() };
    return { presence: mask === null ? 'all' : 'masked', quantizer, scale: null, table };
  }
  const kept = mask === null ? nonzero(values) : everywhere;
  const presence = mask !== null ? 'masked' : kept.includes(0) ? 'nonzero' : 'all';
  return { presence, quantizer, ...splitFloats(values, kept) };
}

function unpacked(
  { presence, quantizer, scale, table }: PackedTensor,
  shape: Shape,
  layout: Layout,
): Tensor {
  const values = new Float32Array(layout.rows * layout.columns);
  if (scale !== null) joinFloats(scale, table, values);
  else if (quantizer !== null) placeValues(values, table, quantizer, shape.at(-1) ?? 1);
  return { values, mask: presence === 'masked' ? table.kept : null, quantizer };
}

/** 1 for every number but `+0`: −0 is kept as it is. */
function nonzero(values: Float32Array): Uint8Array {
  const patterns = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const flags = new Uint8Array(values.length);
  for (let i = 0; i < flags.length; i++) flags[i] = patterns[i] === 0 ? 0 : 1;
  return flags;
}
