import type { DatasetRef, Experiment } from '../experiment/experiment';
import type { Step } from '../experiment/step';

/** Index of the last step that takes the network to another task; −1 where there is none. */
export function lastTransfer(recipe: readonly Step[]): number {
  return recipe.findLastIndex(({ technique }) => technique === 'transfer');
}

/** The data that the network behind a step is of; −1: the experiment's own. A transfer takes it to other data. */
export function datasetAt(
  { dataset, recipe }: Pick<Experiment, 'dataset' | 'recipe'>,
  step: number,
): DatasetRef {
  const last = recipe
    .slice(0, step + 1)
    .findLast((each) => each.technique === 'transfer' && each.to !== '');
  return last?.technique === 'transfer' ? last.to : dataset;
}

/** The experiment's data, and those that each transfer takes it to. */
export function tasksOf({
  dataset,
  recipe,
}: Pick<Experiment, 'dataset' | 'recipe'>): readonly DatasetRef[] {
  return recipe.reduce<readonly DatasetRef[]>(
    (tasks, step) =>
      step.technique === 'transfer' && step.to !== '' && step.to !== tasks.at(-1)
        ? [...tasks, step.to]
        : tasks,
    [dataset],
  );
}

/** The data that the whole recipe ends on: what its variants are compared on. */
export function lastDataset(experiment: Pick<Experiment, 'dataset' | 'recipe'>): DatasetRef {
  return datasetAt(experiment, experiment.recipe.length - 1);
}
