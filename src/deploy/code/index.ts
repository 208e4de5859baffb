import type { Experiment } from '../../experiment/experiment';
import { kerasScript } from './keras';
import { planOf, type CodePlan } from './plan';
import { pytorchScript } from './pytorch';
import { tfjsScript } from './tfjs';

/** What a recipe can be written in. */
const WRITERS = {
  pytorch: pytorchScript,
  keras: kerasScript,
  tfjs: tfjsScript,
} as const satisfies Readonly<Record<string, (plan: CodePlan) => string>>;

/**
 * The recipe as a script that does the same, with the same hyperparameters; other random numbers, so other digits.
 * Only what the recipe needs is in it, and a comment names what is left out.
 * @throws WhittleError where the experiment names no network
 */
export function recipeCode(
  experiment: Experiment,
  language: keyof typeof WRITERS,
  about: Pick<CodePlan, 'link' | 'title'>,
): string {
  return WRITERS[language](planOf(experiment, about));
}
