import type { Checkpoint } from '../experiment/checkpoint';
import type { StepProgress } from '../techniques/run';
import { abortable } from './pace';

/** What surrounds the iterations of a step. */
export interface StepHooks {
  /** Before each iteration; waits while the run is paused. */
  readonly pass: () => Promise<void>;
  /** Does an iteration, and keeps the time. */
  readonly clocked: <Result>(iteration: () => Promise<Result>) => Promise<Result>;
  readonly progress: (progress: StepProgress) => Promise<void>;
}

/**
 * Asks a technique's generator for iteration after iteration until it returns the next checkpoint. An
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
