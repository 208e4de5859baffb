import type { Experiment } from '../experiment/experiment';
import type { Step } from '../experiment/step';
import { sameUpTo, withRateChange } from '../techniques/train/rate-changes';
import { createGate, type Gate } from './gate';
import { stopped } from './pace';
import type { Requests } from './protocol';

type RateAnswer = Requests['setLearningRate']['result'];

/** The page's hand on a run, and what the run reads from it. */
export interface Controls {
  readonly signal: AbortSignal;
  readonly gate: Gate;
  /** With the recipe as it is now. */
  experiment(): Experiment;
  /** Of that experiment; null until the page has told the link of a change that was made here. */
  link(): string | null;

  stop(): void;
  /**
   * Steps up to the running one stay as they are; of that one the learning rates are taken over that
   * come in iterations it has not come to.
   */
  setRecipe(recipe: readonly Step[], link: string): void;
  /** From the next iteration on. Resolves with the running step, unchanged where it trains no more. */
  setLearningRate(rate: number): Promise<RateAnswer>;

  /** The run begins with a step of which so many iterations are done. */
  begin(index: number, done: number): void;
  /** Does an iteration; changes wait until it is over, so that they count from exactly the next one. */
  iterate<Result>(work: () => Promise<Result>): Promise<Result>;
  /** So many iterations of the step are done. `last`: there are no more. */
  advance(done: number, last: boolean): void;
  /** The run is over. */
  end(): void;
}

export function createControls({ experiment, link, single }: Requests['run']['args']): Controls {
  const controller = new AbortController();
  const gate = createGate(single ? 1 : Infinity);
  let recipe = experiment.recipe;
  let toldLink: string | null = link;
  let index = 0;
  let done = 0;
  let changeable = false;
  let iterating = false;
  let waiting: { readonly rate: number; readonly resolve: (answer: RateAnswer) => void }[] = [];

  function applyChanges(): void {
    const changes = waiting;
    waiting = [];
    for (const { rate, resolve } of changes) {
      const step = recipe[index] ?? experiment.recipe[index];
      if (step === undefined) continue;
      const changed = changeable ? atRate(step, done + 1, rate) : step;
      if (changed !== step) {
        recipe = recipe.with(index, changed);
        toldLink = null;
      }
      resolve({ index, step: changed });
    }
  }

  function end(): void {
    changeable = false;
    applyChanges();
  }

  return {
    end,
    signal: controller.signal,
    gate,
    experiment: () => ({ ...experiment, recipe }),
    link: () => toldLink,
    stop: () => {
      controller.abort(stopped());
    },
    setRecipe: (next, nextLink) => {
      const [now, then] = [recipe[index], next[index]];
      const onlyAhead =
        now?.technique === 'train' && then?.technique === 'train' && sameUpTo(now, then, done);
      const kept = onlyAhead ? index : index + 1;
      recipe = [...recipe.slice(0, kept), ...next.slice(kept)];
      toldLink = nextLink;
    },
    setLearningRate: (rate) =>
      new Promise((resolve) => {
        waiting.push({ rate, resolve });
        if (!iterating) applyChanges();
      }),
    begin: (at, already) => {
      end();
      index = at;
      done = already;
      changeable = recipe[at]?.technique === 'train';
    },
    iterate: async (work) => {
      iterating = true;
      try {
        return await work();
      } finally {
        iterating = false;
      }
    },
    advance: (now, last) => {
      done = now;
      if (last) changeable = false;
      applyChanges();
    },
  };
}

function atRate(step: Step, iteration: number, rate: number): Step {
  if (step.technique !== 'train') return step;
  return { ...step, ...withRateChange(step, iteration, rate) };
}
