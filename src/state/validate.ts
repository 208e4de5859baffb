import { resolveDataset } from '../experiment/dataset';
import type { Experiment } from '../experiment/experiment';
import type { Architecture } from '../experiment/architecture';
import { resolveModel } from '../experiment/model';
import { toProblem } from '../experiment/problem';
import type { Problem } from '../experiment/problem';
import { checkRecipe } from '../techniques/check-recipe';

/** Whether the experiment can run, told before it does: each problem names the control that caused it. */
export function validate(experiment: Experiment): readonly Problem[] {
  const resolved = resolveDataset(experiment.dataset);
  if (resolved === null) {
    return [
      {
        code: 'unknownDataset',
        params: { dataset: experiment.dataset },
        at: 'data',
        message: `There is no data set "${experiment.dataset}". Choose one from the list.`,
      },
    ];
  }
  let architecture: Architecture;
  try {
    architecture = resolveModel(experiment.model, resolved.info);
  } catch (error) {
    return [toProblem(error, 'model')];
  }
  return checkRecipe(experiment.recipe, architecture);
}

let last: { readonly experiment: Experiment; readonly problems: readonly Problem[] } | null = null;

/** `validate`, remembering the last answer: several controls ask about the same experiment. */
export function problemsOf(experiment: Experiment): readonly Problem[] {
  if (last?.experiment !== experiment) last = { experiment, problems: validate(experiment) };
  return last.problems;
}
