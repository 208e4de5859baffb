import { Kernel, ROWS_OF_FLOATS, ROWS_OF_LEVELS } from './kernel';

/**
 * Adds, for each input in the list, its row of weights times the input to the outputs; four rows at a time, so
 * that an output is loaded and stored once for four products, and eight outputs at a time.
 */
export function addRows(
  k: Kernel,
  list: usize,
  count: i32,
  outputs: i32,
  levels: usize,
  to: usize,
): void {
  const blocks = (outputs + 7) >> 3;
  const zero = f32x4.splat(0);
  for (let i = 0; i < count; i += 4) {
    const at = list + ((<usize>i) << 3);
    const rest = count - i;
    const x0 = v128.load32_splat(at, 4);
    const x1 = rest > 1 ? v128.load32_splat(at, 12) : zero;
    const x2 = rest > 2 ? v128.load32_splat(at, 20) : zero;
    const x3 = rest > 3 ? v128.load32_splat(at, 28) : zero;
    const w0 = rowOf(k, load<i32>(at));
    // A row that is missing from the four is another one, times zero.
    const w1 = rest > 1 ? rowOf(k, load<i32>(at, 8)) : w0;
    const w2 = rest > 2 ? rowOf(k, load<i32>(at, 16)) : w0;
    const w3 = rest > 3 ? rowOf(k, load<i32>(at, 24)) : w0;
    if (k.form == ROWS_OF_FLOATS) floats(w0, w1, w2, w3, x0, x1, x2, x3, blocks, to);
    else if (k.form == ROWS_OF_LEVELS)
      fromLevels(k, w0, w1, w2, w3, x0, x1, x2, x3, blocks, levels, to);
    else if (k.bits == 8) bytes(w0, w1, w2, w3, x0, x1, x2, x3, blocks, to);
    else if (k.bits == 16) shorts(w0, w1, w2, w3, x0, x1, x2, x3, blocks, to);
    else packed(k, w0, w1, w2, w3, x0, x1, x2, x3, blocks, to);
  }
}

function rowOf(k: Kernel, input: i32): usize {
  return k.weights + <usize>(input * k.rowBytes);
}

function floats(
  w0: usize,
  w1: usize,
  w2: usize,
  w3: usize,
  x0: v128,
  x1: v128,
  x2: v128,
  x3: v128,
  blocks: i32,
  to: usize,
): void {
  // Fours, of which a row has twice as many.
  const end = (<usize>blocks) << 5;
  for (let at: usize = 0; at < end; at += 16) {
    let sum = f32x4.add(v128.load(to + at), f32x4.mul(x0, v128.load(w0 + at)));
    sum = f32x4.add(sum, f32x4.mul(x1, v128.load(w1 + at)));
    sum = f32x4.add(sum, f32x4.mul(x2, v128.load(w2 + at)));
    sum = f32x4.add(sum, f32x4.mul(x3, v128.load(w3 + at)));
    v128.store(to + at, sum);
  }
}

function bytes(
  w0: usize,
  w1: usize,
  w2: usize,
  w3: usize,
  x0: v128,
  x1: v128,
  x2: v128,
  x3: v128,
  blocks: i32,
  to: usize,
): void {
  const end = (<usize>blocks) << 3;
  for (let at: usize = 0; at < end; at += 8) {
    addCodes(
      v128.load8x8_s(w0 + at),
      v128.load8x8_s(w1 + at),
      v128.load8x8_s(w2 + at),
      v128.load8x8_s(w3 + at),
      x0,
      x1,
      x2,
      x3,
      to + (at << 2),
    );
  }
}

function shorts(
  w0: usize,
  w1: usize,
  w2: usize,
  w3: usize,
  x0: v128,
  x1: v128,
  x2: v128,
  x3: v128,
  blocks: i32,
  to: usize,
): void {
  const end = (<usize>blocks) << 4;
  for (let at: usize = 0; at < end; at += 16) {
    addCodes(
      v128.load(w0 + at),
      v128.load(w1 + at),
      v128.load(w2 + at),
      v128.load(w3 + at),
      x0,
      x1,
      x2,
      x3,
      to + (at << 1),
    );
  }
}

/** Eight codes of b bits are b bytes, b at most 9. */
function packed(
  k: Kernel,
  w0: usize,
  w1: usize,
  w2: usize,
  w3: usize,
  x0: v128,
  x1: v128,
  x2: v128,
  x3: v128,
  blocks: i32,
  to: usize,
): void {
  const step = <usize>k.bits;
  const shift = 16 - k.bits;
  const places = v128.load(k.places);
  const factors = v128.load(k.places, 16);
  const end = to + ((<usize>blocks) << 5);
  for (; to < end; to += 32) {
    addCodes(
      i16x8.shr_s(lifted(w0, places, factors), shift),
      i16x8.shr_s(lifted(w1, places, factors), shift),
      i16x8.shr_s(lifted(w2, places, factors), shift),
      i16x8.shr_s(lifted(w3, places, factors), shift),
      x0,
      x1,
      x2,
      x3,
      to,
    );
    w0 += step;
    w1 += step;
    w2 += step;
    w3 += step;
  }
}

