import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Experiment } from '../experiment/experiment';
import type { Environment } from '../experiment/report';
import type { Step, StepOf } from '../experiment/step';
import { techniqueSpecs } from '../techniques/registry';
import { withRateChange } from '../techniques/train/rate-changes';
import type { RequestName, Requests, WorkerEvent } from '../worker/protocol';
import { createPage } from './page';
import { defaultStep, withOption } from './recipe';
import type { Client } from './session';

type Sent = {
  readonly [Name in RequestName]: { readonly name: Name; readonly args: Requests[Name]['args'] };
}[RequestName];

type Answers = {
  readonly [Name in RequestName]?: (
    args: Requests[Name]['args'],
  ) => Requests[Name]['result'] | Promise<Requests[Name]['result']>;
};

const environment: Environment = {
  backend: 'wasm',
  threads: 1,
  userAgent: '',
  crossOriginIsolated: true,
};

/** A worker's end of the line that answers by hand: what a test lets a run do, it does. */
function line() {
  const sent: Sent[] = [];
  const listeners = new Set<(event: WorkerEvent) => void>();
  let end = { done: () => {}, stopped: () => {} };
  const answers: Answers = {
    prepare: () => environment,
    recall: () => ({ variants: [], history: [], reached: -1 }),
    run: () =>
      new Promise((resolve, reject) => {
        end = {
          done: () => {
            resolve({ variants: [], history: [], environment });
          },
          stopped: () => {
            reject(new DOMException('Stopped.', 'AbortError'));
          },
        };
      }),
    stop: () => {
      end.stopped();
      return null;
    },
    setRecipe: () => null,
    setLearningRate: ({ learningRate }) => ({
      index: 0,
      step: { ...train, ...withRateChange(train, 6, learningRate) },
    }),
    look: () => null,
    preview: () => null,
    curve: () => null,
  };
  const client: Client = {
    request: async (name, args) => {
      // The name fixes the type of the arguments; TypeScript cannot follow that through the union.
      sent.push({ name, args } as Sent);
      const answer = answers[name];
      if (answer === undefined) throw new Error(`This worker does not know ${name}.`);
      return answer(args);
    },
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return {
    client,
    sent,
    tell: (event: WorkerEvent) => {
      for (const listener of listeners) listener(event);
    },
    finish: () => {
      end.done();
    },
    names: () => sent.map(({ name }) => name),
  };
}

const train: StepOf<'train'> = {
  technique: 'train',
  ...techniqueSpecs.train.options.parse({ epochs: 2 }),
};
const recipe: readonly Step[] = [train, defaultStep('prune'), defaultStep('quantize')];
const experiment: Experiment = { dataset: 'mnist', model: 'lenet-300-100', seed: 7, recipe };

function running() {
  const wire = line();
  const { store } = createPage(() => wire.client);
  store.setState(({ link }) => ({ link: { ...link, experiment } }));
  store.getState().play();
  wire.tell({ event: 'status', status: 'running', step: 0, done: 5, total: 100 });
  return { ...wire, store };
}

describe('while a step runs', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  it('its learning rate is told to the worker, not edited', () => {
    const { store, sent } = running();
    store.getState().setOption(0, 'lr', 0.0005, true);
    expect(sent.at(-1)).toEqual({ name: 'setLearningRate', args: { learningRate: 0.0005 } });
    expect(store.getState().link.experiment).toBe(experiment);
    expect(store.getState().liveLearningRate).toBe(0.0005);
  });

  it('a drag of the learning rate reaches the worker ten times a second at most, the last value always', async () => {
    const { store, sent } = running();
    for (let i = 1; i <= 100; i++) {
      store.getState().setOption(0, 'lr', i / 1000, true);
      await vi.advanceTimersByTimeAsync(5);
    }
    await vi.advanceTimersByTimeAsync(200);
    const rates = sent.flatMap((one) =>
      one.name === 'setLearningRate' ? [one.args.learningRate] : [],
    );
    expect(rates.length).toBeLessThanOrEqual(7);
    expect(rates.at(-1)).toBe(0.1);
  });

  it('what the worker made of the step is written into the recipe and can be undone in one', () => {
    const { store, names } = running();
    const written = withOption(train, 'at', '430~0.0003') ?? train;
    store.getState().setOption(0, 'lr', 0.0003, true);
    store.getState().writeStep(0, written, true);
    store.getState().commit();
    store.getState().writeStep(0, written, false);
    expect(store.getState().link.experiment.recipe[0]).toEqual(written);
    expect(store.getState().past).toEqual([experiment]);
    expect(names()).not.toContain('stop');
    const later = withOption(recipe[1]!, 'sparsity', 0.5)!;
    store.getState().setOption(1, 'sparsity', 0.5);
    expect(store.getState().link.experiment.recipe[1]).toEqual(later);
    store.getState().undo();
    expect(store.getState().link.experiment.recipe[0]).toEqual(written);
  });

  it('an edit of a later step replaces the rest of the recipe and lets it run', () => {
    const { store, sent, names } = running();
    store.getState().setOption(2, 'bits', 4);
    const last = sent.findLast((one) => one.name === 'setRecipe');
    expect(last?.args).toMatchObject({
      recipe: [train, recipe[1], { technique: 'quantize', bits: 4 }],
    });
    expect(names()).not.toContain('stop');
    expect(store.getState().status).toBe('running');
  });

  it('an edit of the step itself stops it and says so', async () => {
    const { store, names } = running();
    store.getState().setOption(0, 'epochs', 9);
    await vi.advanceTimersByTimeAsync(0);
    expect(names()).toContain('stop');
    expect(store.getState().status).toBe('idle');
    expect(store.getState().problems.map(({ code }) => code)).toEqual(['editedRunning']);
  });
});

describe('a run', () => {
  it('is not started on an experiment that cannot run; the page says why', () => {
    const { client, names } = line();
    const { store } = createPage(() => client);
    store.setState(({ link }) => ({
      link: { ...link, experiment: { ...experiment, dataset: 'nothing' } },
    }));
    store.getState().play();
    expect(names()).not.toContain('run');
    expect(store.getState().problems.map(({ code }) => code)).toEqual(['unknownDataset']);
  });

  it('that is done shows what it measured', async () => {
    vi.useRealTimers();
    const { store, finish, tell } = running();
    tell({
      event: 'history',
      points: [
        { step: 0, iteration: 1, epoch: 0, trainLoss: 2.3, learningRate: 0.001, elapsedMs: 1 },
      ],
    });
    expect(store.getState().history).toHaveLength(1);
    finish();
    await vi.waitFor(() => {
      expect(store.getState().environment).toEqual(environment);
    });
  });
});
