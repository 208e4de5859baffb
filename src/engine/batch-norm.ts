import { add, mean, mul, reshape, rsqrt, square, sub, type Tensor } from '@tensorflow/tfjs-core';
import { BATCH_NORM_EPSILON, BATCH_NORM_MOMENTUM } from './constants';

/** Mean and variance over all axes but the last, each `[channels]`. */
export interface Moments {
  readonly mean: Tensor;
  readonly variance: Tensor;
}

/** `scale · (x − mean) / √(variance + ε) + shift` over the last axis (Ioffe & Szegedy 2015). */
export function normalize(x: Tensor, moments: Moments, scale: Tensor, shift: Tensor): Tensor {
  const factor = mul(scale, rsqrt(add(moments.variance, BATCH_NORM_EPSILON)));
  return add(mul(sub(x, moments.mean), factor), shift);
}

/** The batch's own moments; the variance is the biased one, which normalizes the batch exactly. */
export function batchMoments(x: Tensor): Moments {
  const rows = reshape(x, [-1, x.shape.at(-1) ?? 1]);
  const center = mean(rows, 0);
  return { mean: center, variance: mean(square(sub(rows, center)), 0) };
}

/** The moving average after one more batch of `count` values a channel, with the unbiased variance, as in the paper. */
export function movingMoments(before: Moments, batch: Moments, count: number): Moments {
  const unbiased = count > 1 ? count / (count - 1) : 1;
  const blend = (old: Tensor, now: Tensor, factor: number) =>
    add(mul(old, BATCH_NORM_MOMENTUM), mul(now, (1 - BATCH_NORM_MOMENTUM) * factor));
  return {
    mean: blend(before.mean, batch.mean, 1),
    variance: blend(before.variance, batch.variance, unbiased),
  };
}
