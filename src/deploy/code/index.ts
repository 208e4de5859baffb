import type { Experiment } from '../../experiment/experiment';
import { kerasScript } from './keras';
import { planOf, type CodePlan } from './plan';
import { pytorchScript } from './pytorch';
import { tfjsScript } from './tfjs';

/** What a recipe can be written in. */
export type CodeLanguage = 'pytorch' | 'keras' | 'tfjs';

const WRITERS: Readonly<Record<CodeLanguage, (plan: CodePlan) => string>> = {
  pytorch: pytorchScript,
  keras: kerasScript,
  tfjs: tfjsScript,
};

/**
 * The recipe as a script that does the same, with the same hyperparameters; other random numbers, so other digits.
 * Only what the recipe needs is in it, and a comment names what is left out.
 * @throws WhittleError where the experiment names no network
 */
export function recipeCode(
  experiment: Experiment,
  language: CodeLanguage,
  about: Pick<CodePlan, 'link' | 'title'>,
): string {
  return WRITERS[language](planOf(experiment, about));
}
