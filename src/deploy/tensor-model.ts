import type { Shape } from '../experiment/architecture';
import type { Quantizer } from '../experiment/checkpoint';
import { badFile } from './bad-file';
import { codeScale, floatBits, NO_SCALE, type FloatScale } from './float-codes';
import { NumberModel } from './number-model';
import { alphabetOf, checkSymbols, symbolBits } from './quantizer-codes';
import type { BitCoder } from './range-coder';
import type { Layout } from './table-layout';
import { codeTable, emptyTable, MODELLED_BITS, type Table, type TableHead } from './table-model';
import { QuantizerModel, type SplitQuantizer } from './whittle-quantizer';

/** Which numbers are in the file: all; all but zeros; those that the mask keeps. Their order is the format's. */
const PRESENCES = ['all', 'nonzero', 'masked'] as const;

/** A tensor as it is read. */
export interface PackedTensor {
  readonly presence: (typeof PRESENCES)[number];
  readonly quantizer: Quantizer | null;
  /** Null: the codes are the quantizer's. */
  readonly scale: FloatScale | null;
  /** The lowest bits of a code that no model foretells. */
  readonly plainBits: number;
  readonly table: Table;
}

/** A tensor as it is written. */
export interface SplitTensor extends Omit<PackedTensor, 'quantizer'> {
  readonly quantizer: SplitQuantizer | null;
}

/** What is learnt from one tensor's head for the next. */
export class TensorModel {
  private readonly presence = new NumberModel();
  private readonly quantizer = new QuantizerModel();
  private readonly isCoded = new NumberModel();
  private readonly plainBits = new NumberModel();

  /**
   * Writes a tensor, or reads one where null is given.
   * @throws WhittleError `badWhittleFile`
   */
  code(coder: BitCoder, given: SplitTensor | null, shape: Shape, layout: Layout): PackedTensor {
    const at = PRESENCES.indexOf(given?.presence ?? 'all');
    const presence = PRESENCES[this.presence.code(coder, at, PRESENCES.length - 1)] ?? 'all';
    const sparse = presence !== 'all';
    const quantizer = this.quantizer.code(coder, given?.quantizer ?? null, shape);
    const isCoded =
      quantizer !== null && this.isCoded.code(coder, given?.scale === null ? 1 : 0, 1) === 1;
    const scale = isCoded ? null : codeScale(coder, given?.scale ?? NO_SCALE);
    const bits = isCoded ? quantizerBits(quantizer) : floatBits(scale ?? NO_SCALE);
    const plainBits = this.plainBits.code(coder, given?.plainBits ?? 0, bits.codeBits);
    if (bits.codeBits - plainBits > MODELLED_BITS) throw badFile('a number is out of range');
    const table = given?.table ?? emptyTable(layout.rows * layout.columns, bits);
    codeTable(coder, layout, { sparse, plainBits, ...bits }, table);
    if (isCoded) checkSymbols(table, quantizer);
    return { presence, quantizer, scale, plainBits, table };
  }
}

/** Bits of a quantizer's codes that are foretold from their surroundings. */
const MIXED_BITS = 3;

export function quantizerBits(quantizer: Quantizer): Omit<TableHead, 'sparse' | 'plainBits'> {
  return { codeBits: symbolBits(alphabetOf(quantizer)), mixedBits: MIXED_BITS, restBits: 0 };
}
