import type { Task } from '../experiment/architecture';
import type { ClassMetrics, Metrics } from '../experiment/report';

/** What a network put out for some examples, beside what they should have been. */
export interface Outcome {
  /** `[count, width]`: logits or values. */
  readonly outputs: Float32Array;
  /** Classification: `[count]`. */
  readonly labels: Int32Array;
  /** Regression: `[count, width]`. */
  readonly targets: Float32Array;
}

/** The metrics that the task has, of outputs `[count, width]`. */
export function metricsOf(
  task: Task,
  { outputs, labels, targets }: Outcome,
  width: number,
): Metrics {
  return task === 'classification'
    ? classificationMetrics(outputs, labels, width)
    : regressionMetrics(outputs, targets, width);
}

/**
 * Class of each row of logits `[count, classes]`: the largest, of equal ones the lowest index.
 */
export function predictions(logits: Float32Array, classes: number): Int32Array {
  return Int32Array.from({ length: rowsOf(logits, classes) }, (_, row) => {
    const first = row * classes;
    let best = first;
    for (let i = first + 1; i < first + classes; i++) {
      if (at(logits, i) > at(logits, best)) best = i;
    }
    return best - first;
  });
}

/**
 * Metrics of logits `[count, classes]` against labels `[count]`, as docs/definitions.md defines them.
 * Sums run over the examples in order, in float64, so that they do not depend on batches. `loss` is the
 * mean cross-entropy in nats; it is not finite where a logit is not.
 */
export function classificationMetrics(
  logits: Float32Array,
  labels: Int32Array,
  classes: number,
): Metrics {
  const examples = labels.length;
  const predicted = predictions(logits, classes);
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  let correct = 0;
  labels.forEach((label, i) => {
    const prediction = at(predicted, i);
    const row = confusion[label];
    if (row === undefined) throw new Error(`Label ${String(label)} of ${String(classes)} classes.`);
    row[prediction] = (row[prediction] ?? 0) + 1;
    if (prediction === label) correct += 1;
  });
  const perClass = classMetrics(confusion);
  return {
    examples,
    loss: ratio(crossEntropy(logits, labels, classes), examples),
    accuracy: ratio(correct, examples),
    precision: mean(perClass.map(({ precision }) => precision)),
    recall: mean(perClass.map(({ recall }) => recall)),
    f1: mean(perClass.map(({ f1 }) => f1)),
    perClass,
    confusion,
  };
}

/** Precision, recall and F1 of each class from `confusion[label][prediction]`; 0/0 is 0. */
export function classMetrics(confusion: readonly (readonly number[])[]): readonly ClassMetrics[] {
  return confusion.map((row, label) => {
    const hits = row[label] ?? 0;
    const support = sum(row);
    const called = sum(confusion.map((other) => other[label] ?? 0));
    const precision = ratio(hits, called);
    const recall = ratio(hits, support);
    return { precision, recall, f1: ratio(2 * hits, called + support), support };
  });
}

/** Σ (log Σⱼ exp zⱼ − z_label), with the largest logit taken out so that nothing overflows. */
function crossEntropy(logits: Float32Array, labels: Int32Array, classes: number): number {
  let total = 0;
  labels.forEach((label, row) => {
    const first = row * classes;
    let largest = -Infinity;
    for (let i = first; i < first + classes; i++) largest = Math.max(largest, at(logits, i));
    let exponentials = 0;
    for (let i = first; i < first + classes; i++) {
      exponentials += Math.exp(at(logits, i) - largest);
    }
    total += Math.log(exponentials) + (largest - at(logits, first + label));
  });
  return total;
}

/**
 * Metrics of values against targets, both `[count, outputs]`: means over all numbers. R² is
 * `1 − Σ(y − ŷ)² / Σ(y − ȳ)²` with the mean ȳ of each output; where the targets do not vary, 0/0 is 0.
 */
export function regressionMetrics(
  values: Float32Array,
  targets: Float32Array,
  outputs = 1,
): Metrics {
  const examples = rowsOf(targets, outputs);
  const means = Array.from({ length: outputs }, (_, output) => {
    let total = 0;
    for (let i = output; i < targets.length; i += outputs) total += at(targets, i);
    return ratio(total, examples);
  });
  let squares = 0;
  let absolutes = 0;
  let spread = 0;
  targets.forEach((target, i) => {
    const error = at(values, i) - target;
    squares += error * error;
    absolutes += Math.abs(error);
    spread += (target - at(means, i % outputs)) ** 2;
  });
  const mse = ratio(squares, targets.length);
  return {
    examples,
    loss: mse,
    mse,
    mae: ratio(absolutes, targets.length),
    r2: spread === 0 ? 0 : 1 - squares / spread,
  };
}

function rowsOf(values: ArrayLike<number>, width: number): number {
  return values.length / width;
}

function at(values: ArrayLike<number>, index: number): number {
  return values[index] ?? NaN;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return ratio(sum(values), values.length);
}

/** 0/0 is 0. */
function ratio(a: number, b: number): number {
  return a === 0 && b === 0 ? 0 : a / b;
}
