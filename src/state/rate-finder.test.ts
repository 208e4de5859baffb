import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Experiment } from '../experiment/experiment';
import type { Step } from '../experiment/step';
import type { Requests, WorkerEvent } from '../worker/protocol';
import { createPage } from './page';
import { createRateFinder, rateQuestion } from './rate-finder';
import { defaultStep, withOption, withRate } from './recipe';
import type { Client } from './session';

const recipe: readonly Step[] = [defaultStep('train'), defaultStep('prune'), defaultStep('train')];
const experiment: Experiment = { dataset: 'circles', model: 'mlp:8', seed: 7, recipe };

function changed(index: number, option: string, value: number | string): Experiment {
  const step = recipe[index];
  const next = step && withOption(step, option, value);
  if (!next) throw new Error('the option cannot be that');
  return { ...experiment, recipe: recipe.with(index, next) };
}

describe('the question which rate suits a step', () => {
  const key = (of: Experiment, index: number) => rateQuestion(of, index)?.key;

  it('stays the same when its answer is taken, or the step is made longer', () => {
    expect(key(changed(0, 'lr', 0.1), 0)).toBe(key(experiment, 0));
    expect(key(changed(0, 'at', '3~0.1'), 0)).toBe(key(experiment, 0));
    expect(key(changed(0, 'epochs', 9), 0)).toBe(key(experiment, 0));
    expect(key(changed(2, 'lr', 0.1), 0)).toBe(key(experiment, 0));
  });

  it('is another with another optimizer, batch or network before', () => {
    expect(key(changed(0, 'optimizer', 'sgd'), 0)).not.toBe(key(experiment, 0));
    expect(key(changed(0, 'batch', 32), 0)).not.toBe(key(experiment, 0));
    expect(key(changed(1, 'sparsity', 0.3), 2)).not.toBe(key(experiment, 2));
    expect(key({ ...experiment, seed: 8 }, 0)).not.toBe(key(experiment, 0));
  });

  it('of a transfer is that of its head, and the layers that stay keep their share of it', () => {
    const transfer = ['to:spiral', 'beta:0.002', 'head:0.01'].reduce<Step>((step, text) => {
      const [name = '', value = ''] = text.split(':');
      return withOption(step, name, name === 'to' ? value : Number(value)) ?? step;
    }, defaultStep('transfer'));
    const at = (step: Step) => key({ ...experiment, recipe: [step] }, 0);
    const faster = withRate(transfer, 0.035);
    expect(faster).toMatchObject({ head: 0.035, beta: 0.007 });
    expect(at(faster)).toBe(at(transfer));
    const others = [0.005, 0.02, 0.05].map((beta) =>
      at(withOption(transfer, 'beta', beta) ?? transfer),
    );
    expect(new Set([...others, at(transfer)]).size).toBe(4);
    expect(withRate(defaultStep('fold'), 0.1)).toEqual(defaultStep('fold'));
  });

  it('is not asked of a step that trains nothing', () => {
    expect(rateQuestion(experiment, 1)).toBeNull();
    expect(rateQuestion(changed(1, 'schedule', 'gradual'), 1)).not.toBeNull();
    expect(rateQuestion(experiment, 3)).toBeNull();
  });
});

const point = (rate: number) => ({ rate, loss: 2, smoothed: 2 });
const found = { points: [point(1e-6)], suggestion: null };

/** A page whose worker answers when it is told to. */
function opened() {
  const asked: {
    readonly args: Requests['findRate']['args'];
    readonly signal: AbortSignal | undefined;
    readonly answer: (result: unknown) => void;
  }[] = [];
  let told: (event: WorkerEvent) => void = () => {};
  const client: Client = {
    request: (name, args, options) =>
      new Promise((resolve, reject) => {
        const signal = options?.signal;
        if (name === 'findRate') {
          const given = args as Requests['findRate']['args'];
          asked.push({ args: given, signal, answer: resolve as (result: unknown) => void });
        }
        signal?.addEventListener('abort', () => {
          reject(new DOMException('Stopped.', 'AbortError'));
        });
      }),
    on: (listener) => {
      told = listener;
      return () => undefined;
    },
  };
  const { store: page } = createPage(() => ({ ...client, on: () => () => undefined }));
  page.setState(({ link }) => ({ link: { ...link, experiment }, reached: -1 }));
  const finder = createRateFinder(page, client);
  const answerNow = () => finder.store.getState().answers[rateQuestion(experiment, 0)?.key ?? ''];
  return {
    ...{ asked, page, finder, answerNow },
    tell: (question: string, rate: number) => {
      told({ event: 'rates', question, points: [point(rate)] });
    },
  };
}

describe('while somebody looks on', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('points are shown as they come, and the answer is kept', async () => {
    const { asked, finder, tell, answerNow } = opened();
    const stop = finder.watch(0);
    tell(asked[0]?.args.question ?? '', 1e-6);
    tell('of another time', 1);
    expect(answerNow()).toEqual({ points: [point(1e-6)] });
    asked[0]?.answer(found);
    await vi.advanceTimersByTimeAsync(1);
    expect(answerNow()).toEqual(found);
    stop();
    finder.watch(0);
    expect(asked).toHaveLength(1);
  });

  it('a run goes first, and the search begins anew behind it', async () => {
    const { asked, page, finder } = opened();
    finder.watch(0);
    page.setState({ status: 'running' });
    expect(asked[0]?.signal?.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toHaveLength(1);
    page.setState({ status: 'paused' });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toHaveLength(2);
  });

  it('an edit that leaves the question as it is brings the kept answer back', async () => {
    const { asked, page, finder, answerNow } = opened();
    finder.watch(0);
    asked[0]?.answer(found);
    await vi.advanceTimersByTimeAsync(1);
    page.getState().setOption(0, 'lr', 0.02);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toHaveLength(1);
    expect(answerNow()).toEqual(found);
    page.getState().setOption(0, 'batch', 32);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toHaveLength(2);
  });

  it('a step behind one that is not trained waits for it', async () => {
    const { asked, page, finder } = opened();
    finder.watch(2);
    expect(asked).toEqual([]);
    page.setState({ reached: 1 });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toHaveLength(1);
  });
});
