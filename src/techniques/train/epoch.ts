import { epochOrder } from '../../data/order';
import type { Split } from '../../data/dataset';
import { randomFrom, type Random, type RandomState } from '../../experiment/random';

/** One pass over the training examples, and the generator's state before its order was drawn. */
export interface Epoch {
  readonly order: ArrayLike<number> & { subarray(start: number, end: number): ArrayLike<number> };
  readonly random: RandomState;
}

/** Draws the order of the next epoch. `first`: of the whole experiment, while shards still arrive. */
export function beginEpoch(random: Random, split: Split, first: boolean): Epoch {
  const before = random.state();
  return { order: epochOrder(random, split.shardSizes, first), random: before };
}

/** The epoch that a snapshot was taken in the middle of. */
export function recallEpoch(before: RandomState, split: Split, first: boolean): Epoch {
  return beginEpoch(randomFrom(before), split, first);
}
