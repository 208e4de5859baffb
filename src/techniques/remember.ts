import type { Dataset } from '../data/dataset';
import type { Checkpoint } from '../experiment/checkpoint';

/**
 * What was found out about networks, by data set, network and a key, for as long as both are alive. A slider
 * asks for the same at every value. A run's data set is its own, and ends with it: what a run is stopped in the
 * middle of is not what a slider waits for.
 */
export function rememberer<Found>() {
  const known = new WeakMap<Dataset, WeakMap<Checkpoint, Map<string, Promise<Found>>>>();
  return (
    dataset: Dataset,
    checkpoint: Checkpoint,
    key: string,
    find: () => Promise<Found>,
  ): Promise<Found> => {
    const ofSet = known.get(dataset) ?? new WeakMap<Checkpoint, Map<string, Promise<Found>>>();
    known.set(dataset, ofSet);
    const ofThis = ofSet.get(checkpoint) ?? new Map<string, Promise<Found>>();
    ofSet.set(checkpoint, ofThis);
    const found = ofThis.get(key) ?? find();
    ofThis.set(key, found);
    // What failed is not remembered: a shard that did not arrive, a device that was lost.
    found.catch(() => ofThis.delete(key));
    return found;
  };
}
