import { distillSource } from './distill';
import { foldSource } from './fold';
import { lowRankSource } from './lowrank';
import { pruneSource } from './prune';
import { quantizeSource } from './quantize';
import type { Options, Source } from './source';
import { trainSource } from './train';
import { transferSource } from './transfer';

const SOURCES: Readonly<Record<string, (option: Options) => Source | undefined>> = {
  train: trainSource,
  prune: pruneSource,
  quantize: quantizeSource,
  lowrank: lowRankSource,
  fold: foldSource,
  distill: distillSource,
  transfer: transferSource,
};

/** The formula of a technique as its options make it. */
export function sourceOf(technique: string, option: Options): Source | undefined {
  return SOURCES[technique]?.(option);
}
