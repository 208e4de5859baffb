import { createStore } from 'zustand/vanilla';
import { resolveDataset } from '../experiment/dataset';
import type { Experiment } from '../experiment/experiment';
import { toProblem, type Problem } from '../experiment/problem';
import { datasetAt } from '../techniques/dataset-at';
import type { TransferPoint, TransferSetting, TransferWay } from '../worker/protocol';
import { previewKey } from './curves';
import { viewStep } from './recipe';
import type { Client, PageStore } from './session';
import { isAbort } from './timing';

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
  readonly task: 'classification' | 'regression';
}

/** What there is to ask about a transfer; null where the step is none, or its data are not known. */
export function transferQuestion(experiment: Experiment, step: number): TransferQuestion | null {
  const asked = experiment.recipe[step];
  const info = resolveDataset(datasetAt(experiment, step))?.info;
  if (asked?.technique !== 'transfer' || info === undefined) return null;
  const { task, outputs, train } = info;
  const most = task === 'regression' ? train : train / outputs;
  const usual: readonly number[] = task === 'regression' ? IN_ALL : EXAMPLES;
  const own = asked.examples === 0 ? [] : [asked.examples];
  const examples = [...new Set([...usual, ...own])]
    .filter((count) => count <= most)
    .sort((a, b) => a - b);
  const recipe = [...experiment.recipe.slice(0, step), { ...asked, examples: 0 }];
  const settings = Array.from({ length: DRAWS }, (_, draw) =>
    examples.flatMap((count) => WAYS.map((way) => ({ way, examples: count, draw }))),
  ).flat();
  return {
    ...{ experiment, step, examples, settings, task },
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

export interface TransferStudies {
  /** By the question's key. */
  readonly answers: Readonly<Record<string, readonly TransferPoint[]>>;
  /** The question that is being answered; null: none is. */
  readonly asked: string | null;
  readonly problem: Problem | null;
}

/** Compares the ways to a task while somebody waits for it; what was measured is kept. */
export function createTransferStudies(page: PageStore, client: Client) {
  const store = createStore<TransferStudies>(() => ({ answers: {}, asked: null, problem: null }));
  let asking = new AbortController();

  client.on((event) => {
    if (event.event !== 'transfer') return;
    const { question, point } = event;
    store.setState(({ answers }) => ({
      answers: { ...answers, [question]: [...(answers[question] ?? []), point] },
    }));
  });

  const same = (a: TransferSetting, b: TransferSetting) =>
    a.way === b.way && a.examples === b.examples && a.draw === b.draw;

  return {
    store,
    /** Whether the network that goes on is trained. */
    isReady: (step: number): boolean => {
      const { link, reached } = page.getState();
      const before = link.experiment.recipe.slice(0, step);
      return reached >= before.findLastIndex((each) => !viewStep(each).instant);
    },
    start: async ({ key, experiment, step, settings }: TransferQuestion): Promise<void> => {
      asking.abort();
      asking = new AbortController();
      const { signal } = asking;
      const known = store.getState().answers[key] ?? [];
      const missing = settings.filter((setting) => !known.some((point) => same(point, setting)));
      store.setState({ asked: key, problem: null });
      try {
        const args = { experiment, step, question: key, settings: missing };
        await client.request('transferStudy', args, { signal });
      } catch (error) {
        if (!isAbort(error)) store.setState({ problem: toProblem(error) });
      } finally {
        if (!signal.aborted) store.setState({ asked: null });
      }
    },
    stop: () => {
      asking.abort();
      store.setState({ asked: null });
    },
  };
}
