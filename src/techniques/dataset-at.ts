import type { DatasetRef, Experiment } from '../experiment/experiment';

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

/** The data that the whole recipe ends on: what its variants are compared on. */
export function lastDataset(experiment: Pick<Experiment, 'dataset' | 'recipe'>): DatasetRef {
  return datasetAt(experiment, experiment.recipe.length - 1);
}
