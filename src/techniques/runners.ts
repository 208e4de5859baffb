import type { TechniqueId } from '../experiment/step';
import { runDistill } from './distill/run';
import { runFold } from './fold/run';
import { runLoad } from './load/run';
import { runLowRank } from './lowrank/run';
import { runPrune } from './prune/run';
import { runQuantize } from './quantize/run';
import type { RunTechnique } from './run';
import { runTrain } from './train/run';
import { runTransfer } from './transfer/run';

/** How every technique runs, in the worker; `registry.ts` says what it is, anywhere. */
export const techniqueRunners: { readonly [Id in TechniqueId]: RunTechnique<Id> } = {
  train: runTrain,
  prune: runPrune,
  quantize: runQuantize,
  lowrank: runLowRank,
  fold: runFold,
  distill: runDistill,
  transfer: runTransfer,
  load: runLoad,
};
