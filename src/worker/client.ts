import { toProblem, WhittleError } from '../experiment/problem';
import type { FromWorker, RequestName, Requests, ToWorker, WorkerEvent } from './protocol';

/** The worker as the page sees it. */
export interface Client {
  /**
   * Rejects with a `WhittleError` where the worker reports a problem or crashes, and with the signal's
   * reason (an `AbortError`) at once when it is aborted.
   */
  request<Name extends RequestName>(
    name: Name,
    args: Requests[Name]['args'],
    options?: { readonly signal?: AbortSignal },
  ): Promise<Requests[Name]['result']>;
  /** Returns a function that stops it. */
  on(listener: (event: WorkerEvent) => void): () => void;
}

/** The part of a `Worker` that the client uses. */
export type WorkerLine = Pick<
  Worker,
  'postMessage' | 'terminate' | 'onmessage' | 'onerror' | 'onmessageerror'
>;

export interface ClientOptions {
  readonly createWorker?: () => WorkerLine;
  /** Absolute address of the folder that the page lies in. */
  readonly baseUrl?: string;
}

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** A worker that crashes so often before it answers anything will not get better by another try. */
const MOST_CRASHES = 3;

/**
 * A line to a worker, which starts with the first request. A worker that crashes is replaced: what was
 * asked of it fails, and listeners get a notice.
 */
export function createClient({
  createWorker = startWorker,
  baseUrl = pageFolder(),
}: ClientOptions = {}): Client {
  const listeners = new Set<(event: WorkerEvent) => void>();
  const pending = new Map<number, Pending>();
  let worker: WorkerLine | null = null;
  let lastId = 0;
  let crashes = 0;

  const tell = (event: WorkerEvent) => {
    for (const listener of listeners) listener(event);
  };

  function connect(): WorkerLine {
    const started = createWorker();
    started.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      receive(data);
    };
    started.onerror = (event) => {
      if (worker === started) crashed(event.message || 'its script did not load');
    };
    started.onmessageerror = () => {
      if (worker === started) crashed('a message could not be read');
    };
    started.postMessage({ id: 0, name: 'start', baseUrl } satisfies ToWorker);
    return started;
  }

  function crashed(detail: string): void {
    worker?.terminate();
    worker = null;
    crashes += 1;
    const error = new WhittleError({
      code: crashes < MOST_CRASHES ? 'workerCrashed' : 'workerGone',
      params: { detail },
      message:
        crashes < MOST_CRASHES
          ? `The part that computes has crashed (${detail}) and was started anew. Press Play to go on: what was saved of the run is kept.`
          : `The part that computes has crashed again (${detail}). Reload the page; the link keeps the experiment.`,
    });
    const waiting = [...pending.values()];
    pending.clear();
    for (const { reject } of waiting) reject(error);
    tell({ event: 'notice', problem: error.problem });
  }

  function receive(message: FromWorker): void {
    if ('event' in message) {
      tell(message);
      return;
    }
    const call = pending.get(message.id);
    pending.delete(message.id);
    if (call === undefined) return;
    crashes = 0;
    if ('result' in message) call.resolve(message.result);
    else if ('problem' in message) call.reject(new WhittleError(message.problem));
    else call.reject(aborted());
  }

  function request<Name extends RequestName>(
    name: Name,
    args: Requests[Name]['args'],
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<Requests[Name]['result']> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      worker ??= connect();
      const line = worker;
      const id = ++lastId;
      const abort = () => {
        if (pending.delete(id)) line.postMessage({ id, name: 'abort' } satisfies ToWorker);
        reject(signal?.reason instanceof Error ? signal.reason : aborted());
      };
      const done = () => signal?.removeEventListener('abort', abort);
      pending.set(id, {
        resolve: (result) => {
          done();
          // The one place where types cross the line: the worker answers request `id`, whose name
          // fixes the type of the result (`Handlers` in serve.ts holds it to that).
          resolve(result as Requests[Name]['result']);
        },
        reject: (error) => {
          done();
          reject(error instanceof Error ? error : new WhittleError(toProblem(error)));
        },
      });
      signal?.addEventListener('abort', abort, { once: true });
      line.postMessage({ id, name, args });
    });
  }

  return {
    request,
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function aborted(): DOMException {
  return new DOMException('Stopped.', 'AbortError');
}

function startWorker(): Worker {
  return new Worker(new URL('./main.ts', import.meta.url), { type: 'module' });
}

function pageFolder(): string {
  return new URL(import.meta.env.BASE_URL, document.baseURI).href;
}
