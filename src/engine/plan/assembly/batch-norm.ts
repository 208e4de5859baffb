import { firstOf } from './share';

const EPSILON: f32 = 1e-5;
const KEPT: f32 = 0.9;

/**
 * Batch normalization over the last axis of `[rows, channels]`. `moments` holds the mean, then
 * 1/√(variance + ε), then the biased variance of each channel.
 */
export function batchMoments(
  x: usize,
  rows: i32,
  channels: i32,
  moments: usize,
  thread: i32,
  threads: i32,
): void {
  const stride = (<usize>channels) << 2;
  const end = firstOf(channels, thread + 1, threads);
  for (let channel = firstOf(channels, thread, threads); channel < end; channel++) {
    const at = (<usize>channel) << 2;
    let sum: f64 = 0;
    for (let row = 0; row < rows; row++) sum += load<f32>(x + <usize>row * stride + at);
    const mean = sum / rows;
    let squares: f64 = 0;
    for (let row = 0; row < rows; row++) {
      const apart = <f64>load<f32>(x + <usize>row * stride + at) - mean;
      squares += apart * apart;
    }
    const variance = <f32>(squares / rows);
    store<f32>(moments + at, <f32>mean);
    store<f32>(moments + stride + at, <f32>1 / Mathf.sqrt(variance + EPSILON));
    store<f32>(moments + 2 * stride + at, variance);
  }
}

/** Moments of inference, from the moving averages. */
export function keptMoments(mean: usize, variance: usize, channels: i32, moments: usize): void {
  const stride = (<usize>channels) << 2;
  for (let channel = 0; channel < channels; channel++) {
    const at = (<usize>channel) << 2;
    store<f32>(moments + at, load<f32>(mean + at));
    store<f32>(moments + stride + at, <f32>1 / Mathf.sqrt(load<f32>(variance + at) + EPSILON));
  }
}

/** `y = scale · (x − mean) / √(variance + ε) + shift`. */
export function normalize(
  x: usize,
  rows: i32,
  channels: i32,
  moments: usize,
  scale: usize,
  shift: usize,
  y: usize,
  thread: i32,
  threads: i32,
): void {
  const stride = (<usize>channels) << 2;
  const end = firstOf(rows, thread + 1, threads);
  for (let row = firstOf(rows, thread, threads); row < end; row++) {
    for (let channel = 0; channel < channels; channel++) {
      const at = (<usize>channel) << 2;
      const place = <usize>row * stride + at;
      const factor = load<f32>(scale + at) * load<f32>(moments + stride + at);
      const apart = load<f32>(x + place) - load<f32>(moments + at);
      store<f32>(y + place, apart * factor + load<f32>(shift + at));
    }
  }
}

/** The gradients by scale, shift and `x`; `dx` may be `dy`. */
export function normalizeGradient(
  x: usize,
  rows: i32,
  channels: i32,
  moments: usize,
  scale: usize,
  dy: usize,
  dx: usize,
  scaleGradient: usize,
  shiftGradient: usize,
  thread: i32,
  threads: i32,
): void {
  const stride = (<usize>channels) << 2;
  const end = firstOf(channels, thread + 1, threads);
  for (let channel = firstOf(channels, thread, threads); channel < end; channel++) {
    const at = (<usize>channel) << 2;
    const mean = load<f32>(moments + at);
    const factor = load<f32>(moments + stride + at);
    let sum: f64 = 0;
    let products: f64 = 0;
    for (let row = 0; row < rows; row++) {
      const place = <usize>row * stride + at;
      const gradient = load<f32>(dy + place);
      sum += gradient;
      products += gradient * ((load<f32>(x + place) - mean) * factor);
    }
    store<f32>(shiftGradient + at, <f32>sum);
    store<f32>(scaleGradient + at, <f32>products);
    const meanGradient = <f32>(sum / rows);
    const meanProduct = <f32>(products / rows);
    const outer = load<f32>(scale + at) * factor;
    for (let row = 0; row < rows; row++) {
      const place = <usize>row * stride + at;
      const normal = (load<f32>(x + place) - mean) * factor;
      const gradient = load<f32>(dy + place) - meanGradient - normal * meanProduct;
      store<f32>(dx + place, outer * gradient);
    }
  }
}

/** The moving averages after one more batch, with the unbiased variance. */
export function moveAverages(
  moments: usize,
  rows: i32,
  channels: i32,
  mean: usize,
  variance: usize,
): void {
  const stride = (<usize>channels) << 2;
  const unbiased = rows > 1 ? <f32>rows / <f32>(rows - 1) : 1;
  for (let channel = 0; channel < channels; channel++) {
    const at = (<usize>channel) << 2;
    blend(mean + at, load<f32>(moments + at));
    blend(variance + at, load<f32>(moments + 2 * stride + at) * unbiased);
  }
}

function blend(at: usize, now: f32): void {
  store<f32>(at, load<f32>(at) * KEPT + now * (<f32>1 - KEPT));
}
