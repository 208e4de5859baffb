import { resolveDataset } from '../experiment/dataset';
import type { Experiment } from '../experiment/experiment';
import { datasetAt } from '../techniques/dataset-at';
import type { TransferPoint, TransferSetting, TransferWay } from '../worker/protocol';
import { createAnswers } from './answers';
import { inBackground, isBusy, newsWhileIdle } from './background';
import { previewKey } from './curves';
import { isThere } from './sensitivity';
import type { Client, PageStore } from './session';

export const WAYS: readonly TransferWay[] = ['tuned', 'frozen', 'scratch'];

/** Of each class; of a regression ten times as many are asked for in all. */
const EXAMPLES = [5, 10, 20, 50, 100, 500] as const;
const IN_ALL = [10, 20, 50, 100, 200, 500] as const;
/** Draws of examples and of new weights, over which the spread is. */
export const DRAWS = 5;

export interface TransferQuestion {
  /** Equal keys, equal answers. */
  readonly key: string;
  readonly experiment: Experiment;
  readonly step: number;
  /** Ascending. */
  readonly examples: readonly number[];
  /** One draw of everything first. */
  readonly settings: readonly TransferSetting[];
  /** Those with as many examples as the step takes; none where it takes all there are. */
  readonly own: readonly TransferSetting[];
  readonly ways: readonly TransferWay[];
  /** Iterations of each training with the step's own examples; null where it takes all there are. */
  readonly iterations: number | null;
  readonly task: 'classification' | 'regression';
}

/** What there is to ask about a transfer; null where the step is none, or its data are not known. */
export function transferQuestion(experiment: Experiment, step: number): TransferQuestion | null {
  const asked = experiment.recipe[step];
  const info = resolveDataset(datasetAt(experiment, step))?.info;
  if (asked?.technique !== 'transfer' || info === undefined) return null;
  const { task, outputs, train } = info;
  const isRegression = task === 'regression';
  const most = isRegression ? train : train / outputs;
  const usual: readonly number[] = isRegression ? IN_ALL : EXAMPLES;
  const count = Math.min(asked.examples, Math.floor(most));
  // Without a learning rate below the head, tuning is freezing.
  const ways = asked.beta === 0 ? WAYS.filter((way) => way !== 'tuned') : WAYS;
  const examples = [...new Set([...usual, ...(count === 0 ? [] : [count])])]
    .filter((count) => count <= most)
    .sort((a, b) => a - b);
  const recipe = [...experiment.recipe.slice(0, step), { ...asked, examples: 0 }];
  const settings = Array.from({ length: DRAWS }, (_, draw) =>
    examples.flatMap((count) => ways.map((way) => ({ way, examples: count, draw }))),
  ).flat();
  const seen = count * (isRegression ? 1 : outputs);
  return {
    ...{ experiment, step, examples, settings, ways, task },
    own: settings.filter((setting) => setting.examples === count),
    iterations: count === 0 ? null : asked.epochs * Math.ceil(seen / asked.batch),
    key: previewKey({ ...experiment, recipe }, step),
  };
}

/** What the draws came to. */
export interface Outcome {
  readonly examples: number;
  readonly mean: number;
  readonly least: number;
  readonly most: number;
  readonly draws: number;
}

/** By examples, ascending. */
export function outcomesOf(points: readonly TransferPoint[], way: TransferWay): readonly Outcome[] {
  const counts = [...new Set(points.map(({ examples }) => examples))].sort((a, b) => a - b);
  return counts.flatMap((examples): Outcome[] => {
    const scores = points
      .filter((point) => point.way === way && point.examples === examples)
      .map(({ score }) => score);
    if (scores.length === 0) return [];
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    const [least, most] = [Math.min(...scores), Math.max(...scores)];
    return [{ examples, mean, least, most, draws: scores.length }];
  });
}

/** Of some settings those that are not measured yet. */
export function missingOf(
  settings: readonly TransferSetting[],
  points: readonly TransferPoint[],
): readonly TransferSetting[] {
  const idOf = ({ way, examples, draw }: TransferSetting) => [way, examples, draw].join();
  const known = new Set(points.map(idOf));
  return settings.filter((setting) => !known.has(idOf(setting)));
}

/** How much somebody wants to know: the step's own number of examples, or every number. */
export type Wanted = 'own' | 'all';

export function wantedOf(
  { own, settings }: TransferQuestion,
  wanted: Wanted,
): readonly TransferSetting[] {
  return wanted === 'own' ? own : settings;
}

/** Answers that are kept, so that going back shows them at once. */
const KEPT = 24;

/** Compares the ways to a task while somebody waits for it and nothing runs; what was measured is kept. */
export function createTransferStudies(page: PageStore, client: Client) {
  const answers = createAnswers<readonly TransferPoint[]>(KEPT);

  client.on((event) => {
    const key = event.event === 'transfer' ? answers.keyOf(event.question) : undefined;
    if (event.event !== 'transfer' || key === undefined) return;
    answers.keep(key, [...(answers.of(key) ?? []), event.point]);
  });

  async function ask(index: number, wanted: Wanted, signal: AbortSignal): Promise<void> {
    const now = page.getState();
    const asked = transferQuestion(now.link.experiment, index);
    if (asked === null || isBusy(now) || !isThere(now, index)) return;
    const { key, experiment, step } = asked;
    const settings = missingOf(wantedOf(asked, wanted), answers.of(key) ?? []);
    if (settings.length === 0) return;
    await answers.asking(key, signal, (question) =>
      client.request('transferStudy', { experiment, step, question, settings }, { signal }),
    );
  }

  /** Asks about the step now and whenever the answer may have changed, until the function returned is called. */
  const watch = (index: number, wanted: Wanted) =>
    inBackground(page, (signal) => ask(index, wanted, signal), newsWhileIdle);

  return { ...answers, watch };
}
