import { datasetRef, resolveDataset, type DatasetView } from '../../experiment/dataset';
import type { DatasetRef } from '../../experiment/experiment';

/** The view that is another task of the same examples' kind; of the others it is the whole set. */
const OTHER_VIEWS: Readonly<Partial<Record<DatasetView, DatasetView>>> = {
  '0-4': '5-9',
  '5-9': '0-4',
};

const OTHER_SETS: Readonly<Record<string, DatasetRef>> = {
  mnist: 'fashion-mnist',
  'fashion-mnist': 'mnist',
  linear: 'linear:shifted',
  spiral: 'circles',
  circles: 'spiral',
  xor: 'spiral',
  gaussians: 'spiral',
};

/** How many examples a transfer takes by itself: of each class, or in all of a regression. */
export function usualExamples(dataset: DatasetRef): number {
  return resolveDataset(dataset)?.info.task === 'regression' ? 50 : 10;
}

/** A task that a network of a data set can go on to; the same data where there is none. */
export function otherTask(dataset: DatasetRef): DatasetRef {
  const resolved = resolveDataset(dataset);
  if (resolved === null) return '';
  const { info, view, noise } = resolved;
  if (view !== null) return datasetRef(info.id, noise, OTHER_VIEWS[view] ?? null);
  return OTHER_SETS[info.id] ?? '';
}
