import type { Checkpoint } from '../../experiment/checkpoint';
import { kernelsOf } from '../kernels';
import { applyMasks } from './apply-mask';
import { chooseWeights } from './criteria';
import { removeUnits } from './remove-units';
import type { Judgement } from './judge';
import type { PruneOptions } from './spec';
import { chooseUnits, weightNorms } from './unit-scores';

/**
 * The checkpoint with single weights masked, or with whole units (neurons, filters) taken out.
 *
 * Weights: sparsity is a share of all prunable weights, those pruned before included, so that pruning
 * to 50 % and then to 90 % gives 90 %. Units: a share of the hidden units that are still there.
 */
export function prune(
  checkpoint: Checkpoint,
  options: PruneOptions,
  { weights, units }: Judgement = {},
): Checkpoint {
  if (options.pattern === 'units') {
    const scores = units ?? weightNorms(checkpoint, options.norm === 'l1' ? 1 : 2);
    return removeUnits(checkpoint, chooseUnits(scores, options));
  }
  const masks = chooseWeights(kernelsOf(checkpoint), options, weights ?? {});
  return applyMasks(checkpoint, masks, options.delta);
}
