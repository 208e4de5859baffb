import type { Architecture } from '../../experiment/architecture';
import type { OptimizerState } from '../../experiment/checkpoint';
import { targetsOf, teacherOf, type Batch } from '../../experiment/dataset';
import { gridCount } from '../../experiment/quantizer';
import { ADAM_BETAS } from '../constants';
import { dropoutValues, layerSeed } from '../dropout-values';
import { OPTIMIZER_SLOTS } from '../plan/update';
import { sharedLevels } from '../codebook-levels';
import type { Network, Objective, Trainer } from '../trainer';
import { compileIteration, compilePrediction, type TrainingBuffers } from './compile';
import type { GpuBatchKind, GpuPlan } from './compiler';
import type { Gpu } from './gpu';
import { Losses } from './losses';
import { NetworkBuffers } from './network-buffers';
import type { SharedShape } from './shaders/share';
import {
  CONTROL_LENGTH,
  DEVIATION,
  LEARNING_RATE,
  LOSSES,
  SETTINGS_LENGTH,
  SLOT,
  UNBIASED,
} from './shaders/loss';

/** Plans by the size of their batches: an epoch has two, and a test set as well. */
const MOST_PLANS = 4;

/** A trainer that predicts only. */
export function openOnGpu(gpu: Gpu, network: Network): Trainer {
  const { architecture } = network;
  const buffers = new NetworkBuffers(gpu, network);
  const predictions = new Plans(gpu, (kind) => compilePrediction(gpu, architecture, buffers, kind));
  const turns = new Turns();
  return {
    architecture,
    step: () =>
      Promise.reject(new Error('This network was opened for inference. Open it with train().')),
    predict: (batch) => turns.take(() => predict(gpu, architecture, predictions, batch)),
    read: () =>
      turns.take(async () => ({ parameters: await buffers.parameters(), optimizer: null })),
    dispose: () => {
      turns.end(() => {
        predictions.dispose();
        gpu.free([buffers.values]);
      });
    },
  };
}

/** A trainer that goes on from `saved` where that fits the objective's optimizer. */
export function startOnGpu(
  gpu: Gpu,
  network: Network,
  objective: Objective,
  saved: OptimizerState | null,
): Trainer {
  const { architecture } = network;
  const buffers = new NetworkBuffers(gpu, network, objective);
  const slots = OPTIMIZER_SLOTS[objective.optimizer];
  const training = trainingBuffers(gpu, network, buffers, objective, slots.length);
  const restored = buffers.slots(saved, objective.optimizer, slots);
  restored?.forEach((values, i) => {
    const slot = training.slots[i];
    if (slot !== undefined) gpu.write(slot, values);
  });
  let updates = restored === null ? 0 : (saved?.updates ?? 0);
  let submitted = updates;

  const rounded = { roundings: objective.roundings, flags: training.flags };
  const predictions = new Plans(gpu, (kind) =>
    compilePrediction(gpu, architecture, buffers, kind, rounded),
  );
  const iterations = new Plans(gpu, (kind) =>
    compileIteration(gpu, architecture, buffers, training, objective, kind, {
      ...{ update: true, dropout: true },
    }),
  );
  const losses = new Losses(gpu, training.losses);
  const turns = new Turns();

  /** Returns where the loss will be. */
  async function submit(batch: Batch, learningRate: number, dropoutSeed: number): Promise<number> {
    const [plan, slot] = [await iterations.load(batch), await losses.slot()];
    writeTargets(gpu, plan, batch, objective, architecture.outputs);
    for (const { mask, length, rate, index } of plan.dropouts) {
      gpu.write(mask, dropoutValues(length, rate, layerSeed(dropoutSeed, index)));
    }
    submitted += 1;
    const [beta1, beta2] = ADAM_BETAS;
    const settings = new Float32Array(SETTINGS_LENGTH);
    settings[LEARNING_RATE] = learningRate;
    settings[UNBIASED] = 1 / (1 - beta1 ** submitted);
    settings[DEVIATION] = 1 / Math.sqrt(1 - beta2 ** submitted);
    settings[SLOT] = slot;
    gpu.write(training.settings, settings);
    gpu.submit(plan.calls);
    return slot;
  }

  return {
    architecture,
    step: async (batch, learningRate, dropoutSeed) => {
      const slot = await turns.take(() => submit(batch, learningRate, dropoutSeed));
      const loss = await losses.read(slot);
      if (Number.isFinite(loss)) updates += 1;
      return loss;
    },
    predict: (batch) => turns.take(() => predict(gpu, architecture, predictions, batch)),
    read: () =>
      turns.take(async () => {
        const slotsNow: Record<string, Float32Array> = {};
        const parameters = await buffers.parameters();
        for (const [i, slot] of slots.entries()) {
          const array = training.slots[i];
          if (array !== undefined)
            Object.assign(slotsNow, await buffers.trained(array, `${slot}/`));
        }
        const { optimizer } = objective;
        return { parameters, optimizer: { optimizer, updates, slots: slotsNow } };
      }),
    dispose: () => {
      turns.end(() => {
        predictions.dispose();
        iterations.dispose();
        gpu.free([buffers.values, ...allOf(training)]);
      });
    },
  };
}

