import {
  cast,
  gather,
  less,
  mul,
  reshape,
  tensor1d,
  unsortedSegmentSum,
  type Tensor,
  type Tensor1D,
} from '@tensorflow/tfjs-core';
import { levelCount, sharedLevels } from './codebook-levels';
import { mapTensors, type Tensors } from './tensors';
import type { Network, Objective } from './trainer';

/** Of a kernel whose weights move together: which level each is on, flat, and how many there are. */
export interface Levels {
  readonly indices: Tensor1D;
  readonly count: number;
}

/** By kernel name. */
export type SharedLevels = Readonly<Record<string, Levels>>;

export function uploadLevels(network: Network, objective: Objective): SharedLevels {
  return Object.fromEntries(
    Object.entries(sharedLevels(network, objective)).map(([name, levels]) => {
      // Those on no level are given one behind the last.
      const count = levelCount(levels);
      const indices = levels.map((level) => (level < 0 ? count : level));
      return [name, { indices: tensor1d(indices, 'int32'), count }];
    }),
  );
}

/** Gives weights that share a level the sum of their gradients, and none to those on no level. */
export function shareGradients(gradients: Tensors, shared: SharedLevels): Tensors {
  return mapTensors(gradients, (gradient, name): Tensor => {
    const levels = shared[name];
    if (levels === undefined) return gradient;
    const { indices, count } = levels;
    const sums = unsortedSegmentSum(reshape(gradient, [gradient.size]), indices, count + 1);
    const spread = mul(gather(sums, indices), cast(less(indices, count), 'float32'));
    return reshape(spread, gradient.shape);
  });
}
