import type { Split } from '../data/dataset';
import type { Network } from '../engine/trainer';
import type { Batch } from '../experiment/dataset';
import { abortable } from './pace';
import { chunkSize, rows } from './pacing';
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

type PredictingWork = Pick<Work, 'engine' | 'pace' | 'signal'>;

/** In chunks, with the worker's messages between them. */
export function predictSplit(
  work: PredictingWork,
  network: Network,
  split: Split,
  count: number,
): Promise<Predictions> {
  return predictEach(work, network, count, (start, end) =>
    abortable(split.gather(indicesFrom(start, end)), work.signal),
  );
}

/** The same of examples that are gathered already, for who asks many networks. */
export function predictBatch(
  work: PredictingWork,
  network: Network,
  batch: Batch,
): Promise<Predictions> {
  return predictEach(work, network, batch.count, (start, end) => rows(batch, start, end));
}

/** Whole numbers from `start` to before `end`. */
export function indicesFrom(start: number, end: number): Uint32Array {
  return Uint32Array.from({ length: end - start }, (_, i) => start + i);
}

async function predictEach(
  { engine, pace, signal }: PredictingWork,
  network: Network,
  count: number,
  examples: (start: number, end: number) => Batch | Promise<Batch>,
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
      const batch = await examples(start, Math.min(start + chunk, count));
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
