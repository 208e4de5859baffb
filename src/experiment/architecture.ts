/** Without the batch axis: `[features]`, or `[height, width, channels]`. */
export type Shape = readonly number[];

export const ACTIVATIONS = ['relu', 'leaky', 'tanh', 'sigmoid', 'gelu', 'none'] as const;
export type Activation = (typeof ACTIVATIONS)[number];

/** He et al. 2015, Glorot & Bengio 2010, LeCun et al. 1998; all normal, by fan-in (Glorot: fan-in + fan-out). */
export const INITIALIZERS = ['he', 'glorot', 'lecun'] as const;
export type Initializer = (typeof INITIALIZERS)[number];

export type Padding = 'valid' | 'same';

interface LayerBase {
  /** Unique in the network: `dense1`, `conv2`. Parameters are named `<layer>.<role>`: `dense1.kernel`. */
  readonly name: string;
  readonly input: Shape;
  readonly output: Shape;
}

export interface DenseLayer extends LayerBase {
  readonly type: 'dense';
  readonly units: number;
  readonly activation: Activation;
  readonly initializer: Initializer;
}
export interface ConvLayer extends LayerBase {
  readonly type: 'conv';
  readonly filters: number;
  /** Side of the square kernel. */
  readonly kernel: number;
  readonly stride: number;
  readonly padding: Padding;
  readonly activation: Activation;
  readonly initializer: Initializer;
}
export interface PoolLayer extends LayerBase {
  readonly type: 'maxpool' | 'avgpool';
  readonly size: number;
  readonly stride: number;
}
/** Over the last axis, with the moving average of mean and variance for inference (Ioffe & Szegedy 2015). */
export interface BatchNormLayer extends LayerBase {
  readonly type: 'batchnorm';
}
export interface DropoutLayer extends LayerBase {
  readonly type: 'dropout';
  /** Share of inputs set to zero in training; the rest is scaled by 1/(1−rate). */
  readonly rate: number;
}
/**
 * Rounds to the nearest of `(q − zeroPoint) · scale`, q from 0 to 2^bits − 1: activations as integer hardware
 * sees them. Differentiated as if nothing were rounded, but 0 beyond the grid (Jacob et al. 2018).
 */
export interface QuantizeLayer extends LayerBase, ActivationGrid {
  readonly type: 'quantize';
}
export interface ActivationGrid {
  readonly bits: number;
  /** Above 0, a float32 number. */
  readonly scale: number;
  readonly zeroPoint: number;
}
export interface FlattenLayer extends LayerBase {
  readonly type: 'flatten';
}
export type Layer =
  DenseLayer | ConvLayer | PoolLayer | BatchNormLayer | DropoutLayer | QuantizeLayer | FlattenLayer;

export type Task = 'classification' | 'regression';

/** A network as data: shapes are checked and filled in, the last layer is the output (logits, or values). */
export interface Architecture {
  readonly task: Task;
  readonly input: Shape;
  /** Classes, or regression targets. */
  readonly outputs: number;
  readonly layers: readonly Layer[];
}
