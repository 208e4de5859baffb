import type { BackendId, Experiment } from '../experiment/experiment';
import type { Step } from '../experiment/step';

/**
 * What determines a checkpoint, spelled out: data, network, seed, backend and the steps up to it. Equal
 * keys, equal checkpoints, bit for bit on WASM and CPU. (Written out and not hashed: a key is a few
 * hundred characters, and nothing can collide.)
 */
export type Key = string;

/** The key of the initialized network. */
export function initialKey(
  { dataset, model, seed }: Pick<Experiment, 'dataset' | 'model' | 'seed'>,
  backend: BackendId,
): Key {
  return JSON.stringify([dataset, model, seed, backend]);
}

/** The key after one more step. Options count in any order. */
export function keyAfter(before: Key, step: Step): Key {
  const options = Object.entries(step).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${before}\n${JSON.stringify(options)}`;
}

/** The key after each step of the recipe. */
export function stepKeys(experiment: Experiment, backend: BackendId): readonly Key[] {
  let key = initialKey(experiment, backend);
  return experiment.recipe.map((step) => (key = keyAfter(key, step)));
}

/** The key after the steps up to `step`; −1 is the initialized network. */
export function keyAt(experiment: Experiment, backend: BackendId, step: number): Key {
  return experiment.recipe.slice(0, step + 1).reduce(keyAfter, initialKey(experiment, backend));
}
