import * as z from 'zod/mini';
import type { Architecture } from '../../experiment/architecture';
import { LAYER_SETTINGS } from '../../experiment/layer-settings';
import { choiceOption, integerOption, numberOption, textOption } from '../../experiment/options';
import type { Problem } from '../../experiment/problem';
import type { TechniqueSpec } from '../../experiment/technique';
import { trainOptionsSchema } from '../train/spec';
import {
  checkLayerBits,
  mostBits,
  quantizedLayers,
  MOST_LISTED_BITS,
  widthsOf,
} from './layer-bits';
import { equalizablePairs } from './pairs';

const options = z.object({
  bits: integerOption({ min: 1, max: 16, default: 8, step: 1, unit: 'bits' }),
  /** `same`: all layers have `bits`; `budget`: each what costs the loss least, `budget` bits a weight on average. */
  widths: choiceOption(['same', 'budget'], 'same'),
  budget: numberOption({ min: 1, max: 16, default: 4, step: 0.5, unit: 'bits' }),
  /** Layers with bits of their own, `dense1~3~dense2~8`. */
  layers: textOption(LAYER_SETTINGS),
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
  /** `on`: neighbouring layers share out their weights' sizes before, which does not change the function. */
  equalize: choiceOption(['off', 'on'], 'off'),
  /** `learned`: each weight goes up or down, whichever serves the layer's sums on 128 training examples. */
  rounding: choiceOption(['nearest', 'learned'], 'nearest'),
  /** `bias`: after rounding, biases give back the means that 128 training examples had. */
  correct: choiceOption(['off', 'bias'], 'off'),
  /** `both`: activations too, on affine grids of `abits` bits, calibrated on 128 training examples. */
  target: choiceOption(['weights', 'both'], 'weights'),
  abits: integerOption({ min: 1, max: 16, default: 8, step: 1, unit: 'bits' }),
  arange: choiceOption(['minmax', 'percentile', 'mse', 'entropy'], 'minmax'),
  /**
   * `ste`: trains by Adam, with weights rounded whenever they are read and gradients as if they were not
   * (straight-through), before it rounds them for good. A codebook instead is made before, and its centroids
   * train. `lsq`: the scales train as well, but for layers of one bit, whose scale is fitted.
   */
  aware: choiceOption(['off', 'ste', 'lsq'], 'off'),
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

/** Whether there are grids that are spread evenly over a range. */
export function isEven(options: QuantizeOptions): boolean {
  const { scheme } = options;
  const bits = Math.max(...widthsOf(options));
  return (scheme === 'symmetric' && bits > 2) || (scheme === 'affine' && bits > 1);
}

/** Whether weights train while they are rounded. */
export function isAware({ aware }: QuantizeOptions): boolean {
  return aware !== 'off';
}

/** The option that says how many bits there are. */
function mainOf({ widths }: QuantizeOptions): 'bits' | 'budget' {
  return widths === 'budget' ? 'budget' : 'bits';
}

export const quantizeSpec: TechniqueSpec<'quantize'> = {
  id: 'quantize',
  options,
  mainOption: mainOf,
  activeOptions: (chosen) => {
    const [aware, even] = [isAware(chosen), isEven(chosen)];
    const ranges = [
      ...(even && !aware ? [chosen.range] : []),
      ...(chosen.target === 'both' ? [chosen.arange] : []),
    ];
    return [
      ...[mainOf(chosen), 'widths', 'layers', 'scheme', 'granularity'],
      ...(chosen.granularity === 'group' ? ['group'] : []),
      ...(even && !aware ? ['range', 'rounding'] : []),
      ...(aware ? [] : ['equalize', 'correct']),
      'target',
      ...(chosen.target === 'both' ? ['abits', 'arange'] : []),
      ...(ranges.includes('percentile') ? ['percentile'] : []),
      'aware',
      ...(aware ? ['epochs', 'lr', 'batch'] : []),
    ];
  },
  instant: (chosen) => !isAware(chosen),
  byLayer: (chosen) => ({
    option: 'bits',
    max: mostBits(chosen),
    counts: ['scheme', 'granularity', 'group', 'range', 'percentile'],
    layers: quantizedLayers,
  }),
  compression: () => 'quantize',
  check: (chosen, architecture) =>
    checkLevels(chosen) ??
    checkLearned(chosen) ??
    checkLayerBits(chosen, architecture) ??
    checkPairs(chosen, architecture),
};

function checkPairs(chosen: QuantizeOptions, architecture: Architecture): Problem | null {
  if (isAware(chosen) || chosen.equalize === 'off') return null;
  if (equalizablePairs(architecture).length > 0) return null;
  return {
    code: 'nothingToEqualize',
    params: {},
    at: 'equalize',
    message:
      'There are no two layers here between which weights can be shared out: that needs ReLU, leaky ReLU or nothing between them, and no batch norm. Leave it off.',
  };
}

function checkLevels(chosen: QuantizeOptions): Problem | null {
  if (chosen.widths === 'budget' || chosen.bits <= mostBits(chosen)) return null;
  return {
    code: 'tooManyLevels',
    params: { max: MOST_LISTED_BITS },
    at: 'bits',
    message: `A codebook and powers of two have at most ${String(MOST_LISTED_BITS)} bits. Take fewer, or another scheme.`,
  };
}

function checkLearned(chosen: QuantizeOptions): Problem | null {
  if (chosen.aware !== 'lsq') return null;
  const onlySigns = chosen.widths === 'same' && chosen.bits === 1;
  if (chosen.scheme === 'symmetric' && !onlySigns) return null;
  return {
    code: 'learnedScheme',
    params: {},
    at: onlySigns ? 'bits' : 'scheme',
    message:
      'Learned scales need a symmetric scheme of two bits or more. Choose it, or train with scales that are fitted.',
  };
}
