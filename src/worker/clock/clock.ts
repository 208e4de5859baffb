import { WhittleError } from '../../experiment/problem';
import type { Latency } from '../../experiment/report';
import type { ClockAnswer, ClockJob } from './job';

/** Name of a worker that times files and does nothing else. */
export const CLOCK_NAME = 'whittle-clock';

/** Times a job's files. Rejects where the runtime does not load, or has not answered in time. */
export type Clock = (
  job: Omit<ClockJob, 'ortBase'>,
  signal: AbortSignal,
) => Promise<readonly (readonly Latency[])[]>;

/** ONNX Runtime is 14 MB that have to arrive first. */
const LIMIT_MS = 90_000;

/** A clock that starts a worker for each job, and ends it. */
export function clockIn(createWorker: () => Worker, ortBase: string): Clock {
  return (job, signal) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const worker = createWorker();
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
        worker.terminate();
      };
      const fail = (reason: string) => {
        end();
        reject(notTimed(reason));
      };
      const abort = () => {
        end();
        reject(new DOMException('Stopped.', 'AbortError'));
      };
      const timer = setTimeout(() => {
        fail(`it has not answered in ${String(LIMIT_MS / 1_000)} seconds`);
      }, LIMIT_MS);
      signal.addEventListener('abort', abort);
      worker.onerror = ({ message }) => {
        fail(message);
      };
      worker.onmessage = ({ data }: MessageEvent<ClockAnswer>) => {
        if ('problem' in data) {
          fail(data.problem.message);
          return;
        }
        end();
        resolve(data.latencies);
      };
      worker.postMessage({ ...job, ortBase } satisfies ClockJob);
    });
}

function notTimed(reason: string): WhittleError {
  return new WhittleError({
    code: 'notTimed',
    params: { reason },
    message: `The files could not be timed, since ONNX Runtime does not run: ${reason}. Everything else works; try again when there is a connection.`,
  });
}
