import type { Checkpoint } from '../experiment/checkpoint';
import { WhittleError } from '../experiment/problem';
import type { Step } from '../experiment/step';
import { layerStates } from './layer-states';
import { examplesWithin, score, sizeOf, type Work } from './measure';
import { nextTask } from './pace';
import type { CurvePoint, Preview } from './protocol';
import { applyStep, withOption } from './technique';

/** On the whole test set where that takes no longer than this. */
const PREVIEW_BUDGET_MS = 400;
/** Of the points of a curve there are twenty-five. */
const POINT_BUDGET_MS = 60;

/** What the step would make of the network, measured before anything is retrained. */
export async function previewStep(
  step: Step,
  before: Checkpoint,
  work: Work,
  whole: boolean,
): Promise<Preview> {
  const checkpoint = await applyStep(step, before, work);
  const examples = whole
    ? work.dataset.test.count
    : examplesWithin(PREVIEW_BUDGET_MS, checkpoint, work);
  const { metrics } = await score(checkpoint, examples, work);
  return { metrics, size: sizeOf(checkpoint), layers: layerStates(before, checkpoint) };
}

/**
 * The score against values of one option, the rest of the step as it is, in the order of `values` (the
 * page gives coarse ones first) and with room for other work between two points. Values that the option
 * cannot take, or at which the step has nothing to do, are left out.
 */
export async function drawCurve(
  step: Step,
  { option, values }: { readonly option: string; readonly values: readonly number[] },
  before: Checkpoint,
  work: Work,
  tell: (point: CurvePoint) => void,
): Promise<readonly CurvePoint[]> {
  const points: CurvePoint[] = [];
  for (const value of values) {
    const changed = withOption(step, option, value);
    if (changed === null) continue;
    const checkpoint = await applyStep(changed, before, work).catch((error: unknown) => {
      if (error instanceof WhittleError && error.problem.at === option) return null;
      throw error;
    });
    if (checkpoint === null) continue;
    const point = await pointAt(value, checkpoint, work);
    points.push(point);
    tell(point);
    await nextTask();
    work.signal.throwIfAborted();
  }
  return points.sort((a, b) => a.value - b.value);
}

/** What a network scores, as a point of a curve. */
export async function pointAt(
  value: number,
  checkpoint: Checkpoint,
  work: Work,
): Promise<CurvePoint> {
  const examples = examplesWithin(POINT_BUDGET_MS, checkpoint, work);
  const { metrics } = await score(checkpoint, examples, work);
  return { value, score: metrics.accuracy ?? metrics.r2 ?? 0, examples };
}
