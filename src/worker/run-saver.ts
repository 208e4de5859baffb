import type { HistoryPoint } from '../experiment/report';
import type { Entry } from './results';
import { EVERYTHING, HEADER, POINTS, readHeader, STEPS, VERSION } from './saved-run';
import type { Header, Position } from './saved-run';
import type { Store } from './store';

/** Writes one run while it goes on. Nothing waits for the disk. */
export interface RunSaver {
  /** A step is done; its result is written once. */
  finished(step: number, entry: Entry): void;
  /**
   * Where the run stands, and all points of the step so far (only new ones are written). Left out while
   * the last one is still being written, unless it is `urgent`.
   */
  position(position: Position, points: readonly HistoryPoint[], urgent: boolean): void;
  /** Resolves when all that was handed over is written. */
  settled(): Promise<void>;
  /** The run is over: forgets it. */
  clear(): Promise<void>;
}

export function startSaver(store: Store, fail: (error: unknown) => void): RunSaver {
  const run = crypto.randomUUID();
  const stepKey = (step: number) => `${STEPS}${run}/${padded(step)}`;
  const pointsKey = (part: number) => `${POINTS}${run}/${padded(part)}`;
  let queue = Promise.resolve();
  let waiting = 0;
  let broken = false;
  let begun = false;
  /** Of the step that runs: which it is, how many of its points are written, in how many parts. */
  let saved = { step: -1, points: 0, parts: 0 };

  function write({ remove = [], put = {} }: Parameters<Store['write']>[0]): void {
    const first = !begun;
    begun = true;
    waiting += 1;
    queue = queue
      .then(async () => {
        if (!broken) await store.write({ remove: first ? EVERYTHING : remove, put });
      })
      .catch((error: unknown) => {
        broken = true;
        fail(error);
      })
      .finally(() => {
        waiting -= 1;
      });
  }

  return {
    finished: (step, entry) => {
      write({ put: { [stepKey(step)]: entry } });
    },
    position: (position, points, urgent) => {
      if (waiting > 0 && !urgent) return;
      // After a lost backend a step goes on from an earlier point: its points are written anew.
      const anew = position.step !== saved.step || points.length < saved.points;
      if (anew) saved = { step: position.step, points: 0, parts: 0 };
      const header: Header = { ...position, version: VERSION, run, savedAt: Date.now() };
      write({
        remove: anew ? [`${POINTS}${run}/`] : [],
        put: { [HEADER]: header, [pointsKey(saved.parts)]: points.slice(saved.points) },
      });
      saved = { ...saved, points: points.length, parts: saved.parts + 1 };
    },
    settled: () => queue,
    clear: async () => {
      await queue;
      if (!begun || broken) return;
      const mine = (await readHeader(store))?.run === run;
      await store.write({ remove: mine ? EVERYTHING : [`${STEPS}${run}/`, `${POINTS}${run}/`] });
    },
  };
}

/** So that the order of keys is the order of numbers. */
function padded(index: number): string {
  return String(index).padStart(8, '0');
}
