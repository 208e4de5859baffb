import type { Checkpoint } from '../../experiment/checkpoint';
import { kernelsOf } from '../kernels';
import { applyMasks } from './apply-mask';
import { chooseWeights } from './criteria';
import { removeUnits } from './remove-units';
import type { PruneOptions } from './spec';
import { chooseUnits } from './unit-scores';

/**
 * The checkpoint with single weights masked, or with whole units (neurons, filters) taken out.
 *
 * Weights: sparsity is a share of all prunable weights, those pruned before included, so that pruning
 * to 50 % and then to 90 % gives 90 %. Units: a share of the hidden units that are still there.
 */
export function prune(checkpoint: Checkpoint, options: PruneOptions): Checkpoint {
  return options.pattern === 'units'
    ? removeUnits(checkpoint, chooseUnits(checkpoint, options))
    : applyMasks(checkpoint, chooseWeights(kernelsOf(checkpoint), options), options.delta);
}
