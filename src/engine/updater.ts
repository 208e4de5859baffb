import type { Objective } from './trainer';

/** An optimizer without a network: it moves numbers by gradients that somebody else has. */
export interface Updater {
  /**
   * One update by the gradient at the present numbers. Returns the numbers after it, which last until the next
   * call.
   */
  update(gradient: Float32Array, learningRate: number): Float32Array;
  dispose(): void;
}

/** What of an objective concerns the optimizer alone. */
export type UpdateRule = Pick<Objective, 'optimizer' | 'momentum' | 'decay'>;

/** Makes updaters, each at its own start. Decay acts on the numbers as on a kernel. */
export type Updaters = (start: Float32Array, rule: UpdateRule) => Updater;

/** The numbers as the parameter of a network. */
export const NUMBERS = 'theta.kernel';

/** No penalty, no clipping: the optimizer as it is. */
export function objectiveOf(rule: UpdateRule): Objective {
  return {
    ...rule,
    ...{ loss: 'mse', l1: 0, l2: 0, clip: 0, labelSmoothing: 0 },
    ...{ distillation: null, roundings: null, shares: false, frozen: 0, rates: {} },
  };
}
