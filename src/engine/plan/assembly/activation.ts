import { firstOf } from './share';

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

/** `y = f(z)`, element by element; `y` may be `z`. */
export function activate(
  kind: i32,
  z: usize,
  y: usize,
  count: i32,
  thread: i32,
  threads: i32,
): void {
  const end = firstElement(count, thread + 1, threads);
  for (let i = firstElement(count, thread, threads); i < end; i++) {
    const at = (<usize>i) << 2;
    const value = load<f32>(z + at);
    store<f32>(y + at, activated(kind, value));
  }
}

function activated(kind: i32, z: f32): f32 {
  switch (kind) {
    case RELU:
      return z > 0 ? z : z != z ? z : 0;
    case LEAKY:
      return z >= 0 ? z : LEAKY_SLOPE * z;
    case TANH:
      return Mathf.tanh(z);
    case SIGMOID:
      return <f32>1 / (<f32>1 + Mathf.exp(-z));
    default:
      return z * <f32>0.5 * (<f32>1 + errorFunction(z * HALF_ROOT));
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
  let i = firstElement(count, thread, threads);
  const end = firstElement(count, thread + 1, threads);
  if (kind == RELU) {
    const zero = f32x4.splat(0);
    for (; i + 4 <= end; i += 4) {
      const at = (<usize>i) << 2;
      const passes = f32x4.gt(v128.load(y + at), zero);
      v128.store(gradient + at, v128.and(v128.load(gradient + at), passes));
    }
  }
  for (; i < end; i++) {
    const at = (<usize>i) << 2;
    const slope = slopeOf(kind, load<f32>(y + at));
    store<f32>(gradient + at, load<f32>(gradient + at) * slope);
  }
}

function slopeOf(kind: i32, y: f32): f32 {
  switch (kind) {
    case RELU:
      return y > 0 ? 1 : 0;
    case LEAKY:
      return y > 0 ? 1 : LEAKY_SLOPE;
    case TANH:
      return <f32>1 - y * y;
    case SIGMOID:
      return y * (<f32>1 - y);
    default:
      return (
        <f32>0.5 * (<f32>1 + errorFunction(y * HALF_ROOT)) +
        y * DENSITY * Mathf.exp(<f32>-0.5 * y * y)
      );
  }
}

/** erf within 1.5 · 10⁻⁷ (Abramowitz & Stegun 1964, formula 7.1.26). */
function errorFunction(x: f32): f32 {
  const size = Mathf.abs(x);
  const t = <f32>1 / (<f32>1 + <f32>0.3275911 * size);
  const sum =
    ((((<f32>1.061405429 * t - <f32>1.453152027) * t + <f32>1.421413741) * t - <f32>0.284496736) *
      t +
      <f32>0.254829592) *
    t;
  const value = <f32>1 - sum * Mathf.exp(-size * size);
  return x < 0 ? -value : value;
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
  let i = firstElement(count, thread, threads);
  const end = firstElement(count, thread + 1, threads);
  for (; i + 4 <= end; i += 4) {
    const at = (<usize>i) << 2;
    v128.store(to + at, f32x4.mul(v128.load(values + at), v128.load(by + at)));
  }
  for (; i < end; i++) {
    const at = (<usize>i) << 2;
    store<f32>(to + at, load<f32>(values + at) * load<f32>(by + at));
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
