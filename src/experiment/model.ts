import type { Architecture } from './architecture';
import type { Checkpoint } from './checkpoint';
import type { DatasetInfo } from './dataset';
import type { Experiment, ModelRef } from './experiment';

/** Ids of the reference networks of docs/definitions.md. */
export const REFERENCE_MODELS = ['lenet-300-100', 'lenet-5', 'lenet-5-classic'] as const;

/**
 * The network that `ref` names on a data set, with every shape checked.
 * @throws WhittleError `at: 'model'`, naming the layer, where the string cannot be read or shapes do not fit.
 */
export function resolveModel(ref: ModelRef, dataset: DatasetInfo): Architecture {
  throw new Error(`not yet written: ${ref} ${dataset.id}`);
}

/** The checkpoint before the first step: parameters drawn from the experiment's seed. */
export function initialCheckpoint(experiment: Experiment): Checkpoint {
  throw new Error(`not yet written: ${experiment.model}`);
}

/** Numbers in all parameters that count in a size: kernels, biases, batch-norm scale, shift, mean and variance. */
export function countParameters(architecture: Architecture): number {
  throw new Error(`not yet written: ${String(architecture.layers.length)}`);
}
