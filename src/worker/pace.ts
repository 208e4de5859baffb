/** Longest that the worker computes without looking at its messages, in milliseconds. */
const EVERY_MS = 12;

/**
 * Lets other tasks have their turn: a function to await between pieces of work. It resolves at once
 * until `everyMs` have passed since the last turn, then only after the messages that wait.
 */
export type Pace = () => Promise<void>;

export function createPace(everyMs = EVERY_MS): Pace {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < everyMs) return;
    await nextTask();
    last = performance.now();
  };
}

/**
 * Resolves in a task of its own, behind those that are queued. A message to oneself is neither slowed
 * down like a timer nor put before other messages like `scheduler.yield`.
 */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    later(resolve);
  });
}

// Node empties a port before it looks at anything else; there, the tests take its own way.
const later: (task: () => void) => void =
  'setImmediate' in globalThis ? setImmediate : messageToSelf();

function messageToSelf(): (task: () => void) => void {
  const waiting: (() => void)[] = [];
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => waiting.shift()?.();
  return (task) => {
    waiting.push(task);
    port2.postMessage(null);
  };
}

/** Rejects with the signal's reason as soon as it is aborted; what `work` then does concerns nobody. */
export function abortable<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  if (signal.aborted) return Promise.reject(abortReason(signal));
  return new Promise((resolve, reject) => {
    const stop = () => {
      reject(abortReason(signal));
    };
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', stop);
    });
  });
}

function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : stopped();
}

/** The error that says only that nobody wants the answer any more. */
export function stopped(): DOMException {
  return new DOMException('Stopped.', 'AbortError');
}

export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
