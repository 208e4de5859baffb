import { firstOf } from './share';

/**
 * Pools over pictures `[count, height, width, channels]` with square windows, `valid`: four channels at
 * a time, of which those behind the last are read and not stored.
 */

/** The largest, or (`average`) the mean, of every window. */
export function pool(
  x: usize,
  height: i32,
  width: i32,
  channels: i32,
  y: usize,
  outHeight: i32,
  outWidth: i32,
  size: i32,
  stride: i32,
  average: bool,
  count: i32,
  thread: i32,
  threads: i32,
): void {
  const pixel = (<usize>channels) << 2;
  const row = <usize>width * pixel;
  const share = f32x4.splat(<f32>1 / <f32>(size * size));
  const end = firstOf(count, thread + 1, threads);
  for (let image = firstOf(count, thread, threads); image < end; image++) {
    const picture = x + <usize>image * height * row;
    let to = y + <usize>image * outHeight * outWidth * pixel;
    for (let oy = 0; oy < outHeight; oy++) {
      for (let ox = 0; ox < outWidth; ox++) {
        const window = picture + <usize>(oy * stride) * row + <usize>(ox * stride) * pixel;
        for (let channel = 0; channel < channels; channel += 4) {
          const rest = channels - channel;
          const at = window + ((<usize>channel) << 2);
          let result = average ? f32x4.splat(0) : v128.load(at);
          for (let ky = 0; ky < size; ky++) {
            for (let kx = 0; kx < size; kx++) {
              const value = v128.load(at + <usize>ky * row + <usize>kx * pixel);
              result = average ? f32x4.add(result, value) : f32x4.max(result, value);
            }
          }
          give(to + ((<usize>channel) << 2), average ? f32x4.mul(result, share) : result, rest);
        }
        to += pixel;
      }
    }
  }
}

/** The gradient by the pictures; of equal largest values the first in the window gets it. */
export function poolGradient(
  x: usize,
  height: i32,
  width: i32,
  channels: i32,
  y: usize,
  dy: usize,
  dx: usize,
  outHeight: i32,
  outWidth: i32,
  size: i32,
  stride: i32,
  average: bool,
  count: i32,
  thread: i32,
  threads: i32,
): void {
  const pixel = (<usize>channels) << 2;
  const row = <usize>width * pixel;
  const share = f32x4.splat(<f32>1 / <f32>(size * size));
  const zero = f32x4.splat(0);
  const overlaps = stride < size;
  const end = firstOf(count, thread + 1, threads);
  for (let image = firstOf(count, thread, threads); image < end; image++) {
    const picture = <usize>image * height * row;
    memory.fill(dx + picture, 0, <usize>height * row);
    let out = <usize>image * outHeight * outWidth * pixel;
    for (let oy = 0; oy < outHeight; oy++) {
      for (let ox = 0; ox < outWidth; ox++) {
        const window = picture + <usize>(oy * stride) * row + <usize>(ox * stride) * pixel;
        for (let channel = 0; channel < channels; channel += 4) {
          const rest = channels - channel;
          const column = (<usize>channel) << 2;
          let gradient = v128.load(dy + out + column);
          if (average) gradient = f32x4.mul(gradient, share);
          const largest = average ? gradient : v128.load(y + out + column);
          for (let ky = 0; ky < size; ky++) {
            for (let kx = 0; kx < size; kx++) {
              const at = window + <usize>ky * row + <usize>kx * pixel + column;
              const before = overlaps ? v128.load(dx + at) : zero;
              if (average) {
                give(dx + at, f32x4.add(before, gradient), rest);
              } else {
                const chosen = f32x4.eq(v128.load(x + at), largest);
                give(dx + at, f32x4.add(before, v128.and(gradient, chosen)), rest);
                gradient = v128.andnot(gradient, chosen);
              }
            }
          }
        }
        out += pixel;
      }
    }
  }
}

/** Stores the first `rest` of four numbers. */
function give(at: usize, values: v128, rest: i32): void {
  if (rest >= 4) {
    v128.store(at, values);
    return;
  }
  v128.store32_lane(at, values, 0);
  if (rest > 1) v128.store32_lane(at, values, 1, 4);
  if (rest > 2) v128.store32_lane(at, values, 2, 8);
}
