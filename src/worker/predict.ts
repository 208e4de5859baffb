import type { Split } from '../data/dataset';
import type { Network } from '../engine/trainer';
import { abortable } from './pace';
import { chunkSize } from './pacing';
import type { Work } from './measure';

/** A network's outputs for the first examples of a split, beside what they should have been. */
export interface Predictions {
  readonly count: number;
  /** `[count, outputs]`: logits or values. */
  readonly outputs: Float32Array;
  /** `[count]`; empty for regression. */
  readonly labels: Int32Array;
  /** `[count, outputs]`; empty for classification. */
  readonly targets: Float32Array;
}

/** In chunks, with the worker's messages between them. */
export async function predictSplit(
  { engine, pace, signal }: Pick<Work, 'engine' | 'pace' | 'signal'>,
  network: Network,
  split: Split,
  count: number,
): Promise<Predictions> {
  const { outputs: width, task } = network.architecture;
  const classes = task === 'classification';
  const outputs = new Float32Array(count * width);
  const labels = new Int32Array(classes ? count : 0);
  const targets = new Float32Array(classes ? 0 : count * width);
  const trainer = await engine.open(network);
  try {
    const chunk = chunkSize(engine.backend, trainer);
    for (let start = 0; start < count; start += chunk) {
      signal.throwIfAborted();
      const length = Math.min(chunk, count - start);
      const indices = Uint32Array.from({ length }, (_, i) => start + i);
      const batch = await abortable(split.gather(indices), signal);
      outputs.set(await trainer.predict(batch), start * width);
      if (classes) labels.set(batch.labels, start);
      else targets.set(batch.targets, start * width);
      await pace();
    }
  } finally {
    trainer.dispose();
  }
  return { count, outputs, labels, targets };
}
