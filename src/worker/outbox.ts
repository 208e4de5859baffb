import type { HistoryPoint } from '../experiment/report';
import type { RunStatus, WorkerEvent } from './protocol';

/** The page is told at most every so many milliseconds: eight times a second looks continuous. */
const EVERY_MS = 125;

type Status = Omit<Extract<WorkerEvent, { event: 'status' }>, 'event'>;

/**
 * Tells the page how a run goes on, in few messages: the first point, each change of status and each
 * new step at once.
 */
export interface Outbox {
  status(status: RunStatus, at: Omit<Status, 'status'>): void;
  point(point: HistoryPoint): void;
  /** Sends what is held back. */
  flush(): void;
}

export function createOutbox(emit: (event: WorkerEvent) => void): Outbox {
  let points: HistoryPoint[] = [];
  let held: Status | null = null;
  let last: { status: RunStatus | null; step: number } = { status: null, step: -1 };
  let first = true;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (points.length > 0) emit({ event: 'history', points });
    if (held !== null) emit({ event: 'status', ...held });
    points = [];
    held = null;
  }
  function flushSoon(): void {
    timer ??= setTimeout(flush, EVERY_MS);
  }

  return {
    flush,
    point: (point) => {
      points.push(point);
      if (first) flush();
      else flushSoon();
      first = false;
    },
    status: (status, at) => {
      held = { status, ...at };
      if (status === last.status && at.step === last.step) flushSoon();
      else flush();
      last = { status, step: at.step };
    },
  };
}
