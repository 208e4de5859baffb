import type { Relief } from '../../lab/results';

/** Contours between the lowest and the highest value. */
export const LEVELS = 16;
/** Of all values so many lie below what a logarithmic scale takes for small. */
const SMALL = 0.02;

/** How high values are drawn: from 0, the lowest, to 1, the highest in the picture. */
export interface Heights {
  readonly of: (value: number) => number;
  /** The value of a height. */
  readonly valueAt: (height: number) => number;
}

/**
 * By difference, or where values span decades `log(1 + d/s)` of the difference d from the lowest, with s a small
 * one: equal heights are equal ratios from s on.
 */
export function heightsOf({ values, lowest, levels }: Relief): Heights {
  const sorted = values.filter(Number.isFinite).sort();
  const highest = sorted.at(-1) ?? lowest;
  const range = highest - lowest;
  if (!(range > 0)) return { of: () => 0, valueAt: () => lowest };
  if (levels === 'linear') {
    return {
      of: (value) => clamp((value - lowest) / range),
      valueAt: (height) => lowest + height * range,
    };
  }
  const low = (sorted[Math.floor(SMALL * sorted.length)] ?? lowest) - lowest;
  const small = Math.max(low, range * 1e-9);
  const whole = Math.log1p(range / small);
  return {
    of: (value) => clamp(Math.log1p(Math.max(0, value - lowest) / small) / whole),
    valueAt: (height) => lowest + small * Math.expm1(height * whole),
  };
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}
