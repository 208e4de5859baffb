import type { Architecture } from '../experiment/architecture';
import type { Experiment } from '../experiment/experiment';
import { toProblem, WhittleError, type Problem } from '../experiment/problem';
import type { StepOf, TechniqueId } from '../experiment/step';
import type { TechniqueSpec } from '../experiment/technique';
import { techniqueSpecs } from '../techniques/registry';
import { DivergedError } from '../techniques/train/diverged';
import { isAbort } from './pace';

/** @throws WhittleError at the option whose combination makes no sense on this network */
export function checkRecipe({ recipe }: Experiment, architecture: Architecture): void {
  recipe.forEach((step, index) => {
    const problem = problemOf(step, architecture);
    if (problem !== null) throw new WhittleError(atStep(problem, index));
  });
}

export function problemOf<Id extends TechniqueId>(
  step: StepOf<Id>,
  architecture: Architecture,
): Problem | null {
  const spec: TechniqueSpec<Id> = techniqueSpecs[step.technique];
  return spec.check(spec.options.parse(step), architecture);
}

/** An error that ended a step, at the control that can mend it. An abort stays what it is. */
export function stepError(error: unknown, index: number, technique: TechniqueId): Error {
  if (error instanceof Error && isAbort(error)) return error;
  const problem = toProblem(error);
  if (error instanceof DivergedError)
    return new WhittleError(atStep({ ...problem, at: 'lr' }, index));
  const { at } = problem;
  const isOfStep = at === undefined || at in techniqueSpecs[technique].options.shape;
  return new WhittleError(isOfStep ? atStep(problem, index) : problem);
}

/** A technique names its option alone; only the session knows which step it is. */
function atStep(problem: Problem, index: number): Problem {
  const step = `step.${String(index)}`;
  return { ...problem, at: problem.at === undefined ? step : `${step}.${problem.at}` };
}
