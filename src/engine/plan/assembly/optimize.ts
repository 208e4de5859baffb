import { firstElement } from './activation';
import { firstOf } from './share';

/** Optimizers, by the numbers that the plan names them by. */
const SGD = 0;
const MOMENTUM = 1;
const NESTEROV = 2;
const RMSPROP = 3;
const ADAGRAD = 4;
const ADAM = 5;
const LION = 6;

/** What changes from one iteration to the next, as float32 numbers side by side. */
export const LOSS: usize = 0;
export const LEARNING_RATE: usize = 4;
/** Adam's 1/(1 − β₁ᵗ) and 1/√(1 − β₂ᵗ). */
const UNBIASED: usize = 8;
const DEVIATION: usize = 12;
/** What clipping multiplies every gradient by; 1 where it does not clip. */
export const CLIPPING: usize = 16;

const EPSILON: f32 = 1e-8;
const RMSPROP_RHO: f32 = 0.9;
const ADAM_BETA1: f32 = 0.9;
const ADAM_BETA2: f32 = 0.999;
const LION_BETA1: f32 = 0.9;
const LION_BETA2: f32 = 0.99;

/** Numbers whose squares are summed by one thread: the sum does not depend on how many there are. */
const CHUNK = 4096;

/**
 * One update of one parameter in one pass: mask, clipping, optimizer, decay. Every array has room for a
 * multiple of four numbers. `mask` holds a byte for each weight, or is null.
 */
export function update(
  kind: i32,
  parameter: usize,
  gradient: usize,
  mask: usize,
  slot1: usize,
  slot2: usize,
  count: i32,
  momentum: f32,
  decay: f32,
  control: usize,
  factor: f32,
  thread: i32,
  threads: i32,
): void {
  const rate = f32x4.splat(load<f32>(control + LEARNING_RATE) * factor);
  const clipping = f32x4.splat(load<f32>(control + CLIPPING));
  const unbiased = f32x4.splat(load<f32>(control + UNBIASED));
  const deviation = f32x4.splat(load<f32>(control + DEVIATION));
  const carried = f32x4.splat(momentum);
  const decays = f32x4.splat(decay);
  const end = (<usize>firstElement(count, thread + 1, threads)) << 2;
  for (let at = (<usize>firstElement(count, thread, threads)) << 2; at < end; at += 16) {
    let g = f32x4.mul(v128.load(gradient + at), clipping);
    let kept = i32x4.splat(-1);
    if (mask != 0) {
      kept = keptBy(mask + (at >> 2));
      g = v128.and(g, kept);
    }
    const p = v128.load(parameter + at);
    let change = g;
    switch (kind) {
      case SGD:
        break;
      case MOMENTUM:
      case NESTEROV: {
        const v = f32x4.add(f32x4.mul(v128.load(slot1 + at), carried), g);
        v128.store(slot1 + at, v);
        change = kind == MOMENTUM ? v : f32x4.add(g, f32x4.mul(v, carried));
        break;
      }
      case RMSPROP: {
        const v = average(v128.load(slot1 + at), f32x4.mul(g, g), RMSPROP_RHO);
        v128.store(slot1 + at, v);
        change = f32x4.div(g, f32x4.add(f32x4.sqrt(v), f32x4.splat(EPSILON)));
        break;
      }
      case ADAGRAD: {
        const v = f32x4.add(v128.load(slot1 + at), f32x4.mul(g, g));
        v128.store(slot1 + at, v);
        change = f32x4.div(g, f32x4.add(f32x4.sqrt(v), f32x4.splat(EPSILON)));
        break;
      }
      case ADAM: {
        const m = average(v128.load(slot1 + at), g, ADAM_BETA1);
        const v = average(v128.load(slot2 + at), f32x4.mul(g, g), ADAM_BETA2);
        v128.store(slot1 + at, m);
        v128.store(slot2 + at, v);
        const size = f32x4.mul(f32x4.sqrt(v), deviation);
        change = f32x4.div(f32x4.mul(m, unbiased), f32x4.add(size, f32x4.splat(EPSILON)));
        break;
      }
      default: {
        const m = v128.load(slot1 + at);
        v128.store(slot1 + at, average(m, g, LION_BETA2));
        change = signs(average(m, g, LION_BETA1));
      }
    }
    change = f32x4.add(change, f32x4.mul(p, decays));
    if (mask != 0) change = v128.and(change, kept);
    v128.store(parameter + at, f32x4.sub(p, f32x4.mul(change, rate)));
  }
}

