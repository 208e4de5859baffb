import { randomOf } from '../experiment/random';

/** So many entries of a dropout mask. */
export function dropoutValues(length: number, rate: number, seed: number): Float32Array {
  const random = randomOf(seed);
  const kept = 1 / (1 - rate);
  const values = new Float32Array(length);
  for (let i = 0; i < length; i++) values[i] = random.uniform() < rate ? 0 : kept;
  return values;
}

/** A seed of its own for each layer of an iteration, so that equal layers drop different inputs. */
export function layerSeed(iterationSeed: number, layerIndex: number): number {
  return (iterationSeed ^ Math.imul(layerIndex + 1, 0x9e3779b1)) >>> 0;
}
