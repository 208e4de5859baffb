import { exp } from './activation';
import { keptBy } from './optimize';
import { firstOf } from './share';

/** Schemes, by the numbers that the plan names them by. */
const SYMMETRIC = 0;
const AFFINE = 1;
const TERNARY = 2;
const BINARY = 3;
const POWER2 = 4;

/** Share of mean |w| below which a ternary weight is zero. */
const TERNARY_THRESHOLD: f32 = 0.7;

/**
 * The grids of a kernel `[rows, columns]`: one for each column of each block of `blockRows` rows, or the same
 * for all. `grids` holds for every block, for every column its scale, then for every column its zero point,
 * then (ternary, powers of two) the size up to which, or below which, a weight is zero; each array has room
 * for a multiple of four. Pruned weights are zero in `values`.
 */
export function fitGrids(
  scheme: i32,
  bits: i32,
  values: usize,
  mask: usize,
  rows: i32,
  columns: i32,
  blockRows: i32,
  perOutput: bool,
  grids: usize,
  thread: i32,
  threads: i32,
): void {
  const fours = (columns + 3) >> 2;
  const room = (<usize>fours) << 4;
  if (!perOutput) {
    if (thread != 0) return;
    const count = rows * columns;
    fitFour(scheme, bits, values, 16, mask, 4, count >> 2, count & 3, grids, room);
    for (let four = 1; four < fours; four++) {
      const to = grids + ((<usize>four) << 4);
      v128.store(to, v128.load(grids));
      v128.store(to + room, v128.load(grids + room));
      v128.store(to + 2 * room, v128.load(grids + 2 * room));
    }
    return;
  }
  const end = firstOf(fours, thread + 1, threads);
  const stride = (<usize>columns) << 2;
  for (let first = 0; first < rows; first += blockRows) {
    const count = min(blockRows, rows - first);
    for (let four = firstOf(fours, thread, threads); four < end; four++) {
      const at = (<usize>four) << 4;
      const from = values + first * stride + at;
      const kept = mask != 0 ? mask + <usize>first * columns + (at >> 2) : 0;
      fitFour(scheme, bits, from, stride, kept, columns, count, -1, grids + at, room);
    }
    grids += 3 * room;
  }
}

/**
 * Four grids of the numbers in four columns; or, with `rest` not negative, one grid four times, of all these
 * and of `rest` numbers behind them.
 */
function fitFour(
  scheme: i32,
  bits: i32,
  values: usize,
  stride: usize,
  mask: usize,
  maskStride: usize,
  rows: i32,
  rest: i32,
  grids: usize,
  room: usize,
): void {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  let low = zero;
  let high = zero;
  let sum = zero;
  let count = zero;
  let at = values;
  let kept = mask;
  for (let row = 0; row < rows; row++) {
    const w = v128.load(at);
    low = f32x4.min(low, w);
    high = f32x4.max(high, w);
    sum = f32x4.add(sum, f32x4.abs(w));
    count = f32x4.add(count, mask != 0 ? v128.and(keptBy(kept), one) : one);
    at += stride;
    kept += maskStride;
  }
  for (let i = 0; i < rest; i++) {
    const w = f32x4.replace_lane(zero, 0, load<f32>(at));
    low = f32x4.min(low, w);
    high = f32x4.max(high, w);
    sum = f32x4.add(sum, f32x4.abs(w));
    if (mask == 0 || load<u8>(kept) != 0) count = f32x4.add(count, f32x4.replace_lane(zero, 0, 1));
    at += 4;
    kept += 1;
  }
  if (rest >= 0) {
    low = f32x4.min(low, swapped(low));
    low = f32x4.min(low, turned(low));
    high = f32x4.max(high, swapped(high));
    high = f32x4.max(high, turned(high));
    sum = allSummed(sum);
    count = allSummed(count);
  }
  let scale = one;
  let zeroPoint = zero;
  let cut = zero;
  if (scheme == SYMMETRIC) {
    scale = f32x4.div(f32x4.max(f32x4.neg(low), high), f32x4.splat(<f32>((1 << (bits - 1)) - 1)));
  } else if (scheme == AFFINE) {
    scale = f32x4.div(f32x4.sub(high, low), f32x4.splat(<f32>((1 << bits) - 1)));
  } else if (scheme == POWER2) {
    scale = nearestPower(f32x4.max(f32x4.neg(low), high));
    scale = v128.bitselect(one, scale, f32x4.eq(scale, zero));
    cut = f32x4.mul(f32x4.mul(scale, leastShare(bits)), f32x4.splat(0.5));
  } else {
    // Where all is pruned there is nothing to divide by.
    const mean = f32x4.div(sum, f32x4.max(count, one));
    scale = mean;
    if (scheme == TERNARY) {
      cut = f32x4.mul(mean, f32x4.splat(TERNARY_THRESHOLD));
      scale = meanAbove(cut, values, stride, rows, rest);
    }
  }
  // Without a code for zero, only the scale 0 keeps zeros as they are.
  if (scheme != BINARY) scale = v128.bitselect(one, scale, f32x4.eq(scale, zero));
  if (scheme == AFFINE) zeroPoint = f32x4.nearest(f32x4.div(f32x4.neg(low), scale));
  v128.store(grids, scale);
  v128.store(grids + room, zeroPoint);
  v128.store(grids + 2 * room, cut);
}

