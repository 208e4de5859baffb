import { abortable } from './pace';

/** Lets a run do iteration after iteration, one more, or none: pause and single step are this and nothing else. */
export interface Gate {
  /** Whether the next `pass` would wait. */
  readonly closed: boolean;
  close(): void;
  open(iterations: number): void;
  /** Before each iteration; waits while closed. Rejects when the signal is aborted. */
  pass(signal: AbortSignal): Promise<void>;
}

/** A gate that lets so many iterations through; `Infinity` for as many as there are. */
export function createGate(iterations: number): Gate {
  let left = iterations;
  let wake: () => void = () => undefined;
  return {
    get closed() {
      return left <= 0;
    },
    close: () => {
      left = 0;
    },
    open: (more) => {
      left = more;
      wake();
    },
    pass: async (signal) => {
      signal.throwIfAborted();
      while (left <= 0) {
        await abortable(
          new Promise<void>((resolve) => {
            wake = resolve;
          }),
          signal,
        );
      }
      left -= 1;
    },
  };
}
