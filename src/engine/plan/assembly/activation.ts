import { firstOf } from './share';

/** In the order of `ACTIVATIONS`. */
export const RELU = 1;
export const LEAKY = 2;
export const TANH = 3;
export const SIGMOID = 4;
export const GELU = 5;

const LEAKY_SLOPE: f32 = 0.01;
/** 1/√2 and 1/√(2π). */
const HALF_ROOT: f32 = 0.70710678;
const DENSITY: f32 = 0.39894228;

/** Shares of an element-wise operation begin at multiples of so many numbers: no two in one cache line. */
const GRAIN = 16;

export function firstElement(count: i32, thread: i32, threads: i32): i32 {
  return min(count, GRAIN * firstOf((count + GRAIN - 1) / GRAIN, thread, threads));
}

/**
 * `y = f(z)`, element by element; `y` may be `z`. Here and below four numbers are done at a time, those
 * behind the last with them: there is room.
 */
export function activate(
  kind: i32,
  z: usize,
  y: usize,
  count: i32,
  thread: i32,
  threads: i32,
): void {
  const end = (<usize>firstElement(count, thread + 1, threads)) << 2;
  for (let at = (<usize>firstElement(count, thread, threads)) << 2; at < end; at += 16) {
    v128.store(y + at, activated(kind, v128.load(z + at)));
  }
}

function activated(kind: i32, z: v128): v128 {
  const one = f32x4.splat(1);
  switch (kind) {
    case RELU:
      return f32x4.pmax(z, f32x4.splat(0));
    case LEAKY:
      return f32x4.max(z, f32x4.mul(z, f32x4.splat(LEAKY_SLOPE)));
    case TANH:
      return tanh(z);
    case SIGMOID:
      return f32x4.div(one, f32x4.add(one, exp(f32x4.neg(z))));
    default:
      return f32x4.mul(z, normalShare(z));
  }
}

/** Multiplies `gradient` by f′: by the result `y`, but for GELU, whose `y` is what went in. */
export function activationGradient(
  kind: i32,
  y: usize,
  gradient: usize,
  count: i32,
  thread: i32,
  threads: i32,
): void {
  const end = (<usize>firstElement(count, thread + 1, threads)) << 2;
  for (let at = (<usize>firstElement(count, thread, threads)) << 2; at < end; at += 16) {
    const value = v128.load(y + at);
    const slope = v128.load(gradient + at);
    v128.store(gradient + at, passedBack(kind, value, slope));
  }
}

function passedBack(kind: i32, y: v128, gradient: v128): v128 {
  const one = f32x4.splat(1);
  const positive = f32x4.gt(y, f32x4.splat(0));
  switch (kind) {
    case RELU:
      return v128.and(gradient, positive);
    case LEAKY: {
      const less = f32x4.mul(gradient, f32x4.splat(LEAKY_SLOPE));
      return v128.bitselect(gradient, less, positive);
    }
    case TANH:
      return f32x4.mul(gradient, f32x4.sub(one, f32x4.mul(y, y)));
    case SIGMOID:
      return f32x4.mul(gradient, f32x4.mul(y, f32x4.sub(one, y)));
    default: {
      const half = f32x4.mul(f32x4.splat(-0.5), f32x4.mul(y, y));
      const density = f32x4.mul(f32x4.splat(DENSITY), exp(half));
      return f32x4.mul(gradient, f32x4.add(normalShare(y), f32x4.mul(y, density)));
    }
  }
}

/**
 * eˣ within two units in the last place: 2ⁿ · eʳ with |r| ≤ ½ ln 2 and a polynomial of degree six, after
 * the Cephes library (Moshier 1989). What would leave the range of float32 is held at its ends.
 */
export function exp(x: v128): v128 {
  const held = f32x4.min(f32x4.max(x, f32x4.splat(-87.3365)), f32x4.splat(88));
  const n = f32x4.nearest(f32x4.mul(held, f32x4.splat(1.44269504)));
  // ln 2 in two parts, so that the difference is exact.
  let r = f32x4.sub(held, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.1219444e-4)));
  let sum = f32x4.splat(1.98756915e-4);
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1.3981999507e-3));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(8.3334519073e-3));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(4.1665795894e-2));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1.6666665459e-1));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(0.5));
  sum = f32x4.add(f32x4.mul(sum, f32x4.mul(r, r)), f32x4.add(r, f32x4.splat(1)));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.mul(sum, power);
}

/** tanh x: by eˣ where |x| is large, by a polynomial where the difference would cancel (Cephes again). */
function tanh(x: v128): v128 {
  const one = f32x4.splat(1);
  const size = f32x4.abs(x);
  const power = exp(f32x4.mul(size, f32x4.splat(2)));
  const far = f32x4.sub(one, f32x4.div(f32x4.splat(2), f32x4.add(power, one)));
  const square = f32x4.mul(x, x);
  let sum = f32x4.splat(-5.70498872745e-3);
  sum = f32x4.add(f32x4.mul(sum, square), f32x4.splat(2.06390887954e-2));
  sum = f32x4.add(f32x4.mul(sum, square), f32x4.splat(-5.37397155531e-2));
  sum = f32x4.add(f32x4.mul(sum, square), f32x4.splat(1.33314422036e-1));
  sum = f32x4.add(f32x4.mul(sum, square), f32x4.splat(-3.33332819422e-1));
  const near = f32x4.add(x, f32x4.mul(x, f32x4.mul(square, sum)));
  return v128.bitselect(near, withSign(far, x), f32x4.lt(size, f32x4.splat(0.625)));
}

