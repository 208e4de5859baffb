import type { Architecture } from '../experiment/architecture';
import type { Problem } from '../experiment/problem';
import type { Step, StepOf, TechniqueId } from '../experiment/step';
import type { Place, TechniqueSpec } from '../experiment/technique';
import { baselineOf } from './baseline';
import { techniqueSpecs } from './registry';

/**
 * What makes no sense in a recipe on this network, told before anything runs: each problem at the control
 * that caused it. A step is checked on the network that the steps before it leave.
 */
export function checkRecipe(recipe: readonly Step[], initial: Architecture): readonly Problem[] {
  let architecture = initial;
  return recipe.flatMap((step, index) => {
    const place = { before: index, baseline: baselineOf(recipe.slice(0, index)) };
    const { problem, next } = checkStep(step, architecture, place);
    architecture = next;
    return problem === null ? [] : [atStep(problem, index)];
  });
}

function checkStep<Id extends TechniqueId>(
  step: StepOf<Id>,
  architecture: Architecture,
  place: Place,
): { readonly problem: Problem | null; readonly next: Architecture } {
  const spec: TechniqueSpec<Id> = techniqueSpecs[step.technique];
  const options = spec.options.parse(step);
  const problem = spec.checkPlace?.(options, place) ?? spec.check(options, architecture);
  const reshaped = problem === null ? spec.reshape?.(options, architecture) : undefined;
  return { problem, next: reshaped ?? architecture };
}

/** A technique names its option alone; only the recipe knows which step it is. */
export function atStep(problem: Problem, index: number): Problem {
  const step = `step.${String(index)}`;
  return { ...problem, at: problem.at === undefined ? step : `${step}.${problem.at}` };
}
