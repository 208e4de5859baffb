import { resolveDataset } from '../experiment/dataset';
import type { DatasetInfo } from '../experiment/dataset';
import { suitedTo, type Suited } from '../experiment/default-experiment';
import type { DatasetRef, Experiment, ModelRef } from '../experiment/experiment';
import { resolveModel } from '../experiment/model';
import type { Step } from '../experiment/step';
import { otherTask, usualExamples } from '../techniques/transfer/other-task';
import { withOption } from './recipe';

function fits(model: ModelRef, dataset: DatasetInfo): boolean {
  try {
    resolveModel(model, dataset);
    return true;
  } catch {
    return false;
  }
}

/**
 * The experiment on another data set. Between pictures and rows, many and few, the network and the length
 * of training change with it, since neither suits the other; between sets of one kind nothing else does.
 */
export function onDataset(experiment: Experiment, dataset: DatasetRef): Experiment {
  const from = resolveDataset(experiment.dataset)?.info;
  const to = resolveDataset(dataset)?.info;
  const moved = { ...experiment, dataset, recipe: alongTransfers(experiment.recipe, dataset) };
  if (from === undefined || to === undefined) return moved;
  const [left, entered] = [suitedTo(from), suitedTo(to)];
  if (left === entered) {
    return fits(experiment.model, to) ? moved : { ...moved, model: entered.model };
  }
  return {
    ...moved,
    model: entered.model,
    recipe: moved.recipe.map((step) => rescale(step, left, entered)),
  };
}

/** A transfer to data of another shape, or to what the network then knows already, takes another task. */
function alongTransfers(recipe: readonly Step[], dataset: DatasetRef): readonly Step[] {
  const shapeOf = (ref: DatasetRef) => resolveDataset(ref)?.info.shape.join();
  let before = dataset;
  return recipe.map((step) => {
    if (step.technique !== 'transfer' || step.to === '') return step;
    const stays = shapeOf(step.to) === shapeOf(dataset) && step.to !== before;
    const to = stays ? step.to : otherTask(before);
    const [was, is] = [usualExamples(step.to), usualExamples(to === '' ? before : to)];
    if (to !== '') before = to;
    // Of each class is another number than in all.
    return { ...step, to, examples: was === is ? step.examples : is };
  });
}

function rescale(step: Step, from: Suited, to: Suited): Step {
  return Object.entries(rescaled(step, from, to)).reduce<Step>(
    (now, [option, value]) => withOption(now, option, value) ?? now,
    step,
  );
}

function rescaled(step: Step, from: Suited, to: Suited): Readonly<Record<string, number | string>> {
  switch (step.technique) {
    case 'train':
      // Iterations of the other set mean nothing here.
      return { ...trainingOf(step, from, to), at: '' };
    case 'prune':
      return {
        ...(step.sparsity === from.sparsity ? { sparsity: to.sparsity } : {}),
        ...(step.schedule === 'oneshot' ? {} : trainingOf(step, from, to)),
      };
    case 'lowrank':
    case 'fold':
    case 'load':
    case 'transfer':
      return {};
    case 'distill':
      return trainingOf(step, from, to);
    case 'quantize':
      return step.aware === 'off' ? {} : trainingOf(step, from, to);
  }
}

function trainingOf(
  { epochs, lr }: { readonly epochs: number; readonly lr: number },
  from: Suited,
  to: Suited,
): Readonly<Record<string, number>> {
  return {
    batch: to.batch,
    epochs: Math.max(1, Math.round((epochs / from.epochs) * to.epochs)),
    lr: Number(((lr / from.rate) * to.rate).toPrecision(3)),
  };
}
