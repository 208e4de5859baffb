import {
  add,
  exp,
  logSoftmax,
  mean,
  mul,
  neg,
  square,
  sub,
  sum,
  tensor2d,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { teacherOf, type Batch } from '../experiment/dataset';
import type { Objective } from './trainer';

/** What the data term depends on. */
export type LossOptions = Pick<Objective, 'loss' | 'labelSmoothing' | 'distillation'>;

/** The loss without the penalties: a scalar, the mean over the batch. */
export function dataLoss(outputs: Tensor, batch: Batch, objective: LossOptions): Tensor {
  const width = outputs.shape.at(-1) ?? 1;
  switch (objective.loss) {
    case 'crossentropy': {
      const ofLabels = crossEntropy(outputs, oneHot(batch.labels, width, objective.labelSmoothing));
      const { distillation } = objective;
      if (distillation === null) return ofLabels;
      const { temperature, weight } = distillation;
      const teacher = tensor2d(teacherOf(batch, width), [batch.count, width]);
      const apart = divergence(teacher, outputs, temperature);
      return add(mul(1 - weight, ofLabels), mul(weight * temperature ** 2, apart));
    }
    case 'mse':
      return meanSquaredError(
        outputs,
        batch.labels.length > 0
          ? oneHot(batch.labels, width, 0)
          : tensor2d(batch.targets, [batch.count, width]),
      );
  }
}

/** `KL(softmax(t/T) ‖ softmax(z/T))` in nats, averaged over the batch. */
export function divergence(teacher: Tensor, logits: Tensor, temperature: number): Tensor {
  const wanted = logSoftmax(mul(teacher, 1 / temperature));
  const given = logSoftmax(mul(logits, 1 / temperature));
  return mean(sum(mul(exp(wanted), sub(wanted, given)), -1));
}

/** `−Σ y·log softmax(z)` in nats, averaged over the batch; through log-softmax, so large logits stay finite. */
export function crossEntropy(logits: Tensor, targets: Tensor2D): Tensor {
  return neg(mean(sum(mul(targets, logSoftmax(logits)), -1)));
}

/** Mean over the batch and the outputs of `(ŷ − y)²`. */
export function meanSquaredError(outputs: Tensor, targets: Tensor): Tensor {
  return mean(square(sub(outputs, targets)));
}

/** `[count, classes]`: `(1−ε)·one-hot + ε/classes` (label smoothing, Szegedy et al. 2016). */
export function oneHot(labels: Int32Array, classes: number, smoothing: number): Tensor2D {
  const values = new Float32Array(labels.length * classes).fill(smoothing / classes);
  labels.forEach((label, row) => {
    values[row * classes + label] = 1 - smoothing + smoothing / classes;
  });
  return tensor2d(values, [labels.length, classes]);
}
