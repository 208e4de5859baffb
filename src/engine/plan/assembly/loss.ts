import { firstOf } from './share';

/**
 * Cross-entropy of softmax in nats, and its gradient by the logits, both for the mean over the batch:
 * `−Σ t · ln p` with targets `(1 − ε) · one-hot + ε / classes`. Each example's loss goes to `losses`.
 */
export function crossEntropy(
  logits: usize,
  labels: usize,
  gradient: usize,
  losses: usize,
  count: i32,
  classes: i32,
  smoothing: f32,
  thread: i32,
  threads: i32,
): void {
  const row = (<usize>classes) << 2;
  const scale = <f32>1 / <f32>count;
  const rest = smoothing / <f32>classes;
  const end = firstOf(count, thread + 1, threads);
  for (let i = firstOf(count, thread, threads); i < end; i++) {
    const from = logits + <usize>i * row;
    const to = gradient + <usize>i * row;
    const label = load<i32>(labels + ((<usize>i) << 2));
    let largest = load<f32>(from);
    for (let j = 1; j < classes; j++) {
      largest = max(largest, load<f32>(from + ((<usize>j) << 2)));
    }
    let sum: f32 = 0;
    let total: f32 = 0;
    for (let j = 0; j < classes; j++) {
      const logit = load<f32>(from + ((<usize>j) << 2)) - largest;
      const power = Mathf.exp(logit);
      store<f32>(to + ((<usize>j) << 2), power);
      sum += power;
      total += logit;
    }
    const logSum = Mathf.log(sum);
    const right = load<f32>(from + ((<usize>label) << 2)) - largest;
    const loss = (<f32>1 - smoothing) * (logSum - right) + rest * (<f32>classes * logSum - total);
    store<f32>(losses + ((<usize>i) << 2), loss);
    for (let j = 0; j < classes; j++) {
      const at = to + ((<usize>j) << 2);
      const target = rest + (j == label ? <f32>1 - smoothing : 0);
      store<f32>(at, (load<f32>(at) / sum - target) * scale);
    }
  }
}

/** The squared error and its gradient, both for the mean over the batch and the outputs. */
export function squaredError(
  outputs: usize,
  targets: usize,
  gradient: usize,
  losses: usize,
  count: i32,
  width: i32,
  thread: i32,
  threads: i32,
): void {
  const scale = <f32>2 / <f32>(count * width);
  const end = firstOf(count, thread + 1, threads);
  for (let i = firstOf(count, thread, threads); i < end; i++) {
    let loss: f32 = 0;
    for (let j = 0; j < width; j++) {
      const at = (<usize>(i * width + j)) << 2;
      const error = load<f32>(outputs + at) - load<f32>(targets + at);
      loss += error * error;
      store<f32>(gradient + at, error * scale);
    }
    store<f32>(losses + ((<usize>i) << 2), loss / <f32>width);
  }
}

/** The mean of `count` numbers, summed in order with double precision. */
export function mean(values: usize, count: i32): f32 {
  let sum: f64 = 0;
  for (let i = 0; i < count; i++) sum += load<f32>(values + ((<usize>i) << 2));
  return <f32>(sum / count);
}
