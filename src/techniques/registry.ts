import type { TechniqueSpecs } from '../experiment/technique';
import { distillSpec } from './distill/spec';
import { foldSpec } from './fold/spec';
import { loadSpec } from './load/spec';
import { lowRankSpec } from './lowrank/spec';
import { pruneSpec } from './prune/spec';
import { quantizeSpec } from './quantize/spec';
import { trainSpec } from './train/spec';
import { transferSpec } from './transfer/spec';

/** Every technique, in the order in which the page offers them. */
export const techniqueSpecs: TechniqueSpecs = {
  train: trainSpec,
  prune: pruneSpec,
  quantize: quantizeSpec,
  lowrank: lowRankSpec,
  fold: foldSpec,
  distill: distillSpec,
  transfer: transferSpec,
  load: loadSpec,
};
