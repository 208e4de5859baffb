import * as z from 'zod/mini';
import { choiceOption, numberOption } from '../../experiment/options';
import type { TechniqueSpec } from '../../experiment/technique';
import { hiddenLayers } from './hidden-layers';

const options = z.object({
  /** `magnitude`: the smallest go; `threshold`: `|w| < t`; `scaled`: `t = λ‖W‖₂ / fanIn`. */
  criterion: choiceOption(['magnitude', 'threshold', 'scaled'], 'magnitude'),
  scope: choiceOption(['global', 'layer'], 'global'),
  /** `weights` are masked; `units` (neurons, channels) are removed and leave a smaller dense network. */
  pattern: choiceOption(['weights', 'units'], 'weights'),
  /** Norm of a unit's incoming weights that is its score. */
  norm: choiceOption(['l1', 'l2'], 'l2'),
  sparsity: numberOption({ min: 0, max: 0.999, default: 0.9, step: 0.005, unit: 'percent' }),
  threshold: numberOption({ min: 0, max: 1, default: 0.05, step: 0.001 }),
  lambda: numberOption({ min: 0, max: 10, default: 1, step: 0.01 }),
  /** Pruning strength δ: a pruned weight becomes (1−δ)·w. */
  delta: numberOption({ min: 0, max: 1, default: 1, step: 0.01 }),
});

export type PruneOptions = z.infer<typeof options>;

declare module '../../experiment/step' {
  interface TechniqueOptions {
    prune: PruneOptions;
  }
}

const MAIN = { magnitude: 'sparsity', threshold: 'threshold', scaled: 'lambda' } as const;

export const pruneSpec: TechniqueSpec<'prune'> = {
  id: 'prune',
  options,
  mainOption: ({ criterion, pattern }) => (pattern === 'units' ? 'sparsity' : MAIN[criterion]),
  activeOptions: ({ criterion, pattern }) =>
    pattern === 'units'
      ? ['pattern', 'scope', 'norm', 'sparsity']
      : criterion === 'magnitude'
        ? ['pattern', 'criterion', 'scope', 'sparsity', 'delta']
        : ['pattern', 'criterion', MAIN[criterion], 'delta'],
  instant: true,
  check: ({ pattern }, architecture) =>
    pattern === 'units' && hiddenLayers(architecture).length === 0
      ? {
          code: 'noHiddenUnits',
          params: {},
          at: 'pattern',
          message:
            'This network has no hidden layer, so there are no units to remove. Prune single weights, or add a hidden layer.',
        }
      : null,
};
