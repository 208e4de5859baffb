import { describe, expect, it } from 'vitest';
import type { Experiment } from '../experiment/experiment';
import type { TransferPoint } from '../worker/protocol';
import { defaultStep, withOption } from './recipe';
import { DRAWS, missingOf, outcomesOf, transferQuestion, WAYS } from './transfer-study';

function withExamples(examples: number, to = 'fashion-mnist'): Experiment {
  const options = { to, examples } as const;
  const step = Object.entries(options).reduce(
    (now, [name, value]) => withOption(now, name, value) ?? now,
    defaultStep('transfer'),
  );
  const dataset = to === 'linear:shifted' ? 'linear' : 'mnist';
  return { dataset, model: 'mlp:8', seed: 7, recipe: [defaultStep('train'), step] };
}

function asked(experiment: Experiment) {
  const question = transferQuestion(experiment, 1);
  if (question === null) throw new Error('nothing is asked');
  return question;
}

describe('what is asked about a transfer', () => {
  it('is every way with every number of examples, one draw of all first', () => {
    const { examples, settings } = asked(withExamples(10));
    expect(examples).toEqual([5, 10, 20, 50, 100, 500]);
    expect(settings).toHaveLength(6 * WAYS.length * DRAWS);
    expect(settings.slice(0, 6 * WAYS.length).every(({ draw }) => draw === 0)).toBe(true);
  });

  it('has the step’s own number among the others, and no more than there are', () => {
    expect(asked(withExamples(30)).examples).toEqual([5, 10, 20, 30, 50, 100, 500]);
    // Of 800 there are no 1,000: it takes them all.
    expect(asked(withExamples(1000, 'linear:shifted')).examples).toEqual([
      ...[10, 20, 50, 100, 200, 500, 800],
    ]);
  });

  it('begins with the step’s own number, of which the trainings may be long', () => {
    // Ten classes of ten in batches of 32: four iterations an epoch, for 100 epochs.
    const { own, iterations } = asked(withExamples(10));
    expect(own).toHaveLength(WAYS.length * DRAWS);
    expect(own.every(({ examples }) => examples === 10)).toBe(true);
    expect(iterations).toBe(400);
    // All there are: nobody waits for that unasked.
    expect(asked(withExamples(0))).toMatchObject({ own: [], iterations: null });
  });

  it('has no tuning where nothing below the head moves', () => {
    const { dataset, model, seed, recipe } = withExamples(10);
    const frozen = recipe.map((step) => withOption(step, 'beta', 0) ?? step);
    expect(asked({ dataset, model, seed, recipe: frozen }).ways).toEqual(['frozen', 'scratch']);
  });

  it('misses the step’s own number where another was measured, under the same key', () => {
    const [thirty, forty] = [asked(withExamples(30)), asked(withExamples(40))];
    expect(forty.key).toBe(thirty.key);
    const measured: readonly TransferPoint[] = thirty.settings.map((setting) => ({
      ...setting,
      score: 0.5,
    }));
    expect(missingOf(thirty.settings, measured)).toEqual([]);
    const missing = missingOf(forty.settings, measured);
    expect(missing).toHaveLength(WAYS.length * DRAWS);
    expect(missing.every(({ examples }) => examples === 40)).toBe(true);
  });

  it('is nothing of a step that is no transfer', () => {
    expect(transferQuestion(withExamples(10), 0)).toBeNull();
  });
});

it('draws come to their mean, and the least and most of them', () => {
  const points = [0.5, 0.75, 0.625].map((score, draw) => ({
    ...{ way: 'tuned', examples: 5, draw, score },
  })) as readonly TransferPoint[];
  expect(outcomesOf(points, 'tuned')).toEqual([
    { examples: 5, mean: 0.625, least: 0.5, most: 0.75, draws: 3 },
  ]);
  expect(outcomesOf(points, 'scratch')).toEqual([]);
});
