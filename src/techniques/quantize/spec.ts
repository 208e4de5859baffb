import * as z from 'zod/mini';
import { choiceOption, integerOption, numberOption } from '../../experiment/options';
import type { Problem } from '../../experiment/problem';
import type { TechniqueSpec } from '../../experiment/technique';
import { trainOptionsSchema } from '../train/spec';

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
  /** `bias`: after rounding, biases give back the means that 128 training examples had. */
  correct: choiceOption(['off', 'bias'], 'off'),
  /**
   * `ste`: trains by Adam, with weights rounded whenever they are read and gradients as if they were not
   * (straight-through), before it rounds them for good. A codebook instead is made before, and its centroids
   * train.
   */
  aware: choiceOption(['off', 'ste'], 'off'),
  epochs: integerOption({ min: 1, max: 500, default: 2, step: 1, unit: 'epochs' }),
  lr: trainOptionsSchema.shape.lr,
  batch: trainOptionsSchema.shape.batch,
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

/** Whether weights train while they are rounded. */
export function isAware({ aware }: QuantizeOptions): boolean {
  return aware !== 'off';
}

export const quantizeSpec: TechniqueSpec<'quantize'> = {
  id: 'quantize',
  options,
  mainOption: () => 'bits',
  activeOptions: (chosen) => [
    ...['bits', 'scheme', 'granularity'],
    ...(chosen.granularity === 'group' ? ['group'] : []),
    ...(isEven(chosen) && !isAware(chosen) ? ['range'] : []),
    ...(isEven(chosen) && !isAware(chosen) && chosen.range === 'percentile' ? ['percentile'] : []),
    'aware',
    ...(isAware(chosen) ? ['epochs', 'lr', 'batch'] : ['correct']),
  ],
  instant: (chosen) => !isAware(chosen),
  compression: () => 'quantize',
  check: (chosen) => checkLevels(chosen) ?? checkAware(chosen),
};

function checkLevels({ scheme, bits }: QuantizeOptions): Problem | null {
  if ((scheme !== 'codebook' && scheme !== 'power2') || bits <= MOST_LISTED_BITS) return null;
  return {
    code: 'tooManyLevels',
    params: { max: MOST_LISTED_BITS },
    at: 'bits',
    message: `A codebook and powers of two have at most ${String(MOST_LISTED_BITS)} bits. Take fewer, or another scheme.`,
  };
}

function checkAware(chosen: QuantizeOptions): Problem | null {
  if (!isAware(chosen)) return null;
  const { scheme, bits, granularity } = chosen;
  if (scheme === 'power2' && bits > 1) {
    return {
      code: 'awareScheme',
      params: {},
      at: 'scheme',
      message:
        'Training with rounded weights does not know powers of two. Choose another scheme, or round after training.',
    };
  }
  if (granularity !== 'group') return null;
  return {
    code: 'awareGroups',
    params: {},
    at: 'granularity',
    message:
      'Training with rounded weights has a scale for each channel or for each layer, not for groups. Choose one of them, or round after training.',
  };
}
