import type { Engine } from '../../../engine/trainer';
import type { Checkpoint } from '../../../experiment/checkpoint';
import type { Batch } from '../../../experiment/dataset';

/** What the engine makes of a batch, `[count, outputs]`. */
export async function predict(
  engine: Engine,
  network: Pick<Checkpoint, 'architecture' | 'parameters' | 'masks'>,
  batch: Batch,
): Promise<Float32Array> {
  const trainer = await engine.open(network);
  try {
    return await trainer.predict(batch);
  } finally {
    trainer.dispose();
  }
}

/** The largest distance between two numbers in the same place; infinite where there is another number of them. */
export function apart(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Infinity;
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}
