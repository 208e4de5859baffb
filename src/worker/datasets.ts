import type { Dataset } from '../data/dataset';
import type { DatasetRef, Experiment } from '../experiment/experiment';
import type { WorkerEvent } from './protocol';

/** Progress is told at most every so many milliseconds. */
const EVERY_MS = 125;
/** An edit of the data set and back finds the first one still open. */
const MOST_OPEN = 3;

/** The data sets that are open; the page is told how the newest one loads. */
export function createDatasets(
  openDataset: (ref: DatasetRef, seed: number) => Dataset,
  emit: (event: WorkerEvent) => void,
) {
  const open = new Map<string, Dataset>();
  let newest: Dataset | null = null;
  let unwatch = () => {};

  function watch(dataset: Dataset): void {
    if (newest === dataset) return;
    unwatch();
    newest = dataset;
    let held: WorkerEvent | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      timer = undefined;
      if (held !== null) emit(held);
      held = null;
    };
    const stop = dataset.watch((progress) => {
      held = { event: 'data', dataset: dataset.ref, progress };
      timer ??= setTimeout(flush, EVERY_MS);
    });
    flush();
    unwatch = () => {
      stop();
      clearTimeout(timer);
    };
  }

  return {
    /** @throws WhittleError at `data` for a reference that names no set */
    open: ({ dataset: ref, seed }: Pick<Experiment, 'dataset' | 'seed'>): Dataset => {
      const key = `${ref} ${String(seed)}`;
      const dataset = open.get(key) ?? openDataset(ref, seed);
      open.delete(key);
      open.set(key, dataset);
      for (const oldest of open.keys()) {
        if (open.size <= MOST_OPEN) break;
        open.delete(oldest);
      }
      watch(dataset);
      return dataset;
    },
    retry: () => newest?.retry(),
  };
}
