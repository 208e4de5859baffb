import { ACTIVATIONS, type Activation } from '../experiment/architecture';

/** ε of RMSProp, Adagrad and Adam; outside the square root. */
export const EPSILON = 1e-8;
export const RMSPROP_RHO = 0.9;
export const ADAM_BETAS = [0.9, 0.999] as const;
export const LION_BETAS = [0.9, 0.99] as const;

/** Slope of the leaky ReLU below zero (Maas et al. 2013). */
export const LEAKY_SLOPE = 0.01;

/** Keeps the division finite where a feature is constant. */
export const BATCH_NORM_EPSILON = 1e-5;

/**
 * Share of the moving average that stays at each step. 0.9, not the 0.99 that long runs on large data
 * take: a run here may have a few dozen iterations in all.
 */
export const BATCH_NORM_MOMENTUM = 0.9;

/** Share of mean |w| below which a ternary weight is zero (Li, Zhang & Liu 2016). */
export const TERNARY_THRESHOLD = 0.7;

/** The number that assembly knows an activation by; what is none is not computed. */
export function activationCode(activation: Exclude<Activation, 'none'>): number {
  return 1 + ACTIVATIONS.indexOf(activation);
}
