import type { Checkpoint } from '../experiment/checkpoint';
import { WhittleError } from '../experiment/problem';
import type { Step } from '../experiment/step';
import { baselineOf } from '../techniques/baseline';
import type { Pace } from './pace';
import { startStep, type StepContext } from './technique';

/**
 * The network after so many iterations of a recipe, of which `states` are known: the initial one, then one
 * behind each of its first steps. What lies between two of them is trained again, from the one before it.
 * @throws WhittleError `rewindBeyond` where there are fewer iterations; an `AbortError` where the run stops.
 */
export async function pastOf(
  iteration: number,
  states: readonly Checkpoint[],
  recipe: readonly Step[],
  context: StepContext,
  pace: Pace,
  signal: AbortSignal,
): Promise<Checkpoint> {
  // Of several the last: a file may have taken the place of the initial network.
  const known = states.findLast((state) => state.iteration === iteration);
  if (known !== undefined) return known;
  const index = states.findLastIndex((state) => state.iteration < iteration);
  const [before, step, last] = [states[index], recipe[index], states.at(-1)];
  if (before === undefined || step === undefined || index === states.length - 1) {
    throw beyond(iteration, last?.iteration ?? 0);
  }
  const earlier = (number: number) =>
    Promise.resolve(earlierOf(number, states.slice(0, index + 1), recipe.slice(0, index)));
  const dataset = context.open?.(before.dataset) ?? context.dataset;
  // Of the step that asks, which may go on from its middle: it is another one that begins here.
  const { resume: _, before: __, ...own } = context;
  const generator = startStep(step, before, { ...own, dataset, earlier, burst: () => 1 });
  try {
    for (;;) {
      const next = await generator.next();
      if (next.done === true) throw beyond(iteration, next.value.iteration);
      if (next.value.points.at(-1)?.iteration === iteration) {
        return (await next.value.snapshot()).checkpoint;
      }
      await pace();
      signal.throwIfAborted();
    }
  } finally {
    await generator.return(before);
  }
}

/**
 * The network that a step left, by its number from 1 on; 0: the last one before any compression. `states` are
 * the initial network and one behind each step of `recipe`.
 * @throws WhittleError `noSuchTeacher` where there is no such step.
 */
export function earlierOf(
  number: number,
  states: readonly Checkpoint[],
  recipe: readonly Step[],
): Checkpoint {
  const known = states[number === 0 ? baselineOf(recipe) + 1 : number];
  if (known !== undefined) return known;
  throw new WhittleError({
    code: 'noSuchTeacher',
    params: { number },
    at: 'teacher',
    message: `There is no step ${String(number)} before this one to learn from. Choose an earlier one.`,
  });
}

function beyond(iteration: number, last: number): WhittleError {
  return new WhittleError({
    code: 'rewindBeyond',
    params: { iteration, last },
    at: 'to',
    message: `The weights cannot go back to iteration ${String(iteration)}: the steps before end at iteration ${String(last)}. Choose an earlier one, or train longer before.`,
  });
}
