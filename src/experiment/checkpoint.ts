import type { Architecture, Shape } from './architecture';
import type { DatasetRef } from './experiment';
import type { RandomState } from './random';

/**
 * `kernel` is prunable and quantizable; `mean` and `variance` are batch-norm statistics, not trained. `step` is
 * there only while a quantizer is trained: the natural logarithm of a kernel's scales, one for each grid.
 */
export type ParameterRole = 'kernel' | 'bias' | 'scale' | 'shift' | 'mean' | 'variance' | 'step';

export interface Parameter {
  readonly role: ParameterRole;
  /** Dense kernel `[fanIn, units]`; convolution kernel `[height, width, channels, filters]`: output channels last. */
  readonly shape: Shape;
  /** Row-major. */
  readonly values: Float32Array;
}

/**
 * How a parameter's values came to lie on grids, of which there is one for the tensor, one for each output
 * (the last axis), or one for each `group` consecutive inputs of an output (`quantizer.ts`).
 */
export interface Quantizer {
  /**
   * A grid is `(q − zeroPoint) · scale`; of `power2`, 0 and `± scale · 2^−e`; of `codebook`, whatever
   * `levels` says.
   */
  readonly scheme: 'symmetric' | 'affine' | 'ternary' | 'binary' | 'power2' | 'codebook';
  readonly bits: number;
  /** Absent: an output's inputs are not divided. */
  readonly group?: number;
  /** One for each grid; of a codebook none. */
  readonly scales: Float32Array;
  /** Likewise. */
  readonly zeroPoints: Int32Array;
  /** Of a codebook: for each grid its 2^bits numbers, ascending. */
  readonly levels?: Float32Array;
}

/** The optimizer's memory: slots of the shape of each parameter, by `<slot>/<parameter>`. */
export interface OptimizerState {
  readonly optimizer: string;
  /** Updates done, for bias correction. */
  readonly updates: number;
  readonly slots: Readonly<Record<string, Float32Array>>;
}

/** The complete state between steps: plain data that can be cloned, stored and hashed. */
export interface Checkpoint {
  readonly dataset: DatasetRef;
  /** Rows of the training split that it has to learn from, since a transfer drew them. Absent: all. */
  readonly examples?: Uint32Array;
  readonly architecture: Architecture;
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** By parameter name; 1 keeps, 0 is pruned. Absent: nothing is pruned. */
  readonly masks: Readonly<Record<string, Uint8Array>>;
  /** By parameter name. Absent: float32. */
  readonly quantizers: Readonly<Record<string, Quantizer>>;
  readonly optimizer: OptimizerState | null;
  readonly random: RandomState;
  /** Training iterations and epochs since initialization, over the whole recipe. */
  readonly iteration: number;
  readonly epoch: number;
}
