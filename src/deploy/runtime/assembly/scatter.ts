import { firstOf, GAPS_AND_CODES, GAPS_AND_FLOATS, Kernel } from './kernel';

/**
 * Adds, for each input in the list, its weights that are not zero times the input to the outputs. Weights are
 * taken four at a time; of the last four, those that belong to the next input are made zeros, so that no branch
 * depends on how many there are.
 */
export function scatter(k: Kernel, list: usize, count: i32, levels: usize, to: usize): void {
  const end = list + ((<usize>count) << 3);
  for (let at = list; at < end; at += 8) {
    const input = load<i32>(at);
    const first = firstOf(k, input);
    const some = firstOf(k, input + 1) - first;
    const gaps = k.gaps + <usize>first;
    const weights = k.weights + <usize>(first * k.weightBytes);
    const x = v128.load32_splat(at, 4);
    if (k.form == GAPS_AND_FLOATS) floats(gaps, weights, some, x, to);
    else if (k.form != GAPS_AND_CODES) fromLevels(k, gaps, weights, some, x, levels, to);
    else if (k.weightBytes == 2) shorts(gaps, weights, some, x, to);
    else bytes(gaps, weights, some, x, to, k.gapBits);
  }
}

function floats(gaps: usize, weights: usize, count: i32, x: v128, to: usize): void {
  for (; count >= 4; count -= 4) {
    to = add4(load<u32>(gaps), f32x4.mul(x, v128.load(weights)), to);
    gaps += 4;
    weights += 16;
  }
  add4(head(load<u32>(gaps), count), f32x4.mul(x, v128.and(v128.load(weights), lanes(count))), to);
}

function shorts(gaps: usize, weights: usize, count: i32, x: v128, to: usize): void {
  for (; count >= 4; count -= 4) {
    const w = f32x4.convert_i32x4_s(v128.load16x4_s(weights));
    to = add4(load<u32>(gaps), f32x4.mul(x, w), to);
    gaps += 4;
    weights += 8;
  }
  const w = f32x4.convert_i32x4_s(v128.and(v128.load16x4_s(weights), lanes(count)));
  add4(head(load<u32>(gaps), count), f32x4.mul(x, w), to);
}

/** Codes in bytes of their own (8 `gapBits`), or in the highest bits of a gap's byte. */
function bytes(gaps: usize, weights: usize, count: i32, x: v128, to: usize, gapBits: i32): void {
  const below = gapBits & 7;
  const mask = 0x01010101 * ((1 << gapBits) - 1);
  for (; count >= 4; count -= 4) {
    const w = f32x4.convert_i32x4_s(codes4(weights, below));
    to = add4(load<u32>(gaps) & mask, f32x4.mul(x, w), to);
    gaps += 4;
    weights += 4;
  }
  const w = f32x4.convert_i32x4_s(v128.and(codes4(weights, below), lanes(count)));
  add4(head(load<u32>(gaps) & mask, count), f32x4.mul(x, w), to);
}

/** Four bytes as integers with a sign, without so many of their lowest bits. */
function codes4(at: usize, below: i32): v128 {
  const words = i16x8.extend_low_i8x16_s(v128.load32_zero(at));
  return i32x4.shr_s(i32x4.extend_low_i16x8_s(words), below);
}

/** Codes that stand for numbers in a table. */
function fromLevels(
  k: Kernel,
  gaps: usize,
  weights: usize,
  count: i32,
  x: v128,
  levels: usize,
  to: usize,
): void {
  const factor = f32x4.extract_lane(x, 0);
  const step = <usize>k.levelStep;
  const width = <usize>k.weightBytes;
  const mask = (1 << k.gapBits) - 1;
  const below = k.gapBits & 7;
  for (; count > 0; count--) {
    const gap = <usize>((<i32>load<u8>(gaps)) & mask);
    const code = width == 2 ? <i32>load<u16>(weights) : (<i32>load<u8>(weights)) >> below;
    to += gap << 2;
    levels += gap * step;
    store<f32>(to, load<f32>(to) + factor * load<f32>(levels + ((<usize>code) << 2)));
    gaps += 1;
    weights += width;
  }
}

/** The first `count` of four gaps; behind them, none. */
function head(gaps: u32, count: i32): u32 {
  return gaps & (((<u32>1) << (count << 3)) - 1);
}

/** All bits in the first `count` of four numbers. */
function lanes(count: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
}

/** Adds four numbers, each so many numbers behind the one before it. Where the last one is. */
function add4(gaps: u32, values: v128, to: usize): usize {
  to += (<usize>(gaps & 255)) << 2;
  store<f32>(to, load<f32>(to) + f32x4.extract_lane(values, 0));
  to += (<usize>((gaps >> 8) & 255)) << 2;
  store<f32>(to, load<f32>(to) + f32x4.extract_lane(values, 1));
  to += (<usize>((gaps >> 16) & 255)) << 2;
  store<f32>(to, load<f32>(to) + f32x4.extract_lane(values, 2));
  to += (<usize>(gaps >> 24)) << 2;
  store<f32>(to, load<f32>(to) + f32x4.extract_lane(values, 3));
  return to;
}
