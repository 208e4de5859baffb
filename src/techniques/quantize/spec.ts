import * as z from 'zod/mini';
import { choiceOption, integerOption, numberOption } from '../../experiment/options';
import type { TechniqueSpec } from '../../experiment/technique';

const options = z.object({
  bits: integerOption({ min: 1, max: 16, default: 8, step: 1, unit: 'bits' }),
  /**
   * At 1 bit all but `codebook` are binary, at 2 bits symmetric is ternary. `codebook`: k-means; `power2`:
   * 0 and ± powers of two.
   */
  scheme: choiceOption(['symmetric', 'affine', 'codebook', 'power2'], 'symmetric'),
  granularity: choiceOption(['channel', 'tensor', 'group'], 'channel'),
  /** Consecutive inputs of an output that share a grid. */
  group: integerOption({ min: 2, max: 1024, default: 64, step: 1, scale: 'log' }),
  /** What a symmetric or affine grid covers: all weights, a share of them, or what errs least. */
  range: choiceOption(['minmax', 'percentile', 'mse'], 'minmax'),
  percentile: numberOption({ min: 0.9, max: 1, default: 0.999, step: 0.001, unit: 'percent' }),
});

export type QuantizeOptions = z.infer<typeof options>;

declare module '../../experiment/step' {
  interface TechniqueOptions {
    quantize: QuantizeOptions;
  }
}

/** Beyond, tables of centroids weigh more than they save, and powers of two leave float32. */
const MOST_LISTED_BITS = 8;

/** Whether the grid is spread evenly over a range. */
function isEven({ scheme, bits }: QuantizeOptions): boolean {
  return (scheme === 'symmetric' && bits > 2) || (scheme === 'affine' && bits > 1);
}

export const quantizeSpec: TechniqueSpec<'quantize'> = {
  id: 'quantize',
  options,
  mainOption: () => 'bits',
  activeOptions: (chosen) => [
    ...['bits', 'scheme', 'granularity'],
    ...(chosen.granularity === 'group' ? ['group'] : []),
    ...(isEven(chosen) ? ['range'] : []),
    ...(isEven(chosen) && chosen.range === 'percentile' ? ['percentile'] : []),
  ],
  instant: () => true,
  check: ({ scheme, bits }) =>
    (scheme === 'codebook' || scheme === 'power2') && bits > MOST_LISTED_BITS
      ? {
          code: 'tooManyLevels',
          params: { max: MOST_LISTED_BITS },
          at: 'bits',
          message: `A codebook and powers of two have at most ${String(MOST_LISTED_BITS)} bits. Take fewer, or another scheme.`,
        }
      : null,
};
