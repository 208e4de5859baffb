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

/**
 * Mixes what a teacher says into a loss and its gradient by the logits, as `crossEntropy` left them: `1 − weight`
 * of it, and `weight · T² · KL(softmax(t/T) ‖ softmax(z/T))` for the mean over the batch.
 */
export function distill(
  logits: usize,
  teacher: usize,
  gradient: usize,
  losses: usize,
  count: i32,
  classes: i32,
  temperature: f32,
  weight: f32,
  thread: i32,
  threads: i32,
): void {
  const row = (<usize>classes) << 2;
  const rest = <f32>1 - weight;
  const slope = (weight * temperature) / <f32>count;
  const scale = weight * temperature * temperature;
  const end = firstOf(count, thread + 1, threads);
  for (let i = firstOf(count, thread, threads); i < end; i++) {
    const own = logits + <usize>i * row;
    const taught = teacher + <usize>i * row;
    const to = gradient + <usize>i * row;
    const ownTop = largestOf(own, classes);
    const taughtTop = largestOf(taught, classes);
    const ownSum = powers(own, classes, ownTop, temperature);
    const taughtSum = powers(taught, classes, taughtTop, temperature);
    const ownLog = Mathf.log(ownSum);
    const taughtLog = Mathf.log(taughtSum);
    let apart: f32 = 0;
    for (let j = 0; j < classes; j++) {
      const at = (<usize>j) << 2;
      const z = (load<f32>(own + at) - ownTop) / temperature;
      const t = (load<f32>(taught + at) - taughtTop) / temperature;
      const given = Mathf.exp(z) / ownSum;
      const wanted = Mathf.exp(t) / taughtSum;
      apart += wanted * (t - taughtLog - (z - ownLog));
      store<f32>(to + at, rest * load<f32>(to + at) + slope * (given - wanted));
    }
    const loss = losses + ((<usize>i) << 2);
    store<f32>(loss, rest * load<f32>(loss) + scale * apart);
  }
}

function largestOf(values: usize, count: i32): f32 {
  let largest = load<f32>(values);
  for (let j = 1; j < count; j++) largest = max(largest, load<f32>(values + ((<usize>j) << 2)));
  return largest;
}

/** The sum of `exp((x − top) / T)`. */
function powers(values: usize, count: i32, top: f32, temperature: f32): f32 {
  let sum: f32 = 0;
  for (let j = 0; j < count; j++) {
    sum += Mathf.exp((load<f32>(values + ((<usize>j) << 2)) - top) / temperature);
  }
  return sum;
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
