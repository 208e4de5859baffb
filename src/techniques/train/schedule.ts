import { baseRate } from './rate-changes';
import type { TrainOptions } from './spec';

/** How many iterations a training step takes. */
export interface Extent {
  /** Iterations an epoch: the last batch is smaller where the batch size does not divide the examples. */
  readonly perEpoch: number;
  readonly total: number;
}

/** The extent of training on `examples` examples. */
export function extentOf({ epochs, batch }: TrainOptions, examples: number): Extent {
  const perEpoch = Math.ceil(examples / batch);
  return { perEpoch, total: epochs * perEpoch };
}

/** The learning rate of an iteration of the step, 1 … total: the base rate times warm-up and schedule. */
export function learningRate(options: TrainOptions, iteration: number, extent: Extent): number {
  const warmup = Math.min(extent.total, Math.round(options.warmup * extent.perEpoch));
  const factor =
    iteration <= warmup
      ? iteration / warmup
      : scheduleFactor(options.schedule, (iteration - 1 - warmup) / (extent.total - warmup));
  return baseRate(options, iteration) * factor;
}

/**
 * What the base rate is multiplied by at `progress` in [0, 1), the share of the iterations after the
 * warm-up that are done.
 *
 * - `step`: a tenth after half, a hundredth after three quarters (He et al. 2016, on CIFAR-10).
 * - `cosine`: ½(1 + cos πp), down to zero (Loshchilov & Hutter 2017, without restarts).
 * - `onecycle`: from a tenth up to the base rate and back in equal linear halves, then in the last
 *   tenth down to a thousandth (Smith 2018). Momentum is left as it is.
 */
export function scheduleFactor(schedule: TrainOptions['schedule'], progress: number): number {
  switch (schedule) {
    case 'constant':
      return 1;
    case 'step':
      return progress < 0.5 ? 1 : progress < 0.75 ? 0.1 : 0.01;
    case 'cosine':
      return (1 + Math.cos(Math.PI * progress)) / 2;
    case 'onecycle':
      if (progress < 0.45) return between(0.1, 1, progress / 0.45);
      if (progress < 0.9) return between(1, 0.1, (progress - 0.45) / 0.45);
      return between(0.1, 0.001, (progress - 0.9) / 0.1);
  }
}

function between(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}
