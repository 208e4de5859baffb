import type { Architecture } from '../../experiment/architecture';
import type { OptimizerState } from '../../experiment/checkpoint';
import { targetsOf, teacherOf, type Batch } from '../../experiment/dataset';
import { dropoutValues, layerSeed } from '../dropout-values';
import { ADAM_BETAS } from '../constants';
import { sharedLevels } from '../codebook-levels';
import { isChanging } from '../frozen';
import type { Network, Objective, Roundings, Trainer } from '../trainer';
import { compileIteration, compilePrediction } from './compile';
import { CONTROL, CONTROL_LENGTH, type BatchKind, type Places, type Plan } from './compiler';
import type { Machine } from './machine';
import { NetworkMemory } from './network-memory';
import { OPTIMIZER_SLOTS } from './update';

/** Plans by the size of their batches: an epoch has two, and a test set as well. */
const MOST_PLANS = 8;

/** A trainer that predicts only. */
export function openPlan(machine: Machine, network: Network): Trainer {
  const memory = new NetworkMemory(machine, network, { changes: null, slots: [] });
  const predict = predictor(machine, network.architecture, memory.places, null);
  return {
    architecture: network.architecture,
    step: () =>
      Promise.reject(new Error('This network was opened for inference. Open it with train().')),
    predict: (batch) => Promise.resolve(predict(batch)),
    read: () => Promise.resolve({ parameters: memory.parameters(), optimizer: null }),
    dispose: () => {
      memory.dispose();
    },
  };
}

/** A trainer that goes on from `saved` where that fits the objective's optimizer. */
export function startPlan(
  machine: Machine,
  network: Network,
  objective: Objective,
  saved: OptimizerState | null,
): Trainer {
  const { architecture } = network;
  const slots = OPTIMIZER_SLOTS[objective.optimizer];
  const { roundings } = objective;
  const memory = new NetworkMemory(machine, network, {
    changes: isChanging(architecture, objective),
    slots,
    rounds: roundings !== null,
    levels: sharedLevels(network, objective),
  });
  let updates = memory.restore(objective, saved);
  const predict = predictor(machine, architecture, memory.places, roundings);
  const iterations = plansByKind(machine, (kind, scratch) =>
    compileIteration(
      architecture,
      memory.places,
      objective,
      kind,
      machine.threads,
      { update: true, dropout: true },
      scratch,
    ),
  );
  const { control } = memory.places;
  return {
    architecture,
    step: (batch, learningRate, dropoutSeed) => {
      const plan = iterations(batch);
      writeBatch(machine, plan, batch, objective, architecture.outputs);
      for (const { address, length, rate, index } of plan.dropouts) {
        const values = dropoutValues(length, rate, layerSeed(dropoutSeed, index));
        machine.floats(address, length).set(values);
      }
      const [beta1, beta2] = ADAM_BETAS;
      const settings = machine.floats(control, CONTROL_LENGTH);
      settings[CONTROL.learningRate] = learningRate;
      settings[CONTROL.unbiased] = 1 / (1 - beta1 ** (updates + 1));
      settings[CONTROL.deviation] = 1 / Math.sqrt(1 - beta2 ** (updates + 1));
      settings[CONTROL.clipping] = 1;
      if (!machine.run(plan.words, plan.multiplyAdds)) return Promise.resolve(NaN);
      updates += 1;
      return Promise.resolve(machine.floats(control, 1)[CONTROL.loss] ?? NaN);
    },
    predict: (batch) => Promise.resolve(predict(batch)),
    read: () =>
      Promise.resolve({
        parameters: memory.parameters(),
        optimizer: { optimizer: objective.optimizer, updates, slots: memory.slots() },
      }),
    dispose: () => {
      memory.dispose();
    },
  };
}

/** The loss of a batch without penalties or dropout, and the gradients with penalties, by parameter. */
export function planGradients(
  machine: Machine,
  network: Network,
  objective: Objective,
  batch: Batch,
): { loss: number; gradients: Record<string, Float32Array> } {
  const rounds = objective.roundings !== null;
  const levels = sharedLevels(network, objective);
  const changes = isChanging(network.architecture, objective);
  const memory = new NetworkMemory(machine, network, { changes, slots: [], rounds, levels });
  try {
    const plan = plansByKind(machine, (kind, scratch) =>
      compileIteration(
        network.architecture,
        memory.places,
        objective,
        kind,
        machine.threads,
        { update: false, dropout: false },
        scratch,
      ),
    )(batch);
    writeBatch(machine, plan, batch, objective, network.architecture.outputs);
    machine.run(plan.words, plan.multiplyAdds);
    const loss = machine.floats(memory.places.control, 1)[CONTROL.loss] ?? NaN;
    return { loss, gradients: memory.gradients() };
  } finally {
    memory.dispose();
  }
}

function predictor(
  machine: Machine,
  architecture: Architecture,
  places: Places,
  roundings: Roundings | null,
) {
  const plans = plansByKind(machine, (kind, scratch) =>
    compilePrediction(architecture, places, roundings, kind, machine.threads, scratch),
  );
  return (batch: Batch): Float32Array => {
    const plan = plans(batch);
    writeInputs(machine, plan, batch);
    machine.run(plan.words, plan.multiplyAdds);
    return machine.floats(plan.outputs, batch.count * architecture.outputs).slice();
  };
}

/** Plans for batches of each kind, compiled when first asked for and again when their memory has moved. */
function plansByKind(
  machine: Machine,
  compile: (kind: BatchKind, scratch: (bytes: number) => number) => Plan,
): (batch: Batch) => Plan {
  const plans = new Map<string, { plan: Plan; base: number }>();
  return ({ count, inputs }) => {
    const grey = inputs instanceof Uint8Array;
    const key = `${String(count)} ${String(grey)}`;
    const known = plans.get(key);
    let base = machine.scratch(known?.plan.scratch ?? 0);
    if (known?.base === base) return known.plan;
    const plan = compile({ count, grey }, (bytes) => (base = machine.scratch(bytes)));
    if (plans.size >= MOST_PLANS) plans.clear();
    plans.set(key, { plan, base });
    return plan;
  };
}

function writeInputs(machine: Machine, plan: Plan, { inputs }: Batch): void {
  if (inputs instanceof Uint8Array) machine.bytes(plan.bytes, inputs.length).set(inputs);
  else machine.floats(plan.inputs, inputs.length).set(inputs);
}

function writeBatch(
  machine: Machine,
  plan: Plan,
  batch: Batch,
  { loss }: Objective,
  width: number,
): void {
  writeInputs(machine, plan, batch);
  const { count, labels } = batch;
  if (plan.teacher !== 0) {
    machine.floats(plan.teacher, count * width).set(teacherOf(batch, width));
  }
  if (loss === 'crossentropy') machine.integers(plan.targets, count).set(labels);
  else machine.floats(plan.targets, count * width).set(targetsOf(batch, width));
}