/** All bits of the numbers that four bytes of a mask keep. */
export function keptBy(mask: usize): v128 {
  const bytes = v128.load32_zero(mask);
  return i32x4.ne(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes)), i32x4.splat(0));
}

/** `rate · old + (1 − rate) · now`, written so that nothing cancels where `old` is zero. */
function average(old: v128, now: v128, rate: f32): v128 {
  return f32x4.add(old, f32x4.mul(f32x4.sub(now, old), f32x4.splat(<f32>1 - rate)));
}

function signs(values: v128): v128 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  return f32x4.sub(v128.and(f32x4.gt(values, zero), one), v128.and(f32x4.lt(values, zero), one));
}

/** Adds `l1 · sign(w) + 2 · l2 · w` to a kernel's gradient. */
export function penalize(
  parameter: usize,
  gradient: usize,
  count: i32,
  l1: f32,
  l2: f32,
  thread: i32,
  threads: i32,
): void {
  const ridge = f32x4.splat(2 * l2);
  const lasso = f32x4.splat(l1);
  const end = (<usize>firstElement(count, thread + 1, threads)) << 2;
  for (let at = (<usize>firstElement(count, thread, threads)) << 2; at < end; at += 16) {
    const p = v128.load(parameter + at);
    const penalty = f32x4.add(f32x4.mul(p, ridge), f32x4.mul(signs(p), lasso));
    v128.store(gradient + at, f32x4.add(v128.load(gradient + at), penalty));
  }
}

/** Sums the gradients of the weights on each level; those on none have a negative one. */
export function sumShared(
  gradient: usize,
  levels: usize,
  count: i32,
  sums: usize,
  length: i32,
): void {
  memory.fill(sums, 0, (<usize>length) << 2);
  for (let i = 0; i < count; i++) {
    const level = load<i32>(levels + ((<usize>i) << 2));
    if (level < 0) continue;
    const at = sums + ((<usize>level) << 2);
    store<f32>(at, load<f32>(at) + load<f32>(gradient + ((<usize>i) << 2)));
  }
}

/** Gives every weight the gradient of its level, and none to those on no level. */
export function spreadShared(
  gradient: usize,
  levels: usize,
  count: i32,
  sums: usize,
  thread: i32,
  threads: i32,
): void {
  const end = firstOf(count, thread + 1, threads);
  for (let i = firstOf(count, thread, threads); i < end; i++) {
    const level = load<i32>(levels + ((<usize>i) << 2));
    const shared = level < 0 ? <f32>0 : load<f32>(sums + ((<usize>level) << 2));
    store<f32>(gradient + ((<usize>i) << 2), shared);
  }
}

/** Sums of squares of the kept entries, one float64 for every chunk of 4,096. */
export function sumSquares(
  gradient: usize,
  mask: usize,
  count: i32,
  sums: usize,
  thread: i32,
  threads: i32,
): void {
  const chunks = (count + CHUNK - 1) / CHUNK;
  const end = firstOf(chunks, thread + 1, threads);
  for (let chunk = firstOf(chunks, thread, threads); chunk < end; chunk++) {
    let sum = f32x4.splat(0);
    const last = (<usize>min(count, (chunk + 1) * CHUNK)) << 2;
    for (let at = (<usize>(chunk * CHUNK)) << 2; at < last; at += 16) {
      let g = v128.load(gradient + at);
      if (mask != 0) g = v128.and(g, keptBy(mask + (at >> 2)));
      sum = f32x4.add(sum, f32x4.mul(g, g));
    }
    const total =
      <f64>f32x4.extract_lane(sum, 0) +
      f32x4.extract_lane(sum, 1) +
      f32x4.extract_lane(sum, 2) +
      f32x4.extract_lane(sum, 3);
    store<f64>(sums + ((<usize>chunk) << 3), total);
  }
}

/** What to multiply all gradients by so that their joint norm is at most `limit`. */
export function clip(sums: usize, count: i32, limit: f32, control: usize): void {
  let sum: f64 = 0;
  for (let i = 0; i < count; i++) sum += load<f64>(sums + ((<usize>i) << 3));
  const norm = <f32>Math.sqrt(sum);
  store<f32>(control + CLIPPING, limit / max(norm, limit));
}
