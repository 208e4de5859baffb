import type { Shape } from '../experiment/architecture';
import type { Quantizer } from '../experiment/checkpoint';
import { gridCount } from '../experiment/quantizer';
import { sizeOf } from '../experiment/shapes';
import { badFile } from './bad-file';
import { codeFloats, splitFloats, type SplitFloats } from './float-codes';
import { NumberModel } from './number-model';
import { MAX_CODE_BITS } from './quantizer-codes';
import type { BitCoder } from './range-coder';

/** Their order is part of the file format. */
const SCHEMES = ['symmetric', 'affine', 'ternary', 'binary', 'codebook', 'power2'] as const;
/** What has a grid of its own. */
const GRANULARITIES = ['tensor', 'output', 'group'] as const;

/** Zero points are integers of 17 bits and a sign at most, as their codes are; 0, −1, 1, −2 … are 0, 1, 2, 3 … */
const MAX_ZIGZAG = 2 ** 18;
const MAX_GROUP = 2 ** 18;
/** A codebook of more would be a list of the weights themselves. */
const MAX_CODEBOOK_BITS = 8;
/** Scales or levels of one quantizer: as many as there may be parameters. */
const MAX_GRID_NUMBERS = 5_000_000;

interface QuantizerHead {
  readonly scheme: Quantizer['scheme'];
  readonly bits: number;
  readonly granularity: (typeof GRANULARITIES)[number];
  readonly group: number;
  /** Otherwise they are all 0. */
  readonly hasZeroPoints: boolean;
}

/** A quantizer as it is written. */
export interface SplitQuantizer extends QuantizerHead {
  /** Its levels, or its scales. */
  readonly numbers: SplitFloats;
  readonly zeroPoints: Int32Array;
}

/** What is learnt from one quantizer for the next. */
export class QuantizerModel {
  private readonly scheme = new NumberModel();
  private readonly bits = new NumberModel();
  private readonly granularity = new NumberModel();
  private readonly group = new NumberModel();
  private readonly hasZeroPoints = new NumberModel();
  private readonly zeroPoints = new NumberModel();

  /**
   * Writes the quantizer of a tensor, or reads it where null is given; null: there is none.
   * @throws WhittleError `badWhittleFile`
   */
  code(coder: BitCoder, given: SplitQuantizer | null, shape: Shape): Quantizer | null {
    const head = this.codeHead(coder, given);
    if (head === null) return null;
    const { scheme, bits, granularity, group, hasZeroPoints } = head;
    const grids = gridsIn(shape, head);
    const common = { scheme, bits, ...(granularity === 'group' && { group }) };
    const count = scheme === 'codebook' ? grids * 2 ** bits : grids;
    if (given === null && count > MAX_GRID_NUMBERS) {
      throw badFile('a quantizer is larger than a network can be');
    }
    const numbers = codeFloats(coder, given?.numbers ?? null, count);
    if (scheme === 'codebook') {
      const [scales, zeroPoints] = [new Float32Array(), new Int32Array()];
      return { ...common, scales, zeroPoints, levels: numbers };
    }
    const zeroPoints = new Int32Array(grids);
    if (hasZeroPoints) {
      for (let i = 0; i < grids; i++) {
        const point = given?.zeroPoints[i] ?? 0;
        const folded = point < 0 ? -2 * point - 1 : 2 * point;
        const zigzag = this.zeroPoints.code(coder, folded, MAX_ZIGZAG);
        zeroPoints[i] = zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
      }
    }
    return { ...common, scales: numbers, zeroPoints };
  }

  private codeHead(coder: BitCoder, given: QuantizerHead | null): QuantizerHead | null {
    const index = this.scheme.code(
      coder,
      given ? SCHEMES.indexOf(given.scheme) + 1 : 0,
      SCHEMES.length,
    );
    const scheme = SCHEMES[index - 1];
    if (scheme === undefined) return null;
    const most = scheme === 'codebook' || scheme === 'power2' ? MAX_CODEBOOK_BITS : MAX_CODE_BITS;
    const bits = this.bits.code(coder, (given?.bits ?? 1) - 1, most - 1) + 1;
    const granularity =
      GRANULARITIES[
        this.granularity.code(
          coder,
          GRANULARITIES.indexOf(given?.granularity ?? 'tensor'),
          GRANULARITIES.length - 1,
        )
      ] ?? 'tensor';
    const group =
      granularity === 'group'
        ? this.group.code(coder, (given?.group ?? 1) - 1, MAX_GROUP - 1) + 1
        : 1;
    const hasZeroPoints =
      scheme !== 'codebook' &&
      this.hasZeroPoints.code(coder, given?.hasZeroPoints ? 1 : 0, 1) === 1;
    return { scheme, bits, granularity, group, hasZeroPoints };
  }
}

export function splitQuantizer(quantizer: Quantizer, shape: Shape): SplitQuantizer {
  const { scheme, bits, group, scales, levels, zeroPoints } = quantizer;
  const grids = gridCount(quantizer);
  const granularity = group !== undefined ? 'group' : grids === 1 ? 'tensor' : 'output';
  const head = {
    scheme,
    bits,
    granularity,
    group: group ?? 1,
    hasZeroPoints: zeroPoints.some((z) => z !== 0),
  } as const;
  if (grids !== gridsIn(shape, head)) {
    throw new Error('A quantizer has neither one grid, nor one for each output, nor its groups.');
  }
  const numbers = scheme === 'codebook' && levels !== undefined ? levels : scales;
  return {
    ...head,
    zeroPoints,
    numbers: splitFloats(numbers, new Uint8Array(numbers.length).fill(1)),
  };
}

/** Grids of a tensor: one, one an output, or one for each `group` inputs of an output. */
function gridsIn(
  shape: Shape,
  { granularity, group }: Pick<QuantizerHead, 'granularity' | 'group'>,
): number {
  const outputs = shape.at(-1) ?? 1;
  switch (granularity) {
    case 'tensor':
      return 1;
    case 'output':
      return outputs;
    case 'group':
      return outputs * Math.ceil(sizeOf(shape) / outputs / group);
  }
}
