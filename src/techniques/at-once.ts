import type { Checkpoint } from '../experiment/checkpoint';
import type { StepProgress } from './run';

/** The run of a technique that has nothing to tell on the way. */
// eslint-disable-next-line require-yield -- there is no progress to yield
export async function* atOnce(
  make: () => Checkpoint | Promise<Checkpoint>,
): AsyncGenerator<StepProgress, Checkpoint, void> {
  return make();
}
