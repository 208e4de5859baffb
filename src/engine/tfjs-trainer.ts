import { add, mul, stack, sum, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { Architecture } from '../experiment/architecture';
import type { OptimizerState } from '../experiment/checkpoint';
import { seen, type Batch } from '../experiment/dataset';
import type { RunningBackend } from './backend/backend';
import { movingMoments, type Moments } from './batch-norm';
import { forward, INFERENCE } from './forward';
import { lossAndGradients, type GradientResult } from './gradients';
import { optimizerOf } from './optimizers';
import { learnedGradients, roundKernels } from './rounding';
import { shareGradients, uploadLevels, type SharedLevels } from './shared-gradients';
import {
  download,
  trainableNames,
  uploadMasks,
  uploadMemory,
  uploadParameters,
  withValues,
  type Memory,
} from './state';
import { mapTensors, pickTensors, tensorOf, type Tensors } from './tensors';
import type { Network, Objective, Trainer } from './trainer';

/** All that an iteration changes. */
interface State extends Memory {
  readonly parameters: Tensors;
}

/** What stays the same from one iteration to the next. */
interface Plan {
  readonly architecture: Architecture;
  readonly objective: Objective;
  readonly trainable: readonly string[];
  readonly masks: Tensors;
  readonly levels: SharedLevels;
  readonly optimizer: ReturnType<typeof optimizerOf>;
}

/** A trainer that predicts only. */
export function openTrainer(backend: RunningBackend, network: Network): Trainer {
  const parameters = backend.run(() => uploadParameters(network));
  return {
    architecture: network.architecture,
    step: () =>
      Promise.reject(new Error('This network was opened for inference. Open it with train().')),
    predict: (batch) => predict(backend, network.architecture, parameters, batch),
    read: async () => ({
      parameters: withValues(network.parameters, await backend.read(() => download(parameters))),
      optimizer: null,
    }),
    dispose: () => {
      backend.free(Object.values(parameters));
    },
  };
}

/** A trainer that goes on from `saved` where that fits the objective's optimizer. One call at a time. */
export function startTrainer(
  backend: RunningBackend,
  network: Network,
  objective: Objective,
  saved: OptimizerState | null,
): Trainer {
  const { architecture } = network;
  const plan: Plan = {
    architecture,
    objective,
    trainable: trainableNames(network, objective),
    masks: backend.run(() => uploadMasks(network)),
    levels: backend.run(() => uploadLevels(network, objective)),
    optimizer: optimizerOf(objective),
  };
  let state = backend.run((): State => {
    const parameters = uploadParameters(network);
    const trained = pickTensors(parameters, plan.trainable);
    return {
      parameters,
      ...uploadMemory(objective.optimizer, plan.optimizer, trained, saved),
    };
  });

  let disposed = false;

  return {
    architecture,
    step: async (batch, learningRate, dropoutSeed) => {
      const before = state;
      const { report, ...after } = backend.run(() =>
        tidy(() => advance(plan, before, batch, learningRate, dropoutSeed)),
      );
      const [loss = NaN, total = NaN] = await backend.read(() => report.data());
      report.dispose();
      const finite = Number.isFinite(loss) && Number.isFinite(total);
      // Disposed while the values were on their way: nobody owns the new state any more.
      if (finite && !disposed) state = { ...after, updates: before.updates + 1 };
      backend.free(difference(state === before ? after : before, state));
      return finite ? loss : NaN;
    },
    predict: (batch) =>
      predict(backend, architecture, state.parameters, batch, (parameters) =>
        roundKernels(parameters, plan.masks, objective.roundings),
      ),
    read: async () => {
      const { parameters, slots, updates } = state;
      const [values, memory] = await backend.read(() =>
        Promise.all([download(parameters), download(slots)]),
      );
      return {
        parameters: withValues(network.parameters, values),
        optimizer: { optimizer: objective.optimizer, updates, slots: memory },
      };
    },
    dispose: () => {
      disposed = true;
      const levels = Object.values(plan.levels).map(({ indices }) => indices);
      const tensors = [state.parameters, state.slots, plan.masks].flatMap(Object.values<Tensor>);
      backend.free([...tensors, ...levels]);
    },
  };
}

/** The state after one iteration, and `[loss, sum of all parameters]` to judge by whether to keep it. */
function advance(
  { architecture, objective, trainable, masks, levels, optimizer }: Plan,
  state: State,
  batch: Batch,
  learningRate: number,
  dropoutSeed: number,
) {
  const inputs = upload(architecture, batch);
  const result = lossAndGradients(
    {
      architecture,
      parameters: roundKernels(state.parameters, masks, objective.roundings),
      trainable,
      objective,
    },
    inputs,
    batch,
    dropoutSeed,
  );
  // A pruned weight takes no part in the norm that clipping looks at.
  const learned = learnedGradients(result.gradients, state.parameters, objective.roundings);
  const shared = shareGradients(learned, levels);
  const gradients = mapTensors(shared, (each, name) => masked(each, masks[name]));
  const context = {
    parameters: pickTensors(state.parameters, trainable),
    learningRate,
    update: state.updates + 1,
  };
  const change = optimizer.update(gradients, state.slots, context);
  // What the optimizer remembers would still move a pruned weight: its change is masked as well.
  const moved = mapTensors(context.parameters, (value, name) =>
    add(value, masked(tensorOf(change.gradients, name), masks[name])),
  );
  const total = Object.values(moved)
    .map((value) => sum(value))
    .reduce((sumSoFar, one) => add(sumSoFar, one));
  const statistics = movedStatistics(architecture, state.parameters, result, batch.count);
  return {
    parameters: { ...state.parameters, ...moved, ...statistics },
    slots: change.state,
    report: stack([result.loss, total]),
  };
}

/** The moving averages of the batch-norm layers after this batch. */
function movedStatistics(
  architecture: Architecture,
  parameters: Tensors,
  { moments }: GradientResult,
  count: number,
): Tensors {
  const moved: Record<string, Tensor> = {};
  for (const layer of architecture.layers) {
    const batch = moments[layer.name];
    if (batch === undefined) continue;
    const before: Moments = {
      mean: tensorOf(parameters, `${layer.name}.mean`),
      variance: tensorOf(parameters, `${layer.name}.variance`),
    };
    const positions = layer.output.slice(0, -1).reduce((product, side) => product * side, 1);
    const after = movingMoments(before, batch, count * positions);
    moved[`${layer.name}.mean`] = after.mean;
    moved[`${layer.name}.variance`] = after.variance;
  }
  return moved;
}

async function predict(
  backend: RunningBackend,
  architecture: Architecture,
  parameters: Tensors,
  batch: Batch,
  read: (parameters: Tensors) => Tensors = (as) => as,
): Promise<Float32Array> {
  const outputs = backend.run(() =>
    tidy(() => forward(architecture, read(parameters), upload(architecture, batch), INFERENCE)),
  );
  const values = await backend.read(() => outputs.data<'float32'>());
  outputs.dispose();
  return values;
}

/** `[count, ...architecture.input]`. */
export function upload(architecture: Architecture, batch: Batch): Tensor {
  return tensor(seen(batch.inputs), [batch.count, ...architecture.input], 'float32');
}

function masked(value: Tensor, mask: Tensor | undefined): Tensor {
  return mask === undefined ? value : mul(value, mask);
}

/** The tensors of `gone` that `kept` does not share. */
function difference(gone: Omit<State, 'updates'>, kept: Omit<State, 'updates'>): readonly Tensor[] {
  const all = (state: Omit<State, 'updates'>) => [
    ...Object.values(state.parameters),
    ...Object.values(state.slots),
  ];
  const shared = new Set(all(kept));
  return all(gone).filter((each) => !shared.has(each));
}
