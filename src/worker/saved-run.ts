import type { Checkpoint } from '../experiment/checkpoint';
import type { BackendId } from '../experiment/experiment';
import type { HistoryPoint } from '../experiment/report';
import type { Resume } from '../techniques/run';
import type { SavedRun } from './protocol';
import type { Entry } from './results';
import { startSaver, type RunSaver } from './run-saver';
import type { Store } from './store';

/** Raised when what is saved changes its shape; an older one is not read. */
export const VERSION = 2;

/** Where a run stands. */
export interface Position {
  readonly link: string;
  readonly backend: BackendId;
  /** Index of the step that runs; the recipe's length when all are done. */
  readonly step: number;
  /** Null at the beginning of a step. */
  readonly middle: { readonly checkpoint: Checkpoint; readonly resume: Resume } | null;
  /** Wall-clock time of all training so far, in milliseconds. */
  readonly trainingMs: number;
}

/** A run as it was left: its finished steps, and the points of the one in the middle. */
export interface LoadedRun extends Position {
  readonly finished: readonly Entry[];
  readonly points: readonly HistoryPoint[];
}

/** What lies in the store under `HEADER`. */
export interface Header extends Position {
  readonly version: typeof VERSION;
  /** Names the run: several tabs share the store, and the newest run takes the place. */
  readonly run: string;
  readonly savedAt: number;
}

export interface SavedRuns {
  /** A run that was interrupted; null where there is none. */
  peek(): Promise<SavedRun | null>;
  load(): Promise<LoadedRun | null>;
  discard(): Promise<void>;
  /** Saves a run from here on; what was saved before goes with the first write. */
  start(): RunSaver;
}

export const HEADER = 'run';
export const STEPS = 'step/';
export const POINTS = 'points/';
export const EVERYTHING = [HEADER, STEPS, POINTS] as const;

/** @param fail told of the first write that does not succeed; that run goes on without being saved */
export function createSavedRuns(store: Store, fail: (error: unknown) => void): SavedRuns {
  return {
    peek: async () => {
      const header = await readHeader(store);
      if (header === null) return null;
      const { link, savedAt, step, middle, backend } = header;
      return { link, savedAt, step, done: middle?.resume.done ?? 0, backend };
    },
    load: async () => {
      const header = await readHeader(store);
      if (header === null) return null;
      // Written by the saver under this run's name, in the shape that the version stands for.
      const finished = (await store.list(`${STEPS}${header.run}/`)) as Entry[];
      const parts = (await store.list(`${POINTS}${header.run}/`)) as (readonly HistoryPoint[])[];
      // Another tab may have removed some: without the steps before it, a position means nothing.
      if (finished.length !== header.step) return null;
      return { ...header, finished, points: parts.flat() };
    },
    discard: () => store.write({ remove: EVERYTHING }),
    start: () => startSaver(store, fail),
  };
}

export async function readHeader(store: Store): Promise<Header | null> {
  const value = await store.get(HEADER);
  return isHeader(value) ? value : null;
}

function isHeader(value: unknown): value is Header {
  return (
    typeof value === 'object' &&
    value !== null &&
    'version' in value &&
    value.version === VERSION &&
    'run' in value &&
    typeof value.run === 'string'
  );
}
