import type { Shape } from '../../experiment/architecture';
import { sizeOf } from '../../experiment/shapes';

/** What a tensor's numbers may lie in here. */
export type Numbers = Float32Array | Uint8Array;

/** The tensor with its axes in another order: axis `i` of what comes out is axis `order[i]` of what goes in. */
export function transpose<Values extends Numbers>(
  values: Values,
  shape: Shape,
  order: readonly number[],
): Values {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const sides = order.map((axis) => shape[axis] ?? 1);
  const steps = order.map((axis) => strides[axis] ?? 1);
  const { length } = values;
  const turned = values instanceof Float32Array ? new Float32Array(length) : new Uint8Array(length);
  const place = sides.map(() => 0);
  let from = 0;
  for (let to = 0; to < length; to++) {
    turned[to] = values[from] ?? 0;
    for (let axis = sides.length - 1; axis >= 0; axis--) {
      const [at = 0, side = 1, step = 1] = [place[axis], sides[axis], steps[axis]];
      place[axis] = at + 1 < side ? at + 1 : 0;
      from += at + 1 < side ? step : -at * step;
      if (at + 1 < side) break;
    }
  }
  return turned as Values;
}

/** From `[height, width, channels]`, as Whittle has pictures, to ONNX's `[channels, height, width]`; and back. */
export const CHANNELS_FIRST = [2, 0, 1] as const;
export const CHANNELS_LAST = [1, 2, 0] as const;
/** From a kernel `[height, width, channels, filters]` to `[filters, channels, height, width]`; and back. */
export const FILTERS_FIRST = [3, 2, 0, 1] as const;
export const FILTERS_LAST = [2, 3, 1, 0] as const;

/** Whether flattening a picture gives the same order, whichever axis channels are. */
export function isSameEitherWay([height = 1, width = 1, channels = 1]: Shape): boolean {
  return channels === 1 || height * width === 1;
}

/**
 * Inputs `[count, height, width, channels]`, as data sets give them, as the exported files take them:
 * `[count, channels, height, width]`. What is no picture stays as it is.
 */
export function onnxInputs(
  inputs: Float32Array<ArrayBuffer>,
  shape: Shape,
): Float32Array<ArrayBuffer> {
  if (shape.length < 3 || isSameEitherWay(shape)) return inputs;
  return transpose(inputs, [inputs.length / sizeOf(shape), ...shape], [0, 3, 1, 2]);
}

/** The shape of one example in the file. */
export function onnxShape(shape: Shape): Shape {
  const [height = 1, width = 1, channels = 1] = shape;
  return shape.length < 3 ? shape : [channels, height, width];
}
