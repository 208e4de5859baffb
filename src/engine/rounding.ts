import {
  abs,
  add,
  cast,
  clipByValue,
  div,
  exp,
  floor,
  greater,
  less,
  lessEqual,
  log,
  max,
  maximum,
  min,
  minimum,
  mul,
  neg,
  onesLike,
  pad,
  pow,
  reshape,
  round,
  scalar,
  slice,
  sub,
  sum,
  where,
  zerosLike,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { TERNARY_THRESHOLD } from './constants';
import { kernelGrids, type KernelGrids } from './kernel-grids';
import { mapTensors, tensorOf, type Tensors } from './tensors';
import { stepOf, type Rounding, type Roundings } from './trainer';

/** The parameters with their kernels rounded; inside a `tidy`. */
export function roundKernels(
  parameters: Tensors,
  masks: Tensors,
  roundings: Roundings | null,
): Tensors {
  if (roundings === null) return parameters;
  return mapTensors(parameters, (value, name) => {
    const rounding = roundings[name];
    if (rounding === undefined) return value;
    const grids = kernelGrids(rounding, value.shape);
    const mask = masks[name];
    const rounded = roundBlocks(
      inBlocks(value, grids),
      inBlocks(mask ?? onesLike(value), grids),
      rounding,
      parameters[stepOf(name)],
    );
    return outOfBlocks(rounded, grids, value.shape);
  });
}

/**
 * Of gradients by rounded kernels those by the weights, which end beyond a learned grid, and by the steps:
 * with v = w/s, `∂ŵ/∂s` is round(v) − v on the grid and its end beyond (Esser et al. 2020, equation 3).
 */
export function learnedGradients(
  gradients: Tensors,
  parameters: Tensors,
  roundings: Roundings | null,
): Tensors {
  if (roundings === null) return gradients;
  const learned = Object.entries(gradients).flatMap(([name, gradient]): [string, Tensor][] => {
    const rounding = roundings[name];
    if (rounding?.scheme !== 'learned') return [[name, gradient]];
    const grids = kernelGrids(rounding, gradient.shape);
    const step = tensorOf(parameters, stepOf(name));
    const dy = inBlocks(gradient, grids);
    const scale = scaleOf(step, dy);
    const v = div(inBlocks(tensorOf(parameters, name), grids), scale);
    const largest = largestCode(rounding);
    const inside = lessEqual(abs(v), largest);
    const slope = where(inside, sub(round(v), v), clipByValue(v, -largest, largest));
    const byScale = mul(sum(mul(dy, slope), ROWS, true), scale);
    const byWeights = where(inside, dy, zerosLike(dy));
    return [
      [name, outOfBlocks(byWeights, grids, gradient.shape)],
      [stepOf(name), reshape(byScale, step.shape)],
    ];
  });
  return Object.fromEntries(learned);
}

/** The axis of `[blocks, rows, columns]` along which weights share a grid. */
const ROWS = 1;

/** A kernel as `[blocks, rows, columns]`; what is missing in the last block is 0. */
function inBlocks(kernel: Tensor, { rows, columns, blockRows, blocks }: KernelGrids): Tensor {
  const flat = reshape(kernel, [rows, columns]);
  const missing = blocks * blockRows - rows;
  const whole = missing === 0 ? flat : pad(flat, [[0, missing], [0, 0]]); // prettier-ignore
  return reshape(whole, [blocks, blockRows, columns]);
}

function outOfBlocks(
  values: Tensor,
  { rows, columns, blockRows, blocks }: KernelGrids,
  shape: number[],
): Tensor {
  const flat = reshape(values, [blocks * blockRows, columns]);
  return reshape(slice(flat, [0, 0], [rows, columns]), shape);
}

/** The learned scales of the grids of `w`, `[blocks, 1, columns]`. */
function scaleOf(step: Tensor, { shape: [blocks = 1, , columns = 1] }: Tensor): Tensor {
  return reshape(exp(step), [blocks, 1, columns]);
}

function largestCode({ bits }: Rounding): number {
  return 2 ** (bits - 1) - 1;
}

/** Weights `[blocks, rows, columns]`, each rounded to its grid. Pruned ones are zero, there and here. */
function roundBlocks(
  w: Tensor,
  mask: Tensor,
  rounding: Rounding,
  step: Tensor | undefined,
): Tensor {
  const { scheme, bits } = rounding;
  const size = abs(w);
  const largestSize = () => max(size, ROWS, true);
  const onGrid = (scale: Tensor) => {
    const largest = largestCode(rounding);
    return mul(clipByValue(round(div(w, scale)), -largest, largest), scale);
  };
  const signed = (sizes: Tensor) => where(less(w, 0), neg(sizes), sizes);
  const mean = () => meanOf(mul(size, mask), mask);
  switch (scheme) {
    case 'learned':
      if (step === undefined) throw new RangeError('A learned grid has no step.');
      return onGrid(scaleOf(step, w));
    case 'symmetric':
      return onGrid(orOne(div(largestSize(), largestCode(rounding))));
    case 'affine': {
      const zero = scalar(0);
      const [low, high] = [minimum(min(w, ROWS, true), zero), maximum(max(w, ROWS, true), zero)];
      const largest = 2 ** bits - 1;
      const scale = orOne(div(sub(high, low), largest));
      const zeroPoint = round(div(neg(low), scale));
      const codes = clipByValue(add(round(div(w, scale)), zeroPoint), 0, largest);
      return mul(mul(sub(codes, zeroPoint), scale), mask);
    }
    case 'power2': {
      const scale = orOne(nearestPower(largestSize()));
      const least = mul(scale, 2 ** (2 - 2 ** (bits - 1)));
      const sizes = maximum(least, minimum(scale, nearestPower(size)));
      const isZero = less(size, div(least, 2));
      return where(isZero, zerosLike(w), mul(signed(sizes), mask));
    }
    case 'binary':
      return mul(signed(mul(mean(), onesLike(w))), mask);
    case 'ternary': {
      const above = greater(size, mul(mean(), TERNARY_THRESHOLD));
      const large = cast(above, 'float32');
      const scale = orOne(meanOf(mul(size, large), large));
      return mul(signed(mul(scale, onesLike(w))), large);
    }
  }
}

/** The mean of each grid's `values` over those that count; 0 where none does. */
function meanOf(values: Tensor, counts: Tensor): Tensor {
  return div(sum(values, ROWS, true), maximum(sum(counts, ROWS, true), scalar(1)));
}

/** Zeros alone have no scale of their own: theirs is 1. */
function orOne(scale: Tensor): Tensor {
  return where(greater(scale, 0), scale, onesLike(scale));
}

/** Of positive numbers the nearest powers of two, of equally near ones the larger; of 0 it is 0. */
function nearestPower(size: Tensor): Tensor {
  const exponent = add(floor(div(log(div(size, 1.5)), Math.LN2)), 1);
  return where(greater(size, 0), pow(scalar(2), exponent), zerosLike(size));
}
