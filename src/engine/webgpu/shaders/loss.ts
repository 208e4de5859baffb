import type { Distillation } from '../../trainer';
import { f, LINE, summing, u, type Bindings, type Shader } from './wgsl';

/** Places in the array of what stays from one iteration to the next. */
export const HALTED = 0;
export const CLIPPING = 1;
export const CONTROL_LENGTH = 2;

/** Places in the array of what comes with each iteration. */
export const LEARNING_RATE = 0;
export const UNBIASED = 1;
export const DEVIATION = 2;
export const SLOT = 3;
export const SETTINGS_LENGTH = 4;

/** Losses kept until they are read. */
export const LOSSES = 64;

/**
 * The mean of each example's loss goes to `losses`. One that is not finite halts all updates, and what
 * comes after it counts as no number.
 */
function meanLoss(
  count: number,
  { body, ...bindings }: Bindings & { readonly body: string },
): Shader {
  return summing(1, {
    reads: ['settings', ...bindings.reads],
    writes: [...bindings.writes, 'losses: u32', 'control'],
    body: `var part = 0f;
  for (var row = thread; row < ${u(count)}; row += ${u(LINE)}) { ${body} }
  let mean = total(part) / ${f(count)};
  if (thread == 0) {
    // By its bits: devices may take for granted that numbers are finite.
    let isFinite = (bitcast<u32>(mean) & 0x7f800000u) != 0x7f800000u;
    if (!isFinite) { control[${u(HALTED)}] = 1; }
    losses[u32(settings[${u(SLOT)}])] = select(0x7fc00000u, bitcast<u32>(mean), control[${u(HALTED)}] == 0);
  }`,
  });
}

/**
 * Cross-entropy of softmax in nats with targets `(1 − ε) · one-hot + ε / classes`, and its gradient, both
 * for the mean over the batch: from `settings`, `logits` and `labels` to `gradient`, `losses`, `control`. With
 * distillation the logits of a `teacher` come behind the labels.
 */
export function crossEntropy(
  count: number,
  classes: number,
  smoothing: number,
  distillation: Distillation | null = null,
): Shader {
  const rest = smoothing / classes;
  const each = (body: string) => `for (var j = first; j < first + ${u(classes)}; j++) { ${body} }`;
  return meanLoss(count, {
    ...{
      reads: ['logits', 'labels: i32', ...(distillation === null ? [] : ['teacher'])],
      writes: ['gradient'],
    },
    body: `let first = row * ${u(classes)};
    var largest = logits[first];
    ${each('largest = max(largest, logits[j]);')}
    var sum = 0f;
    var all = 0f;
    ${each('let logit = logits[j] - largest; sum += exp(logit); all += logit;')}
    let right = first + u32(labels[row]);
    let logSum = log(sum);
    var loss = ${f(1 - smoothing)} * (logSum - (logits[right] - largest)) + ${f(rest)} * (${f(classes)} * logSum - all);
    ${each(`let wanted = ${f(rest)} + select(0f, ${f(1 - smoothing)}, j == right);
      gradient[j] = (exp(logits[j] - largest) / sum - wanted) / ${f(count)};`)}
    ${distillation === null ? '' : mixed(count, each, distillation)}
    part += loss;`,
  });
}

/** `1 − weight` of what `loss` and `gradient` are, and `weight · T² · KL(softmax(t/T) ‖ softmax(z/T))`. */
function mixed(
  count: number,
  each: (body: string) => string,
  { temperature, weight }: Distillation,
): string {
  const t = f(temperature);
  return `var top = teacher[first];
    ${each('top = max(top, teacher[j]);')}
    var given = 0f;
    var wanted = 0f;
    ${each(`given += exp((logits[j] - largest) / ${t}); wanted += exp((teacher[j] - top) / ${t});`)}
    var apart = 0f;
    ${each(`let z = (logits[j] - largest) / ${t};
      let q = (teacher[j] - top) / ${t};
      apart += exp(q) / wanted * (q - log(wanted) - (z - log(given)));
      gradient[j] = ${f(1 - weight)} * gradient[j] + ${f((weight * temperature) / count)} * (exp(z) / given - exp(q) / wanted);`)}
    loss = ${f(1 - weight)} * loss + ${f(weight * temperature ** 2)} * apart;`;
}

/** The squared error and its gradient, for the mean over batch and outputs: `targets` in place of `labels`. */
export function squaredError(count: number, width: number): Shader {
  return meanLoss(count, {
    ...{ reads: ['outputs', 'targets'], writes: ['gradient'] },
    body: `for (var j = row * ${u(width)}; j < (row + 1) * ${u(width)}; j++) {
      let error = outputs[j] - targets[j];
      part += error * error / ${f(width)};
      gradient[j] = error * ${f(2 / (count * width))};
    }`,
  });
}
