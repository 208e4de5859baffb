import type { Checkpoint } from '../experiment/checkpoint';
import type { StepProgress } from '../techniques/run';
import { abortable } from './pace';

/** What surrounds the iterations of a step. */
export interface StepHooks {
  /** Before each burst of iterations; waits while the run is paused. */
  readonly pass: () => Promise<void>;
  /** Does a burst, and keeps the time. */
  readonly clocked: <Result>(iterations: () => Promise<Result>) => Promise<Result>;
  readonly progress: (progress: StepProgress) => Promise<void>;
}

/**
 * Asks a technique's generator for burst after burst of iterations until it returns the next checkpoint. An
 * abort ends the wait for it at once; the generator then frees what it holds by itself.
 */
export async function pumpStep(
  generator: AsyncGenerator<StepProgress, Checkpoint, void>,
  before: Checkpoint,
  { pass, clocked, progress }: StepHooks,
  signal: AbortSignal,
): Promise<Checkpoint> {
  let complete = false;
  try {
    for (;;) {
      // What follows the last iteration belongs to it: a single step does not stop in between.
      if (!complete) await pass();
      const next = await clocked(() => abortable(generator.next(), signal));
      if (next.done === true) return next.value;
      complete = next.value.done >= next.value.total;
      await progress(next.value);
    }
  } finally {
    generator.return(before).catch(() => undefined);
  }
}
