import type { Activation } from '../../../experiment/architecture';
import { ACTIVATION_FUNCTIONS, belowReads, passDown } from './activation';
import type { WindowShape } from './conv';
import { each, u, type Shader } from './wgsl';

export interface PoolShape extends WindowShape {
  readonly average: boolean;
}

/** Splits `i` into picture, row, column and channel of pictures of that size. */
function split(height: number, width: number, channels: number): string {
  return `let channel = i % ${u(channels)};
    let column = i / ${u(channels)} % ${u(width)};
    let row = i / ${u(channels * width)} % ${u(height)};
    let picture = i / ${u(channels * width * height)};`;
}

/** The largest, or the mean, of every window: from `x`. */
export function pool(shape: PoolShape): Shader {
  const { count, height, width, channels, outHeight, outWidth, size, stride, average } = shape;
  const [start, add, end] = average
    ? ['0f', 'result += value;', `result / ${String(size * size)}`]
    : ['x[first]', 'result = max(result, value);', 'result'];
  return each(count * outHeight * outWidth * channels, {
    ...{ reads: ['x'], writes: ['y'] },
    body: `${split(outHeight, outWidth, channels)}
    let first = ((picture * ${u(height)} + row * ${u(stride)}) * ${u(width)} + column * ${u(stride)}) * ${u(channels)} + channel;
    var result = ${start};
    for (var ky = 0u; ky < ${u(size)}; ky++) { for (var kx = 0u; kx < ${u(size)}; kx++) {
      let value = x[first + (ky * ${u(width)} + kx) * ${u(channels)}];
      ${add}
    } }
    y[i] = ${end};`,
  });
}

/**
 * The gradient by the pictures, times the slope of the activation below at `y`: from `dy` and, of a max
 * pool, `x` and `pooled`. Of equal largest values the first in the window gets it.
 */
export function poolGradient(shape: PoolShape, below: Activation): Shader {
  const { count, height, width, channels, outHeight, outWidth, size, stride, average } = shape;
  const given = average
    ? `gradient += dy[out] / ${String(size * size)};`
    : `if (x[i] == pooled[out]) {
        var isFirst = true;
        for (var before = 0u; before < (row - oy * ${u(stride)}) * ${u(size)} + column - ox * ${u(stride)}; before++) {
          let y = oy * ${u(stride)} + before / ${u(size)};
          let at = (picture * ${u(height)} + y) * ${u(width)} + ox * ${u(stride)} + before % ${u(size)};
          if (x[at * ${u(channels)} + channel] == pooled[out]) { isFirst = false; }
        }
        if (isFirst) { gradient += dy[out]; }
      }`;
  // Windows from the first that reaches this far to the last that has begun.
  const from = (at: string) =>
    `select(0u, (${at} + ${u(stride)} - ${u(size)}) / ${u(stride)}, ${at} >= ${u(size)})`;
  const upTo = (at: string, out: number) => `min(${u(out - 1)}, ${at} / ${u(stride)})`;
  return each(count * height * width * channels, {
    reads: ['dy', ...(average ? [] : ['x', 'pooled']), ...belowReads(below)],
    ...{ writes: ['dx'], functions: ACTIVATION_FUNCTIONS },
    body: `${split(height, width, channels)}
    var gradient = 0f;
    for (var oy = ${from('row')}; oy <= ${upTo('row', outHeight)}; oy++) {
      for (var ox = ${from('column')}; ox <= ${upTo('column', outWidth)}; ox++) {
      // With strides wider than windows there are pixels that no window holds.
      if (row - oy * ${u(stride)} < ${u(size)} && column - ox * ${u(stride)} < ${u(size)}) {
        let out = ((picture * ${u(outHeight)} + oy) * ${u(outWidth)} + ox) * ${u(channels)} + channel;
        ${given}
      } } }
    ${passDown(below, 'gradient', 'i')}`,
  });
}
