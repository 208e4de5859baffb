import type { Objective } from '../../engine/trainer';
import type { Task } from '../../experiment/architecture';
import type { Extent } from './schedule';
import type { TrainOptions } from './spec';

/** The objective that the options spell; `auto` is cross-entropy for classes and the squared error for numbers. */
export function objectiveOf(options: TrainOptions, task: Task): Objective {
  const auto = task === 'classification' ? 'crossentropy' : 'mse';
  return {
    loss: options.loss === 'auto' ? auto : options.loss,
    optimizer: options.optimizer,
    momentum: options.momentum,
    decay: options.decay,
    l1: options.l1,
    l2: options.l2,
    clip: options.clip,
    labelSmoothing: options.smooth,
    distillation: null,
    roundings: null,
    shares: false,
    frozen: 0,
    rates: {},
  };
}

/** Test evaluations an epoch; in short epochs one every so many iterations instead. */
const EVALUATIONS_PER_EPOCH = 5;
const SHORT_EPOCH = 50;
const SHORT_INTERVAL = 10;

/**
 * Whether the whole test set is measured after `done` iterations of the step. It depends on the count
 * alone, never on the clock, so that the curve is the same on every machine. `most`: about so many times in all.
 */
export function isEvaluated(done: number, { perEpoch, total }: Extent, most = Infinity): boolean {
  const usual =
    perEpoch < SHORT_EPOCH ? SHORT_INTERVAL : Math.ceil(perEpoch / EVALUATIONS_PER_EPOCH);
  const interval = Math.max(usual, Math.ceil(total / most));
  return done === total || done % interval === 0;
}
