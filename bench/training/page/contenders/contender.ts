import type { Batch } from '../../../../src/experiment/dataset';
import type { OptimizerKind } from '../protocol';

/** A library with the workload's network in it, ready to train. Batches come as plain arrays to all of them. */
export interface Contender {
  readonly threads: number | null;
  readonly optimizer: OptimizerKind;
  /** One iteration: the loss of the batch before the update, the mean over its examples. */
  step(batch: Batch): number | Promise<number>;
  /** Waits for what the last step left to be computed. */
  settle?(): Promise<void>;
  /** Logits, `[count, outputs]`. */
  predict?(batch: Batch): Float32Array | Promise<Float32Array>;
}
