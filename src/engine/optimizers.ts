import { ADAM_BETAS, EPSILON, LION_BETAS, RMSPROP_RHO } from './constants';
import type { Objective } from './trainer';
import {
  accumulateMomentum,
  addDecay,
  addPenalties,
  chain,
  clipByGlobalNorm,
  descend,
  scaleByAdam,
  scaleByMeanSquare,
  scaleBySumOfSquares,
  signOfMomentum,
  type Transform,
} from './transforms';

/** From the gradient of the data term to the change of the parameters: penalties, clipping, optimizer, −η. */
export function optimizerOf(objective: Objective): Transform {
  return chain(
    ...penaltiesOf(objective),
    ...clippingOf(objective),
    ...scalingOf(objective),
    descend(objective.rates),
  );
}

/** The penalties of the objective, as they enter the gradient before it is clipped. */
export function penaltiesOf({ l1, l2 }: Pick<Objective, 'l1' | 'l2'>): readonly Transform[] {
  return l1 === 0 && l2 === 0 ? [] : [addPenalties(l1, l2)];
}

function clippingOf({ clip }: Objective): readonly Transform[] {
  return clip > 0 ? [clipByGlobalNorm(clip)] : [];
}

function scalingOf({ optimizer, momentum, decay }: Objective): readonly Transform[] {
  switch (optimizer) {
    case 'sgd':
      return [];
    case 'momentum':
      return [accumulateMomentum(momentum, false)];
    case 'nesterov':
      return [accumulateMomentum(momentum, true)];
    case 'rmsprop':
      return [scaleByMeanSquare(RMSPROP_RHO, EPSILON)];
    case 'adagrad':
      return [scaleBySumOfSquares(EPSILON)];
    case 'adam':
      return [scaleByAdam(...ADAM_BETAS, EPSILON)];
    case 'adamw':
      return [scaleByAdam(...ADAM_BETAS, EPSILON), addDecay(decay)];
    case 'lion':
      return [signOfMomentum(...LION_BETAS), addDecay(decay)];
  }
}
