import {
  dispose,
  keep,
  reshape,
  valueAndGrads,
  type Rank,
  type Tensor,
} from '@tensorflow/tfjs-core';
import type { Architecture } from '../experiment/architecture';
import type { Batch } from '../experiment/dataset';
import type { Moments } from './batch-norm';
import { forward } from './forward';
import './gradient-rules';
import { dataLoss, type LossOptions } from './losses';
import { pickTensors, type Tensors } from './tensors';
import type { Objective } from './trainer';

export interface GradientProblem {
  readonly architecture: Architecture;
  /** Of all roles. */
  readonly parameters: Tensors;
  /** Names of the parameters to differentiate by. */
  readonly trainable: readonly string[];
  readonly objective: LossOptions & Pick<Objective, 'frozen'>;
}

export interface GradientResult {
  /** The data term, a scalar. */
  readonly loss: Tensor;
  /** Of the data term, by name of the trainable parameter. */
  readonly gradients: Tensors;
  /** Of each batch-norm layer's input, by the layer's name. */
  readonly moments: Readonly<Record<string, Moments>>;
}

/**
 * The data term in training mode and its gradients; `dropoutSeed` null leaves dropout out. To be called
 * inside a `tidy`, which owns the result.
 */
export function lossAndGradients(
  { architecture, parameters, trainable, objective }: GradientProblem,
  inputs: Tensor,
  batch: Batch,
  dropoutSeed: number | null,
): GradientResult {
  const kept: Record<string, Moments> = {};
  // Steps are read where kernels are rounded, before.
  const names = trainable.filter((name) => !name.endsWith('.step'));
  const loss = (...values: Tensor[]) => {
    const varied: Record<string, Tensor> = {};
    values.forEach((value, i) => (varied[names[i] ?? ''] = value));
    const outputs = forward(architecture, { ...parameters, ...varied }, inputs, {
      training: true,
      dropoutSeed,
      frozen: objective.frozen,
      // The tape frees what only the forward pass needs, so the moments have to be kept beside it.
      onMoments: (layer, { mean, variance }) => {
        kept[layer.name] = { mean: keep(mean), variance: keep(variance) };
      },
    });
    return reshape<Rank.R0>(dataLoss(outputs, batch, objective), []);
  };
  try {
    const values = Object.values(pickTensors(parameters, names));
    const { value, grads } = valueAndGrads(loss)(values);
    const gradients: Record<string, Tensor> = {};
    grads.forEach((gradient, i) => (gradients[names[i] ?? ''] = gradient));
    return { loss: value, gradients, moments: release(kept) };
  } finally {
    dispose(Object.values(kept).flatMap(({ mean, variance }) => [mean, variance]));
  }
}

/** The same moments, owned by the enclosing `tidy`. */
function release(kept: Readonly<Record<string, Moments>>): Record<string, Moments> {
  return Object.fromEntries(
    Object.entries(kept).map(([name, { mean, variance }]) => [
      name,
      { mean: mean.clone(), variance: variance.clone() },
    ]),
  );
}