/** The nearest powers of two, of equally near ones the larger; 0 of 0 and of what is far below float32. */
function nearestPower(size: v128): v128 {
  // Half a step of the fraction carries over into the exponent.
  const half = i32x4.splat(0x0040_0000);
  return v128.and(i32x4.add(size, half), i32x4.splat(0x7f80_0000));
}

/** What share of the largest of 2^(bits−1) − 1 powers of two the smallest is. */
function leastShare(bits: i32): v128 {
  let share: f32 = 1;
  for (let i = 2; i < 1 << (bits - 1); i++) share *= 0.5;
  return f32x4.splat(share);
}

/** The mean of the sizes above `cut`; 0 where there are none. */
function meanAbove(cut: v128, values: usize, stride: usize, rows: i32, rest: i32): v128 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  let sum = zero;
  let count = zero;
  for (let row = 0; row < rows; row++) {
    const size = f32x4.abs(v128.load(values));
    const above = f32x4.gt(size, cut);
    sum = f32x4.add(sum, v128.and(size, above));
    count = f32x4.add(count, v128.and(one, above));
    values += stride;
  }
  for (let i = 0; i < rest; i++) {
    const size = f32x4.replace_lane(zero, 0, Mathf.abs(load<f32>(values)));
    const above = f32x4.gt(size, cut);
    sum = f32x4.add(sum, v128.and(size, above));
    count = f32x4.add(count, v128.and(one, above));
    values += 4;
  }
  if (rest >= 0) {
    sum = allSummed(sum);
    count = allSummed(count);
  }
  return f32x4.div(sum, f32x4.max(count, one));
}

function swapped(v: v128): v128 {
  return v128.shuffle<f32>(v, v, 2, 3, 0, 1);
}

function turned(v: v128): v128 {
  return v128.shuffle<f32>(v, v, 1, 0, 3, 2);
}

function allSummed(v: v128): v128 {
  const pairs = f32x4.add(v, swapped(v));
  return f32x4.add(pairs, turned(pairs));
}

/** Every weight's nearest value on its column's grid; pruned ones 0. Halves go to the even code. */
export function roundWeights(
  scheme: i32,
  bits: i32,
  values: usize,
  mask: usize,
  rows: i32,
  columns: i32,
  blockRows: i32,
  grids: usize,
  to: usize,
  thread: i32,
  threads: i32,
): void {
  const room = (<usize>((columns + 3) >> 2)) << 4;
  const largest = f32x4.splat(<f32>((1 << (scheme == AFFINE ? bits : bits - 1)) - 1));
  const least = scheme == AFFINE ? f32x4.splat(0) : f32x4.neg(largest);
  const share = leastShare(scheme == POWER2 ? bits : 1);
  const end = firstOf(rows, thread + 1, threads);
  for (let row = firstOf(rows, thread, threads); row < end; row++) {
    const first = <usize>row * columns;
    const block = grids + <usize>(row / blockRows) * 3 * room;
    for (let column = 0; column < columns; column += 4) {
      const at = (first + column) << 2;
      const grid = block + ((<usize>column) << 2);
      const w = v128.load(values + at);
      const scale = v128.load(grid);
      let rounded: v128;
      if (scheme == SYMMETRIC || scheme == AFFINE) {
        const zeroPoint = v128.load(grid + room);
        const q = f32x4.add(f32x4.nearest(f32x4.div(w, scale)), zeroPoint);
        rounded = f32x4.mul(f32x4.sub(f32x4.min(f32x4.max(q, least), largest), zeroPoint), scale);
      } else {
        const size = f32x4.abs(w);
        let level = scale;
        if (scheme == POWER2) {
          level = f32x4.max(f32x4.mul(scale, share), f32x4.min(scale, nearestPower(size)));
          const isZero = f32x4.lt(size, v128.load(grid + 2 * room));
          level = v128.andnot(level, isZero);
        }
        rounded = v128.bitselect(f32x4.neg(level), level, f32x4.lt(w, f32x4.splat(0)));
        if (scheme == TERNARY) {
          rounded = v128.and(rounded, f32x4.gt(size, v128.load(grid + 2 * room)));
        }
      }
      if (mask != 0) rounded = v128.and(rounded, keptBy(mask + first + column));
      put(to + at, rounded, columns - column);
    }
  }
}

