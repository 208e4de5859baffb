import type { Split } from '../../data/dataset';
import type { Objective, Trainer } from '../../engine/trainer';
import type { Batch } from '../../experiment/dataset';

/** Over a whole split, in inference mode. */
export interface Evaluation {
  /** The objective's data term without label smoothing: mean cross-entropy in nats, or mean squared error. */
  readonly loss: number;
  /** Classification alone. */
  readonly accuracy?: number;
}

/** Examples through the network at a time: enough to keep a backend busy, few enough to pause soon. */
const CHUNK = 1024;

/** Sums in double precision and in the order of the split, so the result is the same every time. */
export async function evaluate(
  trainer: Trainer,
  split: Split,
  loss: Objective['loss'],
): Promise<Evaluation> {
  const classification = trainer.architecture.task === 'classification';
  let total = 0;
  let correct = 0;
  for (let start = 0; start < split.count; start += CHUNK) {
    const count = Math.min(CHUNK, split.count - start);
    const batch = await split.gather(Uint32Array.from({ length: count }, (_, i) => start + i));
    const outputs = await trainer.predict(batch);
    const width = outputs.length / count;
    for (let row = 0; row < count; row++) {
      const values = outputs.subarray(row * width, (row + 1) * width);
      total +=
        loss === 'crossentropy' ? crossEntropy(values, batch, row) : squared(values, batch, row);
      if (classification && largest(values) === batch.labels[row]) correct += 1;
    }
  }
  return {
    loss: total / split.count,
    ...(classification ? { accuracy: correct / split.count } : {}),
  };
}

/** `log Σ exp(z) − z[label]`, with the largest logit taken out so that nothing overflows. */
function crossEntropy(logits: Float32Array, batch: Batch, row: number): number {
  const peak = Math.max(...logits);
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - peak), 0);
  return peak + Math.log(sum) - (logits[batch.labels[row] ?? 0] ?? 0);
}

/** Mean over the outputs of `(ŷ − y)²`; a class counts as its one-hot vector. */
function squared(outputs: Float32Array, batch: Batch, row: number): number {
  const target = (output: number) =>
    batch.labels.length > 0
      ? Number(batch.labels[row] === output)
      : (batch.targets[row * outputs.length + output] ?? 0);
  return outputs.reduce((total, y, i) => total + (y - target(i)) ** 2, 0) / outputs.length;
}

/** Index of the largest value, the first of equal ones. */
function largest(values: Float32Array): number {
  return values.indexOf(Math.max(...values));
}
