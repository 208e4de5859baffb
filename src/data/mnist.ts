import type { DatasetInfo } from '../experiment/dataset';
import type { DatasetRef } from '../experiment/experiment';
import type { Dataset } from './dataset';
import layout from './layout.json';
import { openSharded } from './sharded';

/** Handwritten digits (LeCun, Cortes & Burges 1998) with their official test part. */
export function openMnist(ref: DatasetRef, info: DatasetInfo, address: string): Dataset {
  return openSharded(ref, info, layout.mnist, address);
}
