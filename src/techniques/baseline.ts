import type { Compression } from '../experiment/report';
import type { Step, StepOf, TechniqueId } from '../experiment/step';
import type { TechniqueSpec } from '../experiment/technique';
import { lastTransfer } from './dataset-at';
import { techniqueSpecs } from './registry';

/** How a step compresses the network; null where it does not. */
export function compressionOf(step: Step): Compression | null {
  return compressing(step);
}

function compressing<Id extends TechniqueId>(step: StepOf<Id>): Compression | null {
  const spec: TechniqueSpec<Id> = techniqueSpecs[step.technique];
  return spec.compression(spec.options.parse(step));
}

/**
 * Index of the last step before the first compression; −1 where compression comes first. What was done for another
 * task is over: compression counts from the last transfer on.
 */
export function baselineOf(recipe: readonly Step[]): number {
  const transfer = lastTransfer(recipe);
  const first = recipe.findIndex((step, index) => index > transfer && compressionOf(step) !== null);
  return (first === -1 ? recipe.length : first) - 1;
}
