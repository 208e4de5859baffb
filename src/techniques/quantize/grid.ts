import type { Quantizer } from '../../experiment/checkpoint';
import { roundHalfEven } from './round';

/** One scale and zero point: the grid `{(q − zeroPoint) · scale}` of a tensor or of a channel. */
export interface Grid {
  readonly scale: number;
  readonly zeroPoint: number;
}

export type Scheme = Quantizer['scheme'];

/** The weights that a grid is fitted to: every `stride`-th value from `offset`, pruned ones left out. */
export interface Weights {
  readonly values: Float32Array;
  readonly mask: Uint8Array | undefined;
  readonly offset: number;
  readonly stride: number;
}

/** The scheme that `bits` allow: below 2 bits only a sign is left, and symmetric 2 bits are ternary. */
export function schemeAt(bits: number, wanted: 'symmetric' | 'affine'): Scheme {
  if (bits === 1) return 'binary';
  return bits === 2 && wanted === 'symmetric' ? 'ternary' : wanted;
}

/** Share of mean |w| below which a ternary weight is zero (Li, Zhang & Liu 2016). */
const TERNARY_THRESHOLD = 0.7;

/** Below the first lie the subnormal numbers of float32, evenly spaced by the second. */
const SMALLEST_NORMAL = 2 ** -126;
const SMALLEST = 2 ** -149;

/** The grid of `scheme` for these weights, with a scale that float32 holds exactly. */
export function fitGrid(scheme: Scheme, bits: number, weights: Weights): Grid {
  switch (scheme) {
    case 'symmetric': {
      const largest = fold(weights, 0, (max, w) => Math.max(max, Math.abs(w)));
      return { scale: scaleOf(largest / (2 ** (bits - 1) - 1)), zeroPoint: 0 };
    }
    case 'affine': {
      const low = fold(weights, 0, Math.min);
      const high = fold(weights, 0, Math.max);
      const scale = scaleOf((high - low) / (2 ** bits - 1));
      return { scale, zeroPoint: roundHalfEven(-low / scale) };
    }
    case 'ternary': {
      const cut = TERNARY_THRESHOLD * meanMagnitude(weights, -1);
      return { scale: scaleOf(meanMagnitude(weights, cut)), zeroPoint: 0 };
    }
    case 'binary':
      // Without a code for zero, only the scale 0 keeps a tensor of zeros as it is.
      return { scale: float32Scale(meanMagnitude(weights, -1)), zeroPoint: 0 };
  }
}

/** Replaces these weights by their nearest values on the grid; pruned ones by 0. */
export function snap(scheme: Scheme, bits: number, grid: Grid, weights: Weights): void {
  const { values, mask, offset, stride } = weights;
  const encode = encoder(scheme, bits, grid, weights);
  for (let i = offset; i < values.length; i += stride) {
    const kept = mask?.[i] !== 0;
    // The difference is a small integer, so the product is rounded once, by the float32 array.
    values[i] = kept ? (encode(values[i] ?? 0) - grid.zeroPoint) * grid.scale : 0;
  }
}

/** The code `q` of a weight: `clamp(round(w/scale) + zeroPoint)`, or a sign for the schemes of few bits. */
function encoder(
  scheme: Scheme,
  bits: number,
  { scale, zeroPoint }: Grid,
  weights: Weights,
): (w: number) => number {
  switch (scheme) {
    case 'symmetric': {
      const largest = 2 ** (bits - 1) - 1;
      return (w) => Math.max(-largest, Math.min(largest, roundHalfEven(w / scale)));
    }
    case 'affine': {
      const largest = 2 ** bits - 1;
      return (w) => Math.max(0, Math.min(largest, roundHalfEven(w / scale) + zeroPoint));
    }
    case 'ternary': {
      const cut = TERNARY_THRESHOLD * meanMagnitude(weights, -1);
      return (w) => (Math.abs(w) > cut ? (w < 0 ? -1 : 1) : 0);
    }
    case 'binary':
      return (w) => (w < 0 ? -1 : 1);
  }
}

/** The mean of the |w| above `cut`; 0 where there is none. */
function meanMagnitude(weights: Weights, cut: number): number {
  let count = 0;
  const sum = fold(weights, 0, (total, w) => {
    const magnitude = Math.abs(w);
    if (magnitude <= cut) return total;
    count += 1;
    return total + magnitude;
  });
  return count === 0 ? 0 : sum / count;
}

/** Zeros alone have no scale of their own: theirs is 1. */
function scaleOf(scale: number): number {
  return scale === 0 ? 1 : float32Scale(scale);
}

/** The scale as float32; upwards where float32 is too coarse, lest the range be cut off. */
function float32Scale(scale: number): number {
  return scale < SMALLEST_NORMAL ? Math.ceil(scale / SMALLEST) * SMALLEST : Math.fround(scale);
}

function fold(
  { values, mask, offset, stride }: Weights,
  initial: number,
  combine: (result: number, w: number) => number,
): number {
  let result = initial;
  for (let i = offset; i < values.length; i += stride) {
    if (mask?.[i] !== 0) result = combine(result, values[i] ?? 0);
  }
  return result;
}