/** The loss of a batch without penalties or dropout, and the gradients with penalties, by parameter. */
export async function gradientsOnGpu(
  gpu: Gpu,
  network: Network,
  objective: Objective,
  batch: Batch,
): Promise<{ loss: number; gradients: Record<string, Float32Array> }> {
  const { architecture } = network;
  const buffers = new NetworkBuffers(gpu, network, objective);
  const training = trainingBuffers(gpu, network, buffers, objective, 0);
  const plans = new Plans(gpu, (kind) =>
    compileIteration(gpu, architecture, buffers, training, objective, kind, {
      ...{ update: false, dropout: false },
    }),
  );
  try {
    const plan = await plans.load(batch);
    writeTargets(gpu, plan, batch, objective, architecture.outputs);
    gpu.submit(plan.calls);
    const [[loss = NaN], gradients] = await Promise.all([
      gpu.read(training.losses, 1),
      buffers.trained(training.gradients),
    ]);
    return { loss, gradients };
  } finally {
    plans.dispose();
    gpu.free([buffers.values, ...allOf(training)]);
  }
}

function trainingBuffers(
  gpu: Gpu,
  network: Network,
  buffers: NetworkBuffers,
  objective: Objective,
  slots: number,
): TrainingBuffers {
  const { length } = buffers;
  const levels = Object.entries(sharedLevels(network, objective)).map(([name, of]) => {
    const indices = gpu.allocate(of.length);
    gpu.write(indices, of);
    return { shape: sharedShape(network, buffers, name), indices };
  });
  const training = {
    gradients: gpu.allocate(length),
    flags: gpu.allocate(length),
    slots: Array.from({ length: slots }, () => gpu.allocate(length)),
    control: gpu.allocate(CONTROL_LENGTH),
    settings: gpu.allocate(SETTINGS_LENGTH),
    losses: gpu.allocate(LOSSES),
    levels,
  };
  gpu.write(training.flags, buffers.flags(network));
  return training;
}

function sharedShape(
  { parameters, quantizers }: Network,
  buffers: NetworkBuffers,
  name: string,
): SharedShape {
  const [parameter, quantizer] = [parameters[name], quantizers?.[name]];
  if (parameter === undefined || quantizer === undefined) throw new Error(`No codebook: ${name}`);
  return {
    ...{ start: buffers.startOf(name), length: parameter.values.length },
    ...{ outputs: parameter.shape.at(-1) ?? 1 },
    ...{ grids: gridCount(quantizer), perGrid: 2 ** quantizer.bits },
  };
}

function allOf({ slots, levels, ...rest }: TrainingBuffers): readonly GPUBuffer[] {
  return [...slots, ...levels.map(({ indices }) => indices), ...Object.values(rest)];
}

async function predict(
  gpu: Gpu,
  { outputs }: Architecture,
  plans: Plans,
  batch: Batch,
): Promise<Float32Array> {
  const plan = await plans.load(batch);
  gpu.submit(plan.calls);
  return gpu.read(plan.outputs, batch.count * outputs);
}

function writeTargets(
  gpu: Gpu,
  plan: GpuPlan,
  batch: Batch,
  { loss }: Objective,
  width: number,
): void {
  if (plan.teacher !== null) gpu.write(plan.teacher, teacherOf(batch, width));
  gpu.write(plan.targets, loss === 'crossentropy' ? batch.labels : targetsOf(batch, width));
}

/** Plans for batches of each kind, compiled when first asked for. */
class Plans {
  readonly #gpu: Gpu;
  readonly #compile: (kind: GpuBatchKind) => Promise<GpuPlan>;
  readonly #plans: { readonly kind: GpuBatchKind; readonly plan: GpuPlan }[] = [];

  constructor(gpu: Gpu, compile: (kind: GpuBatchKind) => Promise<GpuPlan>) {
    this.#gpu = gpu;
    this.#compile = compile;
  }

  /** The plan for a batch, whose inputs are in it. */
  async load({ count, inputs, origin }: Batch): Promise<GpuPlan> {
    const pictures = origin && this.#gpu.pictures.hold(origin, inputs.length / count);
    const plan = await this.#of({
      count,
      inputs: pictures ?? (inputs instanceof Uint8Array ? 'bytes' : 'floats'),
    });
    this.#gpu.write(plan.given, pictures ? origin.rows : inputs);
    return plan;
  }

  async #of(kind: GpuBatchKind): Promise<GpuPlan> {
    const known = this.#plans.find(
      ({ kind: { count, inputs } }) => count === kind.count && inputs === kind.inputs,
    );
    if (known !== undefined) return known.plan;
    const plan = await this.#compile(kind);
    if (this.#plans.length >= MOST_PLANS) this.dispose();
    this.#plans.push({ kind, plan });
    return plan;
  }

  dispose(): void {
    for (const { plan } of this.#plans) this.#gpu.free(plan.buffers);
    this.#plans.length = 0;
  }
}

/** Does pieces of work one after the other, in the order in which they are asked for. */
class Turns {
  #last: Promise<unknown> = Promise.resolve();
  #isOver = false;

  async take<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#isOver) throw new Error('This network is disposed of.');
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Frees what work needs when the last of it is done. */
  end(free: () => void): void {
    this.#isOver = true;
    void this.#last.then(free);
  }
}
