import type { Quantizer } from '../../experiment/checkpoint';
import { TERNARY_THRESHOLD } from '../../engine/constants';
import { entropyLoss } from './entropy';
import { roundHalfEven } from './round';

/** One scale and zero point: the grid of a tensor, of an output, or of a group of its inputs. */
export interface Grid {
  readonly scale: number;
  readonly zeroPoint: number;
}

/** Schemes whose grids follow from a scale. */
export type Scheme = Exclude<Quantizer['scheme'], 'codebook'>;

/**
 * What of the numbers a grid covers: all, all but the outermost, whatever makes the squared error least, or
 * whatever keeps most of their distribution.
 */
export type Range =
  | { readonly by: 'minmax' | 'mse' | 'entropy' }
  | { readonly by: 'percentile'; readonly share: number };

/** The range that options name; `share` counts where it is a percentile. */
export function rangeOf(by: Range['by'], share: number): Range {
  return by === 'percentile' ? { by, share } : { by };
}

/** The weights that a grid is fitted to: every `stride`-th value from `offset` to before `end`, pruned ones left out. */
export interface Weights {
  readonly values: Float32Array;
  readonly mask: Uint8Array | undefined;
  readonly offset: number;
  readonly stride: number;
  readonly end: number;
}

/** The scheme that `bits` allow: below 2 bits only a sign is left, and symmetric 2 bits are ternary. */
export function schemeAt<Wanted extends 'symmetric' | 'affine' | 'power2' | 'codebook'>(
  bits: number,
  wanted: Wanted,
): Wanted | 'ternary' | 'binary' {
  if (wanted === 'codebook') return wanted;
  if (bits === 1) return 'binary';
  return bits === 2 && wanted === 'symmetric' ? 'ternary' : wanted;
}

/** Below the first lie the subnormal numbers of float32, evenly spaced by the second. */
const SMALLEST_NORMAL = 2 ** -126;
const SMALLEST = 2 ** -149;

/** The grid of `scheme` for these weights, with a scale that float32 holds exactly. */
export function fitGrid(scheme: Scheme, bits: number, weights: Weights, range: Range): Grid {
  switch (scheme) {
    case 'symmetric':
    case 'affine':
      return fitEvenGrid(scheme, bits, weights, range);
    case 'power2': {
      const largest = fold(weights, 0, (max, w) => Math.max(max, Math.abs(w)));
      return { scale: largest === 0 ? 1 : nearestPower(largest), zeroPoint: 0 };
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

function fitEvenGrid(
  scheme: 'symmetric' | 'affine',
  bits: number,
  weights: Weights,
  range: Range,
): Grid {
  const [low, high] = extremes(scheme, weights, range.by === 'percentile' ? range.share : 1);
  const grid = (part: number) => gridBetween(scheme, bits, part * low, part * high);
  const round = (part: number) => rounder(scheme, bits, grid(part), weights);
  switch (range.by) {
    case 'minmax':
    case 'percentile':
      return grid(1);
    case 'mse':
      return grid(bestShare((part) => squaredError(round(part), weights)));
    case 'entropy': {
      const lost = entropyLoss(keptOf(weights), low, high);
      return grid(bestShare((part) => lost(part, round(part))));
    }
  }
}

/** Shares of the whole range among which the best is searched. */
const SHARES = Array.from({ length: 41 }, (_, i) => 1 - i / 50);

function gridBetween(
  scheme: 'symmetric' | 'affine',
  bits: number,
  low: number,
  high: number,
): Grid {
  if (scheme === 'symmetric') {
    return { scale: scaleOf(high / (2 ** (bits - 1) - 1)), zeroPoint: 0 };
  }
  const scale = scaleOf((high - low) / (2 ** bits - 1));
  return { scale, zeroPoint: roundHalfEven(-low / scale) };
}

/**
 * The range that a share of the weights lies in, zero included: symmetric, the largest of that share of the
 * |w|; affine, what as many lie above and below.
 */
function extremes(
  scheme: 'symmetric' | 'affine',
  weights: Weights,
  share: number,
): readonly [low: number, high: number] {
  if (share === 1) {
    const [low, high] = [fold(weights, 0, Math.min), fold(weights, 0, Math.max)];
    const largest = Math.max(-low, high);
    return scheme === 'affine' ? [low, high] : [-largest, largest];
  }
  const kept = keptOf(weights);
  const sorted = (scheme === 'affine' ? kept : kept.map(Math.abs)).sort();
  const last = Math.max(0, Math.ceil(share * sorted.length) - 1);
  const high = Math.max(0, sorted[last] ?? 0);
  return scheme === 'affine'
    ? [Math.min(0, sorted[sorted.length - 1 - last] ?? 0), high]
    : [-high, high];
}

/** The share of the range with the least error; of equal ones the largest. */
function bestShare(errorOf: (share: number) => number): number {
  const errors = SHARES.map(errorOf);
  return SHARES[errors.indexOf(Math.min(...errors))] ?? 1;
}

function squaredError(round: (w: number) => number, weights: Weights): number {
  return fold(weights, 0, (sum, w) => sum + (round(w) - w) ** 2);
}

/** Of a positive number the nearest power of two, of equally near ones the larger, that float32 holds. */
function nearestPower(magnitude: number): number {
  let exponent = Math.floor(Math.log2(magnitude));
  // The logarithm is rounded.
  if (2 ** exponent > magnitude) exponent -= 1;
  if (magnitude >= 1.5 * 2 ** exponent) exponent += 1;
  return 2 ** Math.max(-149, Math.min(127, exponent));
}

/** Replaces these weights by their nearest values on the grid; pruned ones by 0. */
export function snap(scheme: Scheme, bits: number, grid: Grid, weights: Weights): void {
  const { values, mask, offset, stride, end } = weights;
  const round = rounder(scheme, bits, grid, weights);
  for (let i = offset; i < end; i += stride) {
    values[i] = mask?.[i] === 0 ? 0 : round(values[i] ?? 0);
  }
}

/** A weight's nearest value on the grid, as float64: the code's difference is a small integer. */
function rounder(
  scheme: Scheme,
  bits: number,
  grid: Grid,
  weights: Weights,
): (w: number) => number {
  if (scheme === 'power2') return (w) => nearestSignedPower(w, bits, grid.scale);
  const encode = encoder(scheme, bits, grid, weights);
  return (w) => (encode(w) - grid.zeroPoint) * grid.scale;
}

/** 0, or ± one of the 2^(bits−1) − 1 powers of two from `largest` down; halfway the larger. */
function nearestSignedPower(w: number, bits: number, largest: number): number {
  const magnitude = Math.abs(w);
  const least = largest * 2 ** (2 - 2 ** (bits - 1));
  if (magnitude < least / 2 || magnitude === 0) return 0;
  return Math.sign(w) * Math.max(least, Math.min(largest, nearestPower(magnitude)));
}

/** The code `q` of a weight: `clamp(round(w/scale) + zeroPoint)`, or a sign for the schemes of few bits. */
function encoder(
  scheme: Exclude<Scheme, 'power2'>,
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

/** The weights that are not pruned. */
function keptOf(weights: Weights): Float32Array {
  const kept: number[] = [];
  fold(weights, 0, (_, w) => kept.push(w));
  return Float32Array.from(kept);
}

function fold(
  { values, mask, offset, stride, end }: Weights,
  initial: number,
  combine: (result: number, w: number) => number,
): number {
  let result = initial;
  for (let i = offset; i < end; i += stride) {
    if (mask?.[i] !== 0) result = combine(result, values[i] ?? 0);
  }
  return result;
}
