import { resolveDataset, type DatasetInfo } from '../experiment/dataset';
import type { DatasetRef } from '../experiment/experiment';
import { ownNamed, type OwnAbout } from '../experiment/own-dataset';

/** What a reference names, with the names of a user's own classes where they are known. */
export function infoOf(ref: DatasetRef, own: readonly OwnAbout[] | null): DatasetInfo | undefined {
  const info = resolveDataset(ref)?.info;
  const about = ownNamed(own, ref);
  return info && about ? { ...info, classes: about.classes } : info;
}
