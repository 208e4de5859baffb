import {
  abs,
  add,
  cast,
  clipByValue,
  div,
  greater,
  less,
  max,
  maximum,
  min,
  minimum,
  mul,
  neg,
  onesLike,
  round,
  scalar,
  sub,
  sum,
  where,
  zerosLike,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { TERNARY_THRESHOLD } from './constants';
import { mapTensors, type Tensors } from './tensors';
import { isKernel } from './transforms';
import type { Rounding } from './trainer';

/** The parameters with every kernel rounded; inside a `tidy`. */
export function roundKernels(
  parameters: Tensors,
  masks: Tensors,
  rounding: Rounding | null,
): Tensors {
  if (rounding === null) return parameters;
  return mapTensors(parameters, (value, name) =>
    isKernel(name) ? rounded(value, masks[name], rounding) : value,
  );
}

/** Pruned weights are zero in `w`. */
function rounded(w: Tensor, mask: Tensor | undefined, rounding: Rounding): Tensor {
  const { scheme, bits, perOutput } = rounding;
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
