import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import { randomOf } from '../experiment/random';

/**
 * A dropout mask of `shape`: 0 with probability `rate`, else 1/(1−rate) (Srivastava et al. 2014, scaled
 * in training). Drawn on the CPU, so that it is the same on every backend.
 */
export function dropoutMask(shape: readonly number[], rate: number, seed: number): Tensor {
  const random = randomOf(seed);
  const kept = 1 / (1 - rate);
  const values = new Float32Array(shape.reduce((product, side) => product * side, 1));
  for (let i = 0; i < values.length; i++) values[i] = random.uniform() < rate ? 0 : kept;
  return tensor(values, [...shape], 'float32');
}

/** A seed of its own for each layer of an iteration, so that equal layers drop different inputs. */
export function layerSeed(iterationSeed: number, layerIndex: number): number {
  return (iterationSeed ^ Math.imul(layerIndex + 1, 0x9e3779b1)) >>> 0;
}
