import type { Architecture } from '../../experiment/architecture';
import type { OptimizerState, Parameter } from '../../experiment/checkpoint';
import type { Batch } from '../../experiment/dataset';
import { dropoutValues, layerSeed } from '../dropout';
import { ADAM_BETAS } from '../optimizers';
import type { Network, Objective, Trainer } from '../trainer';
import {
  compileIteration,
  compilePrediction,
  CONTROL,
  CONTROL_LENGTH,
  OPTIMIZER_SLOTS,
  type Places,
  type Plan,
} from './compile';
import type { Machine } from './machine';

/** Plans by the size of their batches: an epoch has two, and a test set as well. */
const MOST_PLANS = 8;

/** A trainer that predicts only. */
export function openPlan(machine: Machine, network: Network): Trainer {
  const memory = new NetworkMemory(machine, network, { trains: false, slots: [] });
  const predict = predictor(machine, network.architecture, memory.places);
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
  const memory = new NetworkMemory(machine, network, { trains: true, slots });
  let updates = memory.restore(objective, saved);
  const predict = predictor(machine, architecture, memory.places);
  const iterations = plansBySize(machine, (count, scratch) =>
    compileIteration(
      architecture,
      memory.places,
      objective,
      count,
      machine.threads,
      { update: true, dropout: true },
      scratch,
    ),
  );
  const { control } = memory.places;
  return {
    architecture,
    step: (batch, learningRate, dropoutSeed) => {
      const plan = iterations(batch.count);
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
  const memory = new NetworkMemory(machine, network, { trains: true, slots: [] });
  try {
    const plan = plansBySize(machine, (count, scratch) =>
      compileIteration(
        network.architecture,
        memory.places,
        objective,
        count,
        machine.threads,
        { update: false, dropout: false },
        scratch,
      ),
    )(batch.count);
    writeBatch(machine, plan, batch, objective, network.architecture.outputs);
    machine.run(plan.words, plan.multiplyAdds);
    const loss = machine.floats(memory.places.control, 1)[CONTROL.loss] ?? NaN;
    return { loss, gradients: memory.gradients() };
  } finally {
    memory.dispose();
  }
}

/** A network's numbers in the machine's memory. */
class NetworkMemory {
  readonly places: Places;
  readonly #machine: Machine;
  readonly #network: Network;

  constructor(
    machine: Machine,
    network: Network,
    { trains, slots }: { readonly trains: boolean; readonly slots: readonly string[] },
  ) {
    this.#machine = machine;
    this.#network = network;
    const { parameters, masks } = network;
    const values: Record<string, number> = {};
    const gradients: Record<string, number> = {};
    const masked: Record<string, number> = {};
    const memory: Record<string, number> = {};
    for (const [name, parameter] of Object.entries(parameters)) {
      const { length } = parameter.values;
      const mask = masks[name];
      values[name] = machine.allocate(length);
      machine.floats(values[name], length).set(withoutPruned(parameter.values, mask));
      if (!trains || !isTrained(parameter)) continue;
      gradients[name] = machine.allocate(length);
      if (mask !== undefined) {
        masked[name] = machine.allocate(Math.ceil(length / 4));
        machine.bytes(masked[name], length).set(mask);
      }
      for (const slot of slots) memory[`${slot}/${name}`] = machine.allocate(length);
    }
    const control = machine.allocate(CONTROL_LENGTH);
    this.places = { values, gradients, masks: masked, slots: memory, control };
  }

  /**
   * Takes over the optimizer's memory where it is of the same kind and fits every parameter; starts afresh
   * otherwise. Returns the updates that it has seen.
   */
  restore(objective: Objective, saved: OptimizerState | null): number {
    if (saved?.optimizer !== objective.optimizer) return 0;
    const entries = Object.entries(this.places.slots).map(([key, address]) => {
      const length = this.#lengthOf(key.slice(key.indexOf('/') + 1));
      return { address, length, values: saved.slots[key] };
    });
    if (!entries.every(({ length, values }) => values?.length === length)) return 0;
    for (const { address, length, values } of entries) {
      if (values !== undefined) this.#machine.floats(address, length).set(values);
    }
    return saved.updates;
  }

  parameters(): Record<string, Parameter> {
    const { parameters } = this.#network;
    return Object.fromEntries(
      Object.entries(parameters).map(([name, parameter]) => [
        name,
        { ...parameter, values: this.#copy(this.places.values[name] ?? 0, name) },
      ]),
    );
  }

  gradients(): Record<string, Float32Array> {
    return this.#copies(this.places.gradients, (name) => name);
  }

  slots(): Record<string, Float32Array> {
    return this.#copies(this.places.slots, (key) => key.slice(key.indexOf('/') + 1));
  }

  dispose(): void {
    const { values, gradients, masks, slots, control } = this.places;
    for (const address of [values, gradients, masks, slots].flatMap(Object.values<number>)) {
      this.#machine.free(address);
    }
    this.#machine.free(control);
  }

  #copies(places: Readonly<Record<string, number>>, parameterOf: (key: string) => string) {
    return Object.fromEntries(
      Object.entries(places).map(([key, address]) => [key, this.#copy(address, parameterOf(key))]),
    );
  }

  #copy(address: number, parameter: string): Float32Array {
    return this.#machine.floats(address, this.#lengthOf(parameter)).slice();
  }

  #lengthOf(parameter: string): number {
    return this.#network.parameters[parameter]?.values.length ?? 0;
  }
}

function isTrained({ role }: Parameter): boolean {
  return role !== 'mean' && role !== 'variance';
}

/** Pruned weights as exact (positive) zeros, whatever the record holds there. */
function withoutPruned(values: Float32Array, mask: Uint8Array | undefined): Float32Array {
  return mask === undefined ? values : values.map((value, i) => (mask[i] === 0 ? 0 : value));
}

function predictor(machine: Machine, architecture: Architecture, places: Places) {
  const plans = plansBySize(machine, (count, scratch) =>
    compilePrediction(architecture, places, count, machine.threads, scratch),
  );
  return (batch: Batch): Float32Array => {
    const plan = plans(batch.count);
    machine.floats(plan.inputs, batch.inputs.length).set(batch.inputs);
    machine.run(plan.words, plan.multiplyAdds);
    return machine.floats(plan.outputs, batch.count * architecture.outputs).slice();
  };
}

/** Plans for batches of each size, compiled when first asked for and again when their memory has moved. */
function plansBySize(
  machine: Machine,
  compile: (count: number, scratch: (bytes: number) => number) => Plan,
): (count: number) => Plan {
  const plans = new Map<number, { plan: Plan; base: number }>();
  return (count) => {
    const known = plans.get(count);
    let base = machine.scratch(known?.plan.scratch ?? 0);
    if (known?.base === base) return known.plan;
    const plan = compile(count, (bytes) => (base = machine.scratch(bytes)));
    if (plans.size >= MOST_PLANS) plans.clear();
    plans.set(count, { plan, base });
    return plan;
  };
}

function writeBatch(
  machine: Machine,
  plan: Plan,
  { count, inputs, labels, targets }: Batch,
  { loss }: Objective,
  width: number,
): void {
  machine.floats(plan.inputs, inputs.length).set(inputs);
  if (loss === 'crossentropy') {
    machine.integers(plan.targets, count).set(labels);
    return;
  }
  const values = machine.floats(plan.targets, count * width);
  if (labels.length === 0) {
    values.set(targets);
    return;
  }
  values.fill(0);
  labels.forEach((label, row) => {
    values[row * width + label] = 1;
  });
}
