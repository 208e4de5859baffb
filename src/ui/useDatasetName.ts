import { resolveDataset } from '../experiment/dataset';
import type { DatasetRef } from '../experiment/experiment';
import { useTranslation } from '../i18n';
import type { Translate } from '../i18n/translate';

/** What a data set is called, with the view of it: "MNIST, classes 0–4". */
export function datasetName(t: Translate, ref: DatasetRef): string {
  const resolved = resolveDataset(ref);
  if (resolved === null) return ref;
  const name = t(`dataset.${resolved.info.id}`, {}, ref);
  return resolved.view === null ? name : `${name}, ${t(`view.${resolved.view}`)}`;
}

export function useDatasetName(): (ref: DatasetRef) => string {
  const { t } = useTranslation();
  return (ref) => datasetName(t, ref);
}
