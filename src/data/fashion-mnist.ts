import type { DatasetInfo } from '../experiment/dataset';
import type { DatasetRef } from '../experiment/experiment';
import type { Dataset } from './dataset';
import layout from './layout.json';
import { openSharded } from './sharded';

/** Pictures of clothes (Xiao, Rasul & Vollgraf 2017) in a split of our own: see docs/data.md. */
export function openFashionMnist(ref: DatasetRef, info: DatasetInfo, address: string): Dataset {
  return openSharded(ref, info, layout['fashion-mnist'], address);
}
