import type { Shape } from '../experiment/architecture';
import type { Quantizer } from '../experiment/checkpoint';
import { floatBits, joinFloats, splitFloats } from './float-codes';
import { plainBitsOf } from './plain-bits';
import { placeValues, symbolsOf } from './quantizer-codes';
import { quantizerBits, type PackedTensor, type SplitTensor } from './tensor-model';
import { splitQuantizer } from './whittle-quantizer';

/** A tensor with all that techniques have made of it. */
export interface Tensor {
  readonly values: Float32Array;
  /** 1 keeps, 0 is pruned; null: nothing is pruned. */
  readonly mask: Uint8Array | null;
  readonly quantizer: Quantizer | null;
}

export function packTensor({ values, mask, quantizer }: Tensor, shape: Shape): SplitTensor {
  const split = quantizer && splitQuantizer(quantizer, shape);
  const everywhere = mask?.slice() ?? new Uint8Array(values.length).fill(1);
  const codes = quantizer && symbolsOf(values, everywhere, quantizer, shape.at(-1) ?? 1);
  if (quantizer !== null && codes !== null) {
    const table = { kept: everywhere, codes, rests: new Uint32Array() };
    const plainBits = plainBitsOf(table, quantizerBits(quantizer));
    const presence = mask === null ? 'all' : 'masked';
    return { presence, quantizer: split, scale: null, plainBits, table };
  }
  const kept = mask === null ? nonzero(values) : everywhere;
  const presence = mask !== null ? 'masked' : kept.includes(0) ? 'nonzero' : 'all';
  const { scale, table } = splitFloats(values, kept);
  const plainBits = plainBitsOf(table, floatBits(scale));
  return { presence, quantizer: split, scale, plainBits, table };
}

export function unpackTensor(
  { presence, quantizer, scale, table }: PackedTensor,
  shape: Shape,
): Tensor {
  const values = new Float32Array(table.codes.length);
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
