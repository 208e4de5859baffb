import { toProblem, WhittleError, type Problem } from '../experiment/problem';
import { askWorker } from './ask-worker';

/** Reads what a user chose, in a worker of its own. Rejects with a `WhittleError`, or an `AbortError`. */
export type Reader<Job, Progress, Found> = (
  job: Job,
  tell: (progress: Progress) => void,
  signal: AbortSignal,
) => Promise<Found>;

type Outcome<Found> = { readonly found: Found } | { readonly problem: Problem };
type Answer<Progress, Found> = { readonly progress: Progress } | Outcome<Found>;

/** It tells how far it is several times a second; a large archive is listed first. */
const SILENT_MS = 60_000;

/** A reader that starts a worker for what was chosen, and ends it when that is read, or nobody waits any more. */
export function readerIn<Job, Progress, Found>(
  createWorker: () => Worker,
): Reader<Job, Progress, Found> {
  return async (job, tell, signal) => {
    const outcome = await askWorker<Answer<Progress, Found>, Outcome<Found>>(createWorker, job, {
      ...{ signal, limitMs: SILENT_MS },
      hear: (heard) => {
        if (!('progress' in heard)) return { result: heard };
        tell(heard.progress);
        return { limitMs: SILENT_MS };
      },
    });
    if ('problem' in outcome) throw new WhittleError(outcome.problem);
    return outcome.found;
  };
}

/** What a worker's end of the line can do: hand over what it has made without copying it. */
interface Port {
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  postMessage(message: unknown, transfer: Transferable[]): void;
}

/** Progress is told at most every so many milliseconds. */
const EVERY_MS = 100;

/**
 * In a reader's worker: waits for the one job and answers with what `read` finds, whose buffers it hands over.
 * What is read with arrives with the job.
 */
export function serveReader<Job, Progress, Found>(
  port: Port,
  read: (job: Job, tell: (progress: Progress) => void) => Promise<Found>,
  buffersOf: (found: Found) => Transferable[],
): void {
  const answer = (message: Answer<Progress, Found>, transfer: Transferable[] = []) => {
    port.postMessage(message, transfer);
  };
  let told = 0;
  port.addEventListener('message', ({ data }) => {
    // Who posts it is `readerIn`, for the same kind of job.
    read(data as Job, (progress) => {
      if (performance.now() - told < EVERY_MS) return;
      told = performance.now();
      answer({ progress });
    }).then(
      (found) => {
        answer({ found }, buffersOf(found));
      },
      (error: unknown) => {
        answer({ problem: toProblem(error) });
      },
    );
  });
}