/**
 * Symmetric grids whose scales are e to the power of `steps`, of which there is one for each column of each
 * block, or one.
 */
export function stepGrids(
  steps: usize,
  columns: i32,
  blocks: i32,
  perOutput: bool,
  grids: usize,
): void {
  const room = (<usize>((columns + 3) >> 2)) << 4;
  for (let block = 0; block < blocks; block++) {
    for (let at: usize = 0; at < room; at += 16) {
      const step = perOutput ? v128.load(steps + at) : v128.load32_splat(steps);
      v128.store(grids + at, exp(step));
      v128.store(grids + room + at, f32x4.splat(0));
    }
    steps += (<usize>columns) << 2;
    grids += 3 * room;
  }
}

/**
 * Turns the gradient by a kernel rounded to learned grids into that by its weights, which ends beyond the
 * grid, and into those by the steps: with one a column of a block into `stepGradient`, else for every column
 * into `sums`.
 */
export function learnedGradient(
  bits: i32,
  values: usize,
  rows: i32,
  columns: i32,
  blockRows: i32,
  perOutput: bool,
  grids: usize,
  gradient: usize,
  stepGradient: usize,
  sums: usize,
  thread: i32,
  threads: i32,
): void {
  const largest = f32x4.splat(<f32>((1 << (bits - 1)) - 1));
  const fours = (columns + 3) >> 2;
  const end = firstOf(fours, thread + 1, threads);
  const room = (<usize>fours) << 4;
  let to = perOutput ? stepGradient : sums;
  for (let first = 0; first < rows; first += blockRows) {
    const last = min(rows, first + blockRows);
    for (let four = firstOf(fours, thread, threads); four < end; four++) {
      const column = four << 2;
      const scale = v128.load(grids + ((<usize>column) << 2));
      let sum = f32x4.splat(0);
      for (let row = first; row < last; row++) {
        const at = (<usize>row * columns + column) << 2;
        const v = f32x4.div(v128.load(values + at), scale);
        const g = v128.load(gradient + at);
        const inside = f32x4.le(f32x4.abs(v), largest);
        const held = f32x4.max(f32x4.min(v, largest), f32x4.neg(largest));
        const slope = v128.bitselect(f32x4.sub(f32x4.nearest(v), v), held, inside);
        sum = f32x4.add(sum, f32x4.mul(g, slope));
        put(gradient + at, v128.and(g, inside), columns - column);
      }
      // By the logarithm it is as many times the scale.
      put(to + ((<usize>column) << 2), f32x4.mul(sum, scale), columns - column);
    }
    grids += 3 * room;
    to += (<usize>columns) << 2;
  }
}

/** The gradient by a step that all columns share. */
export function sumColumns(sums: usize, columns: i32, stepGradient: usize): void {
  let sum: f32 = 0;
  for (let column = 0; column < columns; column++) sum += load<f32>(sums + ((<usize>column) << 2));
  store<f32>(stepGradient, sum);
}

/** Stores the first `count` of four numbers: what lies behind a row is another thread's. */
function put(to: usize, v: v128, count: i32): void {
  if (count >= 4) {
    v128.store(to, v);
    return;
  }
  v128.store32_lane(to, v, 0);
  if (count > 1) v128.store32_lane(to, v, 1, 4);
  if (count > 2) v128.store32_lane(to, v, 2, 8);
}
