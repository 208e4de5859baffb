import * as z from 'zod/mini';
import type { Architecture } from '../../experiment/architecture';
import { checkSettings, LAYER_SETTINGS } from '../../experiment/layer-settings';
import { choiceOption, integerOption, numberOption, textOption } from '../../experiment/options';
import type { Problem } from '../../experiment/problem';
import type { TechniqueSpec } from '../../experiment/technique';
import { trainOptionsSchema } from '../train/spec';
import { hiddenLayers, normBehind, unitLayers, type UnitLayer } from '../unit-layers';

const SPARSITIES = { min: 0, max: 0.999 };

const options = z.object({
  /**
   * `magnitude`: the smallest go; `threshold`: `|w| < t`; `scaled`: `t = λ‖W‖₂ / fanIn`. `snip`: the
   * smallest `|w · ∂L/∂w|` on one balanced batch; `taylor`: its sum over batches. `movement`: the smallest
   * `−Σ w · ∂L/∂w` over steps of training.
   */
  criterion: choiceOption(
    ['magnitude', 'threshold', 'scaled', 'random', 'snip', 'taylor', 'movement'],
    'magnitude',
  ),
  scope: choiceOption(['global', 'layer'], 'global'),
  /**
   * Single `weights`, `n` of each `m`, or square `blocks` are masked; `units` (neurons, channels) are removed
   * and leave a smaller dense network.
   */
  pattern: choiceOption(['weights', 'nm', 'blocks', 'units'], 'weights'),
  /** A unit's score: the norm of its incoming weights, its batch norm's |γ|, or its activation's saliency. */
  norm: choiceOption(['l1', 'l2', 'scale', 'taylor'], 'l2'),
  sparsity: numberOption({ ...SPARSITIES, default: 0.9, step: 0.005, unit: 'percent' }),
  /** Layers with a sparsity of their own, `dense1~0.95~dense2~0.8`; the rest share the others' options. */
  layers: textOption(LAYER_SETTINGS),
  threshold: numberOption({ min: 0, max: 1, default: 0.05, step: 0.001 }),
  lambda: numberOption({ min: 0, max: 10, default: 1, step: 0.01 }),
  /** Pruning strength δ: a pruned weight becomes (1−δ)·w. */
  delta: numberOption({ min: 0, max: 1, default: 1, step: 0.01 }),
  /** Of each `m` consecutive weights that an output reads, `n` stay. */
  n: integerOption({ min: 1, max: 16, default: 2, step: 1 }),
  m: integerOption({ min: 2, max: 16, default: 4, step: 1 }),
  /** Side of a block. */
  block: integerOption({ min: 2, max: 64, default: 4, step: 1 }),
  /** Batches of 128 training examples that a score is summed over. */
  batches: integerOption({ min: 1, max: 100, default: 10, step: 1 }),
  /**
   * `oneshot`: at once; `iterative`: in rounds of pruning and training; `gradual`: along a cubic while it
   * trains. Training is by Adam.
   */
  schedule: choiceOption(['oneshot', 'iterative', 'gradual'], 'oneshot'),
  rounds: integerOption({ min: 2, max: 20, default: 5, step: 1, unit: 'rounds' }),
  /** Of every round, or of the whole gradual pruning. */
  epochs: integerOption({ min: 1, max: 500, default: 2, step: 1, unit: 'epochs' }),
  lr: trainOptionsSchema.shape.lr,
  batch: trainOptionsSchema.shape.batch,
  /** Share of gradual pruning's iterations after which the sparsity is reached; the rest is training alone. */
  ramp: numberOption({ min: 0.05, max: 1, default: 0.75, step: 0.05, unit: 'percent' }),
  /**
   * What the weights that stay go back to: `init`, where they began (the lottery ticket); `iteration`, where
   * they were after `to` iterations; `reinit`, weights drawn anew.
   */
  rewind: choiceOption(['off', 'init', 'iteration', 'reinit'], 'off'),
  to: integerOption({ min: 1, max: 100_000, default: 500, step: 1, scale: 'log' }),
});

export type PruneOptions = z.infer<typeof options>;

declare module '../../experiment/step' {
  interface TechniqueOptions {
    prune: PruneOptions;
  }
}

/** Criteria with a bound of their own instead of a sparsity. */
const BOUNDS: Readonly<Partial<Record<PruneOptions['criterion'], string>>> = {
  threshold: 'threshold',
  scaled: 'lambda',
};

/** Whether weights are masked up to a sparsity, which a schedule can approach. */
function hasSparsity({ pattern, criterion }: PruneOptions): boolean {
  return (pattern === 'weights' && BOUNDS[criterion] === undefined) || pattern === 'blocks';
}

/** Whether layers can have a sparsity of their own. */
function takesLayers(options: PruneOptions): boolean {
  return options.pattern === 'units' || hasSparsity(options);
}

/** The schedule as far as the other options leave it an effect. */
export function scheduleOf(options: PruneOptions): PruneOptions['schedule'] {
  return hasSparsity(options) ? options.schedule : 'oneshot';
}

/** What weights go back to, likewise: not where units are gone, nor while they are going. */
export function rewindOf(options: PruneOptions): PruneOptions['rewind'] {
  return options.pattern === 'units' || scheduleOf(options) === 'gradual' ? 'off' : options.rewind;
}

