import {
  abs,
  add,
  cast,
  clipByValue,
  div,
  exp,
  greater,
  less,
  lessEqual,
  max,
  maximum,
  min,
  minimum,
  mul,
  neg,
  onesLike,
  reshape,
  round,
  scalar,
  sub,
  sum,
  where,
  zerosLike,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { TERNARY_THRESHOLD } from './constants';
import { mapTensors, tensorOf, type Tensors } from './tensors';
import { isKernel } from './transforms';
import { stepOf, type Rounding } from './trainer';

/** The parameters with every kernel rounded; inside a `tidy`. */
export function roundKernels(
  parameters: Tensors,
  masks: Tensors,
  rounding: Rounding | null,
): Tensors {
  if (rounding === null) return parameters;
  return mapTensors(parameters, (value, name) =>
    isKernel(name) ? rounded(value, masks[name], rounding, parameters[stepOf(name)]) : value,
  );
}

/**
 * Of gradients by rounded kernels those by the weights, which end beyond a learned grid, and by the steps:
 * with v = w/s, `∂ŵ/∂s` is round(v) − v on the grid and its end beyond (Esser et al. 2020, equation 3).
 */
export function learnedGradients(
  gradients: Tensors,
  parameters: Tensors,
  rounding: Rounding | null,
): Tensors {
  if (rounding?.scheme !== 'learned') return gradients;
  const largest = 2 ** (rounding.bits - 1) - 1;
  const learned = Object.entries(gradients).flatMap(([name, dy]): [string, Tensor][] => {
    if (!isKernel(name)) return [[name, dy]];
    const scale = exp(tensorOf(parameters, stepOf(name)));
    const v = div(tensorOf(parameters, name), scale);
    const inside = lessEqual(abs(v), largest);
    const slope = where(inside, sub(round(v), v), clipByValue(v, -largest, largest));
    const axes = Array.from({ length: v.rank - (rounding.perOutput ? 1 : 0) }, (_, axis) => axis);
    const byScale = reshape(sum(mul(dy, slope), axes), scale.shape);
    return [
      [name, where(inside, dy, zerosLike(dy))],
      [stepOf(name), mul(byScale, scale)],
    ];
  });
  return Object.fromEntries(learned);
}

/** Pruned weights are zero in `w`. */
function rounded(
  w: Tensor,
  mask: Tensor | undefined,
  rounding: Rounding,
  step: Tensor | undefined,
): Tensor {
  const { scheme, bits, perOutput } = rounding;
  if (step !== undefined) {
    const largest = 2 ** (bits - 1) - 1;
    const scale = exp(step);
    return mul(clipByValue(round(div(w, scale)), -largest, largest), scale);
  }
  const axes = Array.from({ length: w.rank - (perOutput ? 1 : 0) }, (_, axis) => axis);
  const kept = (values: Tensor) => (mask === undefined ? values : mul(values, mask));
  const scaleOf = (scale: Tensor) => where(greater(scale, 0), scale, onesLike(scale));
  if (scheme === 'symmetric') {
    const largest = 2 ** (bits - 1) - 1;
    const scale = scaleOf(div(max(abs(w), axes, true), largest));
    return mul(clipByValue(round(div(w, scale)), -largest, largest), scale);
  }
  if (scheme === 'affine') {
    const zero = scalar(0);
    const [low, high] = [minimum(min(w, axes, true), zero), maximum(max(w, axes, true), zero)];
    const largest = 2 ** bits - 1;
    const scale = scaleOf(div(sub(high, low), largest));
    const zeroPoint = round(div(neg(low), scale));
    const codes = clipByValue(add(round(div(w, scale)), zeroPoint), 0, largest);
    return kept(mul(sub(codes, zeroPoint), scale));
  }
  const size = abs(w);
  const count = sum(mask ?? onesLike(w), axes, true);
  const mean = div(sum(size, axes, true), maximum(count, scalar(1)));
  const signs = where(less(w, 0), neg(onesLike(w)), onesLike(w));
  if (scheme === 'binary') return kept(mul(signs, mean));
  const above = greater(size, mul(mean, TERNARY_THRESHOLD));
  const large = sum(cast(above, 'float32'), axes, true);
  const scale = div(
    sum(where(above, size, zerosLike(size)), axes, true),
    maximum(large, scalar(1)),
  );
  return where(above, mul(signs, scaleOf(scale)), zerosLike(w));
}
