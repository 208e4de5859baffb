import type { Extent } from '../train/schedule';

/**
 * The sparsity at `share` of a gradual pruning, in [0, 1]: `s_f + (s_i − s_f)(1 − share)³` (Zhu & Gupta
 * 2017): fast while much is redundant, slow at the end.
 */
export function gradualSparsity(from: number, to: number, share: number): number {
  return to + (from - to) * (1 - Math.min(1, Math.max(0, share))) ** 3;
}

/**
 * The sparsity after a round of `rounds`, the first being 1: each takes the same share of what is left (Han
 * et al. 2015, Frankle & Carbin 2019).
 */
export function roundSparsity(from: number, to: number, round: number, rounds: number): number {
  return from >= to ? from : 1 - (1 - from) * ((1 - to) / (1 - from)) ** (round / rounds);
}

/** Times at most that gradual pruning looks at the weights. */
const UPDATES = 40;

/** Iterations between two of them, and of the ramp. */
export function gradualExtent(ramp: number, { total }: Extent): { every: number; length: number } {
  const length = Math.max(1, Math.round(ramp * total));
  return { every: Math.ceil(length / UPDATES), length };
}