const TRAINING = ['epochs', 'lr', 'batch'];
const SCHEDULED: Readonly<Record<PruneOptions['schedule'], readonly string[]>> = {
  oneshot: [],
  iterative: ['rounds', ...TRAINING],
  gradual: ['ramp', ...TRAINING],
};

/** Movement is seen in training, which has a rate whether or not it is the schedule's. */
function trainingOf(options: PruneOptions): readonly string[] {
  const scheduled = SCHEDULED[scheduleOf(options)];
  return options.criterion === 'movement' && !scheduled.includes('lr') ? ['lr'] : scheduled;
}

export const pruneSpec: TechniqueSpec<'prune'> = {
  id: 'prune',
  options,
  mainOption: ({ criterion, pattern }) => {
    if (pattern === 'units' || pattern === 'blocks') return 'sparsity';
    return pattern === 'nm' ? 'n' : (BOUNDS[criterion] ?? 'sparsity');
  },
  activeOptions: (chosen) => {
    const { criterion, pattern, norm } = chosen;
    if (pattern === 'units') {
      const saliency = norm === 'taylor' ? ['batches'] : [];
      return ['pattern', 'scope', 'norm', ...saliency, 'sparsity', 'layers'];
    }
    const bound = pattern === 'weights' ? BOUNDS[criterion] : undefined;
    return [
      ...['pattern', 'criterion'],
      ...(criterion === 'taylor' || criterion === 'movement' ? ['batches'] : []),
      ...(pattern === 'nm'
        ? ['n', 'm']
        : bound === undefined
          ? ['scope', 'sparsity', 'layers']
          : [bound]),
      ...(pattern === 'blocks' ? ['block'] : []),
      'delta',
      ...(hasSparsity(chosen) ? ['schedule'] : []),
      ...trainingOf(chosen),
      ...(scheduleOf(chosen) === 'gradual' ? [] : ['rewind']),
      ...(rewindOf(chosen) === 'iteration' ? ['to'] : []),
    ];
  },
  instant: (chosen) => scheduleOf(chosen) === 'oneshot' && rewindOf(chosen) === 'off',
  byLayer: (chosen) =>
    takesLayers(chosen)
      ? {
          option: 'sparsity',
          max: SPARSITIES.max,
          counts: ['criterion', 'pattern', 'norm', 'delta', 'block', 'batches'],
          layers: (architecture) => layersOf(chosen, architecture),
        }
      : null,
  compression: () => 'prune',
  check: (chosen, architecture) =>
    (chosen.pattern === 'units' ? checkUnits(chosen, architecture) : checkWeights(chosen)) ??
    checkLayers(chosen, architecture),
};

/** Whether the layers that are set apart are there, and what they are set to is possible. */
export function checkLayers(options: PruneOptions, architecture: Architecture): Problem | null {
  if (!takesLayers(options)) return null;
  const layers = layersOf(options, architecture);
  return checkSettings(options.layers, layers, { ...SPARSITIES, integer: false });
}

/** The layers that there is something to take from. */
function layersOf({ pattern, norm }: PruneOptions, architecture: Architecture): string[] {
  const isScored = (layer: UnitLayer) =>
    norm !== 'scale' || normBehind(architecture, layer) !== null;
  const layers =
    pattern === 'units' ? hiddenLayers(architecture).filter(isScored) : unitLayers(architecture);
  return layers.map(({ name }) => name);
}

function checkUnits({ norm }: PruneOptions, architecture: Architecture): Problem | null {
  const hidden = hiddenLayers(architecture);
  if (hidden.length === 0) {
    return {
      code: 'noHiddenUnits',
      params: {},
      at: 'pattern',
      message:
        'This network has no hidden layer, so there are no units to remove. Prune single weights, or add a hidden layer.',
    };
  }
  if (norm !== 'scale' || hidden.some((layer) => normBehind(architecture, layer) !== null)) {
    return null;
  }
  return {
    code: 'noBatchNorm',
    params: {},
    at: 'norm',
    message:
      'This network has no batch norm behind a hidden layer, so units have no scale to be judged by. Choose another score, or add batch norm.',
  };
}

function checkWeights(chosen: PruneOptions): Problem | null {
  const { pattern, criterion, n, m, delta } = chosen;
  if (pattern === 'nm' && n > m) {
    return {
      code: 'moreThanGroup',
      params: { n, m },
      at: 'n',
      message: `Of each ${String(m)} weights, ${String(n)} cannot stay. Keep ${String(m)} or fewer, or make the groups larger.`,
    };
  }
  if (pattern !== 'weights' && BOUNDS[criterion] !== undefined) {
    return {
      code: 'boundNeedsWeights',
      params: {},
      at: 'criterion',
      message:
        'A threshold picks weights one by one, not by groups or blocks. Choose another criterion, or prune single weights.',
    };
  }
  if (delta < 1 && rewindOf(chosen) !== 'off') {
    return {
      code: 'rewindNeedsMask',
      params: {},
      at: 'delta',
      message:
        'Weights that are only weakened would come back when they are rewound. Choose the strength 1, or do not rewind.',
    };
  }
  return null;
}
