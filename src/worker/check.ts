import type { Architecture } from '../experiment/architecture';
import type { Experiment } from '../experiment/experiment';
import { toProblem, WhittleError } from '../experiment/problem';
import type { TechniqueId } from '../experiment/step';
import { atStep, checkRecipe } from '../techniques/check-recipe';
import { techniqueSpecs } from '../techniques/registry';
import { DivergedError } from '../techniques/train/diverged';
import { isAbort } from './pace';

/** @throws WhittleError at the option whose combination makes no sense on this network */
export function refuseNonsense({ recipe }: Experiment, architecture: Architecture): void {
  const [problem] = checkRecipe(recipe, architecture);
  if (problem !== undefined) throw new WhittleError(problem);
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
