import type { Dataset, Split } from '../data/dataset';
import type { Engine, Trainer } from '../engine/trainer';
import type { Batch } from '../experiment/dataset';
import { denseMultiplyAdds } from '../experiment/multiply-adds';
import { abortable, type Pace } from './pace';

/** Multiply-adds that a CPU does in about the time that messages may wait. */
const MULTIPLY_ADDS = 5e7;
const LARGEST_CHUNK = 1024;
/** A GPU answers late whatever the size, so its chunks must be worth the wait. */
const SMALLEST_CHUNK = { wasm: 32, cpu: 8, webgl: 512, webgpu: 512 } as const;

/** Examples to put through the network at a time. It depends on the network alone, not on the clock. */
export function chunkSize(backend: Engine['backend'], trainer: Pick<Trainer, 'architecture'>) {
  const fitting = Math.floor(MULTIPLY_ADDS / denseMultiplyAdds(trainer.architecture));
  return Math.min(LARGEST_CHUNK, Math.max(SMALLEST_CHUNK[backend], fitting));
}

/** Longer than it takes to put any batch together: the rest was waiting for a shard. */
const WAITING_MS = 50;

/**
 * The data set for a technique: messages have their turn between batches, and a stop ends the wait for a
 * shard. `waited` is told how long training stood still for data that were not there yet.
 */
export function pacedDataset(
  dataset: Dataset,
  pace: Pace,
  signal: AbortSignal,
  waited: (ms: number) => void,
): Dataset {
  const paced = (split: Split): Split => ({
    ...split,
    gather: async (indices) => {
      await pace();
      const started = performance.now();
      const batch = await abortable(split.gather(indices), signal);
      const ms = performance.now() - started;
      if (ms > WAITING_MS) waited(ms);
      return batch;
    },
  });
  return {
    ...dataset,
    train: paced(dataset.train),
    validation: paced(dataset.validation),
    test: paced(dataset.test),
  };
}

/** The engine for a technique: a large batch is predicted in chunks, with messages between them. */
export function pacedEngine(engine: Engine, pace: Pace, signal: AbortSignal): Engine {
  const paced = (trainer: Trainer): Trainer => ({
    ...trainer,
    predict: (batch) => predictInChunks(engine.backend, trainer, batch, pace, signal),
  });
  return {
    ...engine,
    open: async (network) => paced(await engine.open(network)),
    train: async (...args) => paced(await engine.train(...args)),
  };
}

/** Outputs for the whole batch, `[count, outputs]`. */
export async function predictInChunks(
  backend: Engine['backend'],
  trainer: Trainer,
  batch: Batch,
  pace: Pace,
  signal: AbortSignal,
): Promise<Float32Array> {
  const chunk = chunkSize(backend, trainer);
  if (batch.count <= chunk) return trainer.predict(batch);
  const { outputs } = trainer.architecture;
  const all = new Float32Array(batch.count * outputs);
  for (let start = 0; start < batch.count; start += chunk) {
    signal.throwIfAborted();
    const part = await trainer.predict(rows(batch, start, Math.min(start + chunk, batch.count)));
    all.set(part, start * outputs);
    await pace();
  }
  return all;
}

/** The examples from `start` to before `end`, without a copy. */
export function rows(batch: Batch, start: number, end: number): Batch {
  const part = <Values extends Float32Array | Int32Array | Uint8Array>(values: Values) => {
    const width = values.length / batch.count;
    return values.subarray(start * width, end * width) as Values;
  };
  const { origin } = batch;
  return {
    count: end - start,
    inputs: part(batch.inputs),
    labels: part(batch.labels),
    targets: part(batch.targets),
    ...(origin && { origin: { store: origin.store, rows: origin.rows.subarray(start, end) } }),
  };
}
