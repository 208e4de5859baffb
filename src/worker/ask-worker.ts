/** What an answer means: the result, or that the work goes on and the clock starts anew. */
type Heard<Result> = { readonly result: Result } | { readonly limitMs: number };

export interface Asking<Answer, Result> {
  readonly signal: AbortSignal;
  /** So long may it take until the first answer. */
  readonly limitMs: number;
  readonly hear: (answer: Answer) => Heard<Result>;
}

/** A worker has not answered in time. */
export class NoAnswerError extends Error {
  constructor(readonly seconds: number) {
    super(`it has not answered in ${String(seconds)} seconds`);
  }
}

/**
 * Gives one request to a worker of its own, which ends with the result: what hangs there takes nobody's time but
 * its own. Rejects with an `AbortError`, a `NoAnswerError`, or what broke.
 */
export function askWorker<Answer, Result>(
  createWorker: () => Worker,
  request: unknown,
  { signal, limitMs, hear }: Asking<Answer, Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const worker = createWorker();
    let timer: ReturnType<typeof setTimeout>;
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      worker.terminate();
    };
    const fail = (error: Error) => {
      end();
      reject(error);
    };
    const abort = () => {
      fail(new DOMException('Stopped.', 'AbortError'));
    };
    const limit = (ms: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        fail(new NoAnswerError(ms / 1_000));
      }, ms);
    };
    signal.addEventListener('abort', abort);
    worker.onerror = ({ message }) => {
      fail(new Error(message));
    };
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      const heard = hear(data);
      if ('limitMs' in heard) {
        limit(heard.limitMs);
        return;
      }
      end();
      resolve(heard.result);
    };
    limit(limitMs);
    worker.postMessage(request);
  });
}