/** Φ(x) = ½ (1 + erf(x / √2)), erf within 1.5 · 10⁻⁷ (Abramowitz & Stegun 1964, formula 7.1.26). */
function normalShare(x: v128): v128 {
  const one = f32x4.splat(1);
  const z = f32x4.mul(f32x4.abs(x), f32x4.splat(HALF_ROOT));
  const t = f32x4.div(one, f32x4.add(one, f32x4.mul(f32x4.splat(0.3275911), z)));
  let sum = f32x4.splat(1.061405429);
  sum = f32x4.add(f32x4.mul(sum, t), f32x4.splat(-1.453152027));
  sum = f32x4.add(f32x4.mul(sum, t), f32x4.splat(1.421413741));
  sum = f32x4.add(f32x4.mul(sum, t), f32x4.splat(-0.284496736));
  sum = f32x4.add(f32x4.mul(sum, t), f32x4.splat(0.254829592));
  const tail = f32x4.mul(f32x4.mul(sum, t), exp(f32x4.neg(f32x4.mul(z, z))));
  const error = withSign(f32x4.sub(one, tail), x);
  return f32x4.mul(f32x4.splat(0.5), f32x4.add(one, error));
}

/** Sizes with the signs of other numbers. */
function withSign(size: v128, x: v128): v128 {
  return v128.bitselect(x, size, i32x4.splat(<i32>0x80000000));
}

/** Multiplies numbers by numbers: inputs, or their gradient, by a dropout mask. */
export function multiply(
  values: usize,
  by: usize,
  to: usize,
  count: i32,
  thread: i32,
  threads: i32,
): void {
  const end = (<usize>firstElement(count, thread + 1, threads)) << 2;
  for (let at = (<usize>firstElement(count, thread, threads)) << 2; at < end; at += 16) {
    v128.store(to + at, f32x4.mul(v128.load(values + at), v128.load(by + at)));
  }
}

/** Sums over the rows of `[rows, columns]`: the gradient by a bias. */
export function columnSums(
  values: usize,
  rows: i32,
  columns: i32,
  sums: usize,
  thread: i32,
  threads: i32,
): void {
  const stride = (<usize>columns) << 2;
  const blocks = (columns + 3) >> 2;
  const end = firstOf(blocks, thread + 1, threads);
  for (let block = firstOf(blocks, thread, threads); block < end; block++) {
    let from = values + ((<usize>block) << 4);
    let sum = f32x4.splat(0);
    for (let row = 0; row < rows; row++) {
      sum = f32x4.add(sum, v128.load(from));
      from += stride;
    }
    const to = sums + ((<usize>block) << 4);
    const rest = columns - 4 * block;
    v128.store32_lane(to, sum, 0);
    if (rest > 1) v128.store32_lane(to, sum, 1, 4);
    if (rest > 2) v128.store32_lane(to, sum, 2, 8);
    if (rest > 3) v128.store32_lane(to, sum, 3, 12);
  }
}

/** `to = bytes / 255`: grey values as a network sees them. */
export function scaleBytes(bytes: usize, to: usize, count: i32, thread: i32, threads: i32): void {
  const white = f32x4.splat(255);
  const end = <usize>firstElement(count, thread + 1, threads);
  for (let at = <usize>firstElement(count, thread, threads); at < end; at += 4) {
    const words = i16x8.extend_low_i8x16_u(v128.load32_zero(bytes + at));
    const values = f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(words));
    v128.store(to + (at << 2), f32x4.div(values, white));
  }
}

/** `y` is the value on the grid nearest to `x`: `(q − zeroPoint) · scale`, q from 0 to `largest`. */
export function roundValues(
  x: usize,
  y: usize,
  count: i32,
  scale: f32,
  zeroPoint: f32,
  largest: f32,
  thread: i32,
  threads: i32,
): void {
  const zero = f32x4.splat(zeroPoint);
  const end = (<usize>firstElement(count, thread + 1, threads)) << 2;
  for (let at = (<usize>firstElement(count, thread, threads)) << 2; at < end; at += 16) {
    const code = codes(v128.load(x + at), scale, zero);
    const held = f32x4.min(f32x4.max(code, f32x4.splat(0)), f32x4.splat(largest));
    v128.store(y + at, f32x4.mul(f32x4.sub(held, zero), f32x4.splat(scale)));
  }
}

/** The gradient goes past the rounding, but not where `x` lies beyond the grid. */
export function roundValuesGradient(
  x: usize,
  gradient: usize,
  count: i32,
  scale: f32,
  zeroPoint: f32,
  largest: f32,
  thread: i32,
  threads: i32,
): void {
  const zero = f32x4.splat(zeroPoint);
  const end = (<usize>firstElement(count, thread + 1, threads)) << 2;
  for (let at = (<usize>firstElement(count, thread, threads)) << 2; at < end; at += 16) {
    const code = codes(v128.load(x + at), scale, zero);
    const inside = v128.and(f32x4.ge(code, f32x4.splat(0)), f32x4.le(code, f32x4.splat(largest)));
    v128.store(gradient + at, v128.and(v128.load(gradient + at), inside));
  }
}

function codes(x: v128, scale: f32, zero: v128): v128 {
  return f32x4.add(f32x4.nearest(f32x4.div(x, f32x4.splat(scale))), zero);
}
