import type { Experiment } from '../experiment/experiment';
import type { RatePoint, RateSuggestion } from '../experiment/rate-range';
import type { Step, TechniqueId } from '../experiment/step';
import { createAnswers } from './answers';
import { inBackground, isBusy, newsWhileIdle } from './background';
import { previewKey } from './curves';
import { defaultStep, rateOption, viewStep, withOption } from './recipe';
import { isThere } from './sensitivity';
import type { Client, PageStore } from './session';

/** Options that a range test does without, of whatever trains and of a train step alone. */
const WITHOUT = ['lr', 'at'];
const WITHOUT_TRAINING = ['epochs', 'schedule', 'warmup', 'patience'];

export interface RateQuestion {
  /** Equal keys, equal answers. */
  readonly key: string;
  /** The recipe up to the step, which is left with nothing but what counts here. */
  readonly experiment: Experiment;
}

/** The question which rate suits a step; null where it trains nothing. */
export function rateQuestion(experiment: Experiment, index: number): RateQuestion | null {
  const step = experiment.recipe[index];
  if (step === undefined || rateOption(viewStep(step)) === null) return null;
  const asked = { ...experiment, recipe: [...experiment.recipe.slice(0, index), bare(step)] };
  return { key: previewKey(asked, index), experiment: asked };
}

function bare(step: Step): Step {
  const { options } = viewStep(defaultStep(step.technique));
  return withoutOf(step.technique).reduce<Step>((now, name) => {
    const value = options[name]?.value;
    return value === undefined ? now : (withOption(now, name, value) ?? now);
  }, evened(step));
}

function withoutOf(technique: TechniqueId): readonly string[] {
  if (technique === 'train') return [...WITHOUT, ...WITHOUT_TRAINING];
  return technique === 'transfer' ? ['epochs'] : WITHOUT;
}

/** How fast a transfer's head goes does not count, how fast the others go beside it does: the faster at 1. */
function evened(step: Step): Step {
  if (step.technique !== 'transfer') return step;
  const { from, head, beta } = step;
  const share = from === 'scratch' ? 0 : Number((beta / head).toPrecision(2));
  const rates = share > 1 ? { head: 1 / share, beta: 1 } : { head: 1, beta: share };
  return Object.entries(rates).reduce<Step>(
    (now, [name, rate]) => withOption(now, name, rate) ?? now,
    step,
  );
}

export interface RateAnswer {
  readonly points: readonly RatePoint[];
  /** Undefined until the test is over; null where it suggests none. */
  readonly suggestion?: RateSuggestion | null;
}

/** Answers that are kept, so that going back shows them at once. */
const KEPT = 24;

/** Tries learning rates while somebody looks on and nothing runs; what an edit leaves true is kept. */
export function createRateFinder(page: PageStore, client: Client) {
  const answers = createAnswers<RateAnswer>(KEPT);

  client.on((event) => {
    const key = event.event === 'rates' ? answers.keyOf(event.question) : undefined;
    if (event.event !== 'rates' || key === undefined) return;
    answers.keep(key, { points: [...(answers.of(key)?.points ?? []), ...event.points] });
  });

  async function ask(index: number, signal: AbortSignal): Promise<void> {
    const now = page.getState();
    const question = rateQuestion(now.link.experiment, index);
    if (question === null || isBusy(now) || !isThere(now, index)) return;
    const { key, experiment } = question;
    if (answers.of(key)?.suggestion !== undefined) return;
    answers.keep(key, { points: [] });
    await answers.asking(key, signal, async (question) => {
      const args = { experiment, step: index, question };
      const answer = await client.request('findRate', args, { signal });
      if (answer !== null) answers.keep(key, answer);
    });
  }

  /** Asks about the step now and whenever the answer may have changed, until the function returned is called. */
  const watch = (index: number) =>
    inBackground(page, (signal) => ask(index, signal), newsWhileIdle);

  return { ...answers, watch };
}
