import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import { dropoutValues } from './dropout-values';

/**
 * A dropout mask of `shape`: 0 with probability `rate`, else 1/(1−rate) (Srivastava et al. 2014, scaled
 * in training). Drawn on the CPU, so that it is the same on every backend.
 */
export function dropoutMask(shape: readonly number[], rate: number, seed: number): Tensor {
  const length = shape.reduce((product, side) => product * side, 1);
  return tensor(dropoutValues(length, rate, seed), [...shape], 'float32');
}
