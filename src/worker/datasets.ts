import type { Dataset } from '../data/dataset';
import type { LoadProgress } from '../experiment/dataset';
import type { DatasetRef, Experiment } from '../experiment/experiment';
import type { WorkerEvent } from './protocol';

/** Progress is told at most every so many milliseconds. */
const EVERY_MS = 125;
/** An edit of the data set and back finds the first one still open, and so do the tasks of a recipe. */
const MOST_OPEN = 4;

/** The data sets that are open; the page is told how they load. */
export function createDatasets(
  openDataset: (ref: DatasetRef, seed: number) => Dataset,
  emit: (event: WorkerEvent) => void,
) {
  const open = new Map<string, Dataset>();
  const progress = new Map<Dataset, LoadProgress>();
  const unwatch = new Map<Dataset, () => void>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Tells of the set that somebody has to do something about, else of one on its way, else of the newest. */
  function tell(): void {
    timer = undefined;
    const all = [...progress].reverse();
    const [dataset, now] =
      all.find(([, { failed }]) => failed.length > 0) ??
      all.find(([, { loadedBytes, totalBytes }]) => loadedBytes < totalBytes) ??
      all[0] ??
      [];
    if (dataset !== undefined && now !== undefined) {
      emit({ event: 'data', dataset: dataset.ref, progress: now });
    }
  }

  function watch(dataset: Dataset): void {
    if (unwatch.has(dataset)) return;
    const stop = dataset.watch((now) => {
      progress.set(dataset, now);
      timer ??= setTimeout(tell, EVERY_MS);
    });
    unwatch.set(dataset, stop);
    clearTimeout(timer);
    tell();
  }

  function close(key: string): void {
    const dataset = open.get(key);
    open.delete(key);
    if (dataset === undefined || [...open.values()].includes(dataset)) return;
    unwatch.get(dataset)?.();
    unwatch.delete(dataset);
    progress.delete(dataset);
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
        close(oldest);
      }
      watch(dataset);
      return dataset;
    },
    retry: () => {
      for (const dataset of open.values()) dataset.retry();
    },
  };
}
