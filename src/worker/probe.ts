import { createEngine } from '../engine/engine';
import type { BackendOptions } from '../engine/backend/backend';
import type { BackendId } from '../experiment/experiment';
import { toProblem, type Problem } from '../experiment/problem';
import { askWorker, NoAnswerError } from './ask-worker';
import { createPace, isAbort } from './pace';
import type { BackendTiming } from './protocol';
import type { Line } from './serve';
import { timeSteps, type Workload } from './workload';

/** Name of a worker that times a backend and does nothing else. */
export const PROBE_NAME = 'whittle-probe';

/** A backend that has not answered by then is too slow to be worth more waiting. */
const LIMIT_MS = 4_000;
/** Its code has to arrive and its shaders to be compiled first. */
const START_LIMIT_MS = 8_000;

interface ProbeRequest extends BackendOptions {
  readonly backend: BackendId;
  readonly workload: Workload;
}

/** `up`: the backend has started, the clock runs. */
type ProbeAnswer = { readonly up: true } | { readonly up: false; readonly timing: BackendTiming };

/** In the worker that is named `PROBE_NAME`: waits for the one request and answers it. */
export function serveProbe(port: Line<ProbeRequest>): void {
  const answer = (message: ProbeAnswer) => {
    port.postMessage(message);
  };
  port.addEventListener('message', ({ data }) => {
    const { backend, workload, ...options } = data;
    createEngine(backend, options)
      .then((engine) => {
        answer({ up: true });
        return timeSteps(engine, workload, createPace(), new AbortController().signal);
      })
      .then(
        (stepMs) => {
          answer({ up: false, timing: { backend, stepMs } });
        },
        (error: unknown) => {
          answer({
            up: false,
            timing: { backend, stepMs: null, problem: toProblem(error) },
          });
        },
      );
  });
}

/**
 * Times a backend in a worker of its own: a backend that hangs, or takes a second a step, takes nobody's time
 * but its own.
 */
export function probeIn(
  createWorker: () => Worker,
  options: BackendOptions,
): (backend: BackendId, workload: Workload, signal: AbortSignal) => Promise<BackendTiming> {
  return (backend, workload, signal) => {
    const request: ProbeRequest = { ...options, backend, workload };
    return askWorker<ProbeAnswer, BackendTiming>(createWorker, request, {
      signal,
      limitMs: START_LIMIT_MS,
      hear: (answer) => (answer.up ? { limitMs: LIMIT_MS } : { result: answer.timing }),
    }).catch((error: unknown) => {
      if (isAbort(error)) throw error;
      const problem = error instanceof NoAnswerError ? tooSlow(error.seconds) : toProblem(error);
      return { backend, stepMs: null, problem };
    });
  };
}

function tooSlow(seconds: number): Problem {
  return {
    code: 'backendTooSlow',
    params: { seconds },
    at: 'backend',
    message: `It takes more than ${String(seconds)} seconds for a step.`,
  };
}
