import type { Checkpoint } from '../../experiment/checkpoint';
import { WhittleError } from '../../experiment/problem';

/** Training stopped at a loss that is no longer a finite number. */
export class DivergedError extends WhittleError {
  constructor(
    /** Over the whole recipe, as the curves count. */
    iteration: number,
    learningRate: number,
    /** Whether that rate was set while the step ran, and will be again when it runs anew. */
    changed: boolean,
    /** The state when the test loss was last measured and finite, or before the step. */
    readonly checkpoint: Checkpoint,
  ) {
    const remedy = changed
      ? 'That rate was set while the step ran: choose "Forget these changes" at the step, then Play.'
      : 'Try a learning rate ten times smaller, a warm-up or gradient clipping.';
    super({
      code: changed ? 'divergedChanged' : 'diverged',
      params: { iteration, learningRate },
      message: `Training diverged: the loss was no longer a finite number at iteration ${String(iteration)}, with a learning rate of ${String(learningRate)}. The network before that is kept. ${remedy}`,
    });
  }
}
