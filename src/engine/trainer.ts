import type { Architecture } from '../experiment/architecture';
import type { Checkpoint, OptimizerState, Parameter } from '../experiment/checkpoint';
import type { BackendId } from '../experiment/experiment';
import type { Batch } from '../experiment/dataset';

export type OptimizerId =
  'sgd' | 'momentum' | 'nesterov' | 'rmsprop' | 'adagrad' | 'adam' | 'adamw' | 'lion';

/** What stays the same over a training step of a recipe; the learning rate comes with each iteration. */
export interface Objective {
  readonly loss: 'crossentropy' | 'mse';
  readonly optimizer: OptimizerId;
  readonly momentum: number;
  readonly decay: number;
  readonly l1: number;
  readonly l2: number;
  /** Largest global gradient norm; 0 does not clip. */
  readonly clip: number;
  readonly labelSmoothing: number;
  /** How cross-entropy is mixed with what a teacher says; null: there is none. Batches then carry its logits. */
  readonly distillation: Distillation | null;
  /** How kernels are rounded whenever they are read, in training and in prediction; null: not. */
  readonly roundings: Roundings | null;
  /**
   * Whether weights on one level of a codebook move together, by the sum of their gradients, which is the
   * level's own.
   */
  readonly shares: boolean;
  /**
   * So many of the first layers, never all, stay as they are: they work as in inference, and no gradient comes
   * to them.
   */
  readonly frozen: number;
  /** What the learning rate is multiplied by, by layer; absent: 1. */
  readonly rates: Readonly<Record<string, number>>;
}

/**
 * Learning from a teacher (Hinton, Vinyals & Dean 2015). With logits z, those of the teacher t, and softmax σ,
 * the loss is `(1 − weight) · cross-entropy + weight · T² · KL(σ(t/T) ‖ σ(z/T))`, whose second part has the
 * gradient `weight · T · (σ(z/T) − σ(t/T))`. T² keeps it as large as the first, whatever T is.
 */
export interface Distillation {
  /** T. */
  readonly temperature: number;
  /** From 0, labels alone, to 1, the teacher alone. */
  readonly weight: number;
}

/**
 * The grids that a kernel is rounded to while the weights behind it train: fitted anew from minimum to
 * maximum each time, and differentiated as if nothing were rounded (the straight-through estimator, Bengio
 * et al. 2013). No weight lies beyond its grid, so no gradient is cut.
 *
 * `learned` grids are symmetric, and their scales are trained with the rest (Esser et al. 2020): e to the power
 * of the parameter `<layer>.step`, `[grids]`, so that a step changes a scale by a share of itself
 * (Jain et al. 2020). Beyond the grid no gradient comes to a weight.
 */
export interface Rounding {
  readonly scheme: 'symmetric' | 'affine' | 'ternary' | 'binary' | 'power2' | 'learned';
  readonly bits: number;
  /** What shares a grid: the kernel, the weights of an output, or `group` consecutive inputs of an output. */
  readonly granularity: 'tensor' | 'channel' | 'group';
  readonly group: number;
}

/** By the kernels' names. */
export type Roundings = Readonly<Record<string, Rounding>>;

/** The parameter that holds the logarithms of a kernel's learned scales. */
export function stepOf(kernel: string): string {
  return kernel.replace(/kernel$/, 'step');
}

/** Whether batches have to say what a teacher does: numbers are mixed with a teacher's before they come here. */
export function learnsFrom({ loss, distillation }: Objective): boolean {
  return loss === 'crossentropy' && distillation !== null;
}

/** The parts of a checkpoint that a network needs. */
export type Network = Pick<Checkpoint, 'architecture' | 'parameters' | 'masks'> & {
  /** Read where weights share levels. */
  readonly quantizers?: Checkpoint['quantizers'];
};

/** A network on a backend: it trains, evaluates, and gives its parameters back. Owns its tensors. */
export interface Trainer {
  readonly architecture: Architecture;
  /**
   * One iteration of gradient descent. Resolves to the batch's loss before the update (data term alone,
   * without penalties). `dropoutSeed` seeds the dropout masks. Masked weights stay zero. A non-finite
   * loss leaves the parameters as they were. On an engine with several iterations `ahead` it may be asked
   * for the next before the last has answered; after a loss that is not finite they change nothing.
   */
  step(batch: Batch, learningRate: number, dropoutSeed: number): Promise<number>;
  /** Outputs for a batch in inference mode: logits or values, `[count, outputs]`. */
  predict(batch: Batch): Promise<Float32Array>;
  /** Copies of the current parameters (all roles) and the optimizer's state. */
  read(): Promise<{ parameters: Record<string, Parameter>; optimizer: OptimizerState | null }>;
  dispose(): void;
}

/** A backend that is up: makes trainers. */
export interface Engine {
  readonly backend: BackendId;
  /** What executes networks, as reports name it: `tfjs-webgpu`, `whittle-wasm`. */
  readonly runtime: string;
  /** Threads of the WASM backend; 1 elsewhere. */
  readonly threads: number;
  /**
   * Iterations that are worth having under way at once. 1 where one is over before the next can begin;
   * more where losses come back long after they were asked for.
   */
  readonly ahead: number;
  /** The GPU's name where the browser tells. */
  readonly adapter?: string;
  /** Uploads a network for inference. */
  open(network: Network): Promise<Trainer>;
  /** Uploads a network for training, continuing `optimizer` where its kind matches the objective's. */
  train(network: Network, objective: Objective, optimizer: OptimizerState | null): Promise<Trainer>;
  /** Gradients of the objective (data term and penalties) with respect to every trainable parameter. */
  gradients(
    network: Network,
    objective: Objective,
    batch: Batch,
  ): Promise<{ loss: number; gradients: Record<string, Float32Array> }>;
  /** Tensors alive on the backend; constant while training runs. */
  tensorCount(): number;
  /** Resolves with a reason when the device or context is lost; never for WASM and CPU. */
  readonly lost: Promise<string>;
}
