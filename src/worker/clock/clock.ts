import { toProblem, WhittleError, type Problem } from '../../experiment/problem';
import type { Latency } from '../../experiment/report';
import { askWorker } from '../ask-worker';
import { isAbort } from '../pace';
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

/** A clock that starts a worker for each job. */
export function clockIn(createWorker: () => Worker, ortBase: string): Clock {
  return async (job, signal) => {
    const request: ClockJob = { ...job, ortBase };
    const hear = (result: ClockAnswer) => ({ result });
    const asking = { signal, limitMs: LIMIT_MS, hear };
    const answer = await askWorker(createWorker, request, asking).catch((error: unknown) => {
      if (isAbort(error)) throw error;
      return { problem: toProblem(error) };
    });
    if ('problem' in answer) throw notTimed(answer.problem);
    return answer.latencies;
  };
}

/** Of an error without words of its own the bare reason: to reload, as such a problem says, helps nobody here. */
function notTimed(cause: Problem): WhittleError {
  const isBare = cause.code === 'unexpected';
  const told = isBare ? String(cause.params['detail']) : cause.message;
  // The sentence goes on behind it.
  const reason = told.replace(/\.$/, '');
  return new WhittleError({
    code: 'notTimed',
    params: { reason },
    ...(!isBare && { cause }),
    message: `The files could not be timed, since ONNX Runtime does not run: ${reason}. Everything else works; try again when there is a connection.`,
  });
}
