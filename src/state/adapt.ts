import { resolveDataset } from '../experiment/dataset';
import type { DatasetInfo } from '../experiment/dataset';
import type { DatasetRef, Experiment, ModelRef } from '../experiment/experiment';
import { resolveModel } from '../experiment/model';
import type { Step } from '../experiment/step';
import { withOption } from './recipe';

/** What suits a set of a few hundred rows, where the default recipe is made for 55,000 pictures. */
const SMALL = { batch: 16, epochsTimes: 30, learningRateTimes: 10, model: 'mlp:16-16' } as const;
const PICTURES = { batch: 128, model: 'lenet-300-100' } as const;

function isPictures({ shape }: DatasetInfo): boolean {
  return shape.length === 3;
}

function fits(model: ModelRef, dataset: DatasetInfo): boolean {
  try {
    resolveModel(model, dataset);
    return true;
  } catch {
    return false;
  }
}

/**
 * The experiment on another data set. Between pictures and small sets the network and the length of
 * training change with it, since neither suits the other; between sets of one kind nothing else does.
 */
export function onDataset(experiment: Experiment, dataset: DatasetRef): Experiment {
  const from = resolveDataset(experiment.dataset)?.info;
  const to = resolveDataset(dataset)?.info;
  const moved = { ...experiment, dataset };
  if (from === undefined || to === undefined) return moved;
  if (isPictures(from) === isPictures(to)) {
    const model = fits(experiment.model, to)
      ? experiment.model
      : (isPictures(to) ? PICTURES : SMALL).model;
    return { ...moved, model };
  }
  return isPictures(to)
    ? {
        ...moved,
        model: PICTURES.model,
        recipe: experiment.recipe.map((step) =>
          rescale(step, PICTURES.batch, 1 / SMALL.epochsTimes, 1 / SMALL.learningRateTimes),
        ),
      }
    : {
        ...moved,
        model: SMALL.model,
        recipe: experiment.recipe.map((step) =>
          rescale(step, SMALL.batch, SMALL.epochsTimes, SMALL.learningRateTimes),
        ),
      };
}

function rescale(step: Step, batch: number, epochs: number, learningRate: number): Step {
  if (step.technique !== 'train') return step;
  const changed = {
    batch,
    epochs: Math.max(1, Math.round(step.epochs * epochs)),
    lr: Number((step.lr * learningRate).toPrecision(3)),
    // Iterations of the other set mean nothing here.
    at: '',
  };
  return Object.entries(changed).reduce<Step>(
    (now, [option, value]) => withOption(now, option, value) ?? now,
    step,
  );
}
