import type { Dataset } from '../data/dataset';
import type { Checkpoint } from '../experiment/checkpoint';
import type { DatasetRef } from '../experiment/experiment';
import { RATES, type RatePoint } from '../experiment/rate-range';
import type { Step } from '../experiment/step';
import { DivergedError } from '../techniques/train/diverged';
import { isLost, suggestRate, withLoss } from '../techniques/train/rate-range';
import type { OpeningWork } from './measure';
import { nextTask } from './pace';
import { pacedDataset } from './pacing';
import { earlierOf, pastOf } from './past';
import type { Requests } from './protocol';
import { startStep } from './technique';

/** What a step can ask about: the initial network, and one behind each step before it. */
interface Before {
  readonly states: readonly Checkpoint[];
  readonly recipe: readonly Step[];
}

/**
 * The learning-rate range test on a step that trains: its own first iterations, with its batches, dropout, loss
 * and optimizer, while the rate grows until the loss is lost. It depends on its arguments alone, and leaves
 * room for other work between two iterations.
 */
export async function findRate(
  step: Step,
  { states, recipe }: Before,
  work: OpeningWork,
  tell: (points: readonly RatePoint[]) => void,
): Promise<Requests['findRate']['result']> {
  const { pace, signal } = work;
  const before = states.at(-1);
  if (before === undefined) return null;
  const paced = (dataset: Dataset) => pacedDataset(dataset, pace, signal, () => undefined);
  const open = (ref: DatasetRef) => paced(work.open(ref));
  const context = { ...work, dataset: paced(work.dataset), open };
  const generator = startStep(step, before, {
    ...context,
    rates: RATES,
    past: (iteration) => pastOf(iteration, states, recipe, context, pace, signal),
    earlier: (number) =>
      Promise.resolve().then(() => earlierOf(number, states, recipe.slice(0, states.length - 1))),
  });
  let points: RatePoint[] = [];
  try {
    while (points.length < RATES.length && !isLost(points)) {
      const next = await generator.next();
      if (next.done === true) break;
      const from = points.length;
      for (const { learningRate, trainLoss } of next.value.points) {
        points = withLoss(points, learningRate, trainLoss);
      }
      tell(points.slice(from));
      await nextTask();
      signal.throwIfAborted();
    }
  } catch (error) {
    // The rate at which the loss is no number any more ends the test like one at which it is lost.
    if (!(error instanceof DivergedError)) throw error;
  } finally {
    await generator.return(before);
  }
  return { points, suggestion: suggestRate(points) };
}