/** Eight codes, each at the top of 16 bits: its two bytes, moved up by a product. */
function lifted(at: usize, places: v128, factors: v128): v128 {
  return i16x8.mul(v128.swizzle(v128.load(at), places), factors);
}

/** Adds four times eight codes, each times its row's input, to eight numbers. */
function addCodes(
  c0: v128,
  c1: v128,
  c2: v128,
  c3: v128,
  x0: v128,
  x1: v128,
  x2: v128,
  x3: v128,
  to: usize,
): void {
  let low = f32x4.add(v128.load(to), f32x4.mul(x0, lowFloats(c0)));
  let high = f32x4.add(v128.load(to, 16), f32x4.mul(x0, highFloats(c0)));
  low = f32x4.add(low, f32x4.mul(x1, lowFloats(c1)));
  high = f32x4.add(high, f32x4.mul(x1, highFloats(c1)));
  low = f32x4.add(low, f32x4.mul(x2, lowFloats(c2)));
  high = f32x4.add(high, f32x4.mul(x2, highFloats(c2)));
  low = f32x4.add(low, f32x4.mul(x3, lowFloats(c3)));
  high = f32x4.add(high, f32x4.mul(x3, highFloats(c3)));
  v128.store(to, low);
  v128.store(to, high, 16);
}

function lowFloats(codes: v128): v128 {
  return f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(codes));
}

function highFloats(codes: v128): v128 {
  return f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(codes));
}

/** Codes that stand for numbers in a table. */
function fromLevels(
  k: Kernel,
  w0: usize,
  w1: usize,
  w2: usize,
  w3: usize,
  x0: v128,
  x1: v128,
  x2: v128,
  x3: v128,
  blocks: i32,
  levels: usize,
  to: usize,
): void {
  const step = <usize>k.bits;
  const levelStep = <usize>k.levelStep;
  const places = v128.load(k.places);
  const factors = v128.load(k.places, 16);
  const shift = 16 - k.bits;
  const end = to + ((<usize>blocks) << 5);
  for (; to < end; to += 32) {
    const c0 = i16x8.shr_u(lifted(w0, places, factors), shift);
    const c1 = i16x8.shr_u(lifted(w1, places, factors), shift);
    const c2 = i16x8.shr_u(lifted(w2, places, factors), shift);
    const c3 = i16x8.shr_u(lifted(w3, places, factors), shift);
    let low = f32x4.add(v128.load(to), f32x4.mul(x0, lowLevels(c0, levels, levelStep)));
    low = f32x4.add(low, f32x4.mul(x1, lowLevels(c1, levels, levelStep)));
    low = f32x4.add(low, f32x4.mul(x2, lowLevels(c2, levels, levelStep)));
    low = f32x4.add(low, f32x4.mul(x3, lowLevels(c3, levels, levelStep)));
    v128.store(to, low);
    const next = levels + 4 * levelStep;
    let high = f32x4.add(v128.load(to, 16), f32x4.mul(x0, highLevels(c0, next, levelStep)));
    high = f32x4.add(high, f32x4.mul(x1, highLevels(c1, next, levelStep)));
    high = f32x4.add(high, f32x4.mul(x2, highLevels(c2, next, levelStep)));
    high = f32x4.add(high, f32x4.mul(x3, highLevels(c3, next, levelStep)));
    v128.store(to, high, 16);
    levels = next + 4 * levelStep;
    w0 += step;
    w1 += step;
    w2 += step;
    w3 += step;
  }
}

function highLevels(codes: v128, levels: usize, step: usize): v128 {
  return lowLevels(v128.shuffle<i64>(codes, codes, 1, 1), levels, step);
}

function lowLevels(codes: v128, levels: usize, step: usize): v128 {
  let four = v128.load32_zero(levels + ((<usize>i16x8.extract_lane_u(codes, 0)) << 2));
  four = v128.load32_lane(levels + step + ((<usize>i16x8.extract_lane_u(codes, 1)) << 2), four, 1);
  levels += 2 * step;
  four = v128.load32_lane(levels + ((<usize>i16x8.extract_lane_u(codes, 2)) << 2), four, 2);
  return v128.load32_lane(levels + step + ((<usize>i16x8.extract_lane_u(codes, 3)) << 2), four, 3);
}
