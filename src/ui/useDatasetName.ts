import { resolveDataset } from '../experiment/dataset';
import type { DatasetRef, Experiment } from '../experiment/experiment';
import { ownNamed, type OwnAbout } from '../experiment/own-dataset';
import { useTranslation } from '../i18n';
import type { Translate } from '../i18n/translate';
import { useWhittle } from '../state/store';
import { tasksOf } from '../techniques/dataset-at';

/** What a data set is called, with the view of it: "MNIST, classes 0–4". */
export function datasetName(
  t: Translate,
  ref: DatasetRef,
  own: readonly OwnAbout[] | null,
): string {
  const about = ownNamed(own, ref);
  if (about !== undefined) return about.name;
  const resolved = resolveDataset(ref);
  if (resolved === null) return ref;
  const name = t(`dataset.${resolved.info.id}`, {}, ref);
  return resolved.view === null ? name : t('view.of', { name, view: t(`view.${resolved.view}`) });
}

/** The data of an experiment, and those that its transfers go on to. */
export function taskNames(
  t: Translate,
  experiment: Pick<Experiment, 'dataset' | 'recipe'>,
  own: readonly OwnAbout[] | null,
): string {
  return tasksOf(experiment)
    .map((ref) => datasetName(t, ref, own))
    .join(' → ');
}

export function useDatasetName(): (ref: DatasetRef) => string {
  const { t } = useTranslation();
  const own = useWhittle((page) => page.own);
  return (ref) => datasetName(t, ref, own);
}
