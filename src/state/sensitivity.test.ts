import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Experiment } from '../experiment/experiment';
import type { Step } from '../experiment/step';
import type { Requests, WorkerEvent } from '../worker/protocol';
import { createPage } from './page';
import { defaultStep, withOption } from './recipe';
import { createSensitivities, questionAbout } from './sensitivity';
import type { Client } from './session';

type Asked = Requests['sensitivity']['args'];

const prune = defaultStep('prune');
const recipe: readonly Step[] = [defaultStep('train'), prune, defaultStep('quantize')];
const experiment: Experiment = { dataset: 'circles', model: 'mlp:8', seed: 7, recipe };

function changed(index: number, option: string, value: number | string): Experiment {
  const step = recipe[index];
  const next = step && withOption(step, option, value);
  if (!next) throw new Error('the option cannot be that');
  return { ...experiment, recipe: recipe.with(index, next) };
}

describe('the question about a step', () => {
  const key = (of: Experiment, index = 1) => questionAbout(of, index)?.key;

  it('is about every layer with weights, coarse values first', () => {
    const question = questionAbout(experiment, 1);
    expect(question?.layers).toEqual(['dense1', 'dense2']);
    expect(question?.settings.slice(0, 2)).toEqual([
      { layer: 'dense1', value: 0 },
      { layer: 'dense2', value: 0 },
    ]);
    expect(questionAbout(experiment, 2)?.settings).toHaveLength(2 * 16);
  });

  it('is the same whatever all layers together are set to', () => {
    expect(key(changed(1, 'sparsity', 0.3))).toBe(key(experiment));
    expect(key(changed(1, 'layers', 'dense1~0.5'))).toBe(key(experiment));
    expect(key(changed(1, 'schedule', 'gradual'))).toBe(key(experiment));
    expect(key(changed(2, 'bits', 3), 2)).toBe(key(experiment, 2));
  });

  it('is another where one layer alone would come out otherwise', () => {
    expect(key(changed(1, 'criterion', 'random'))).not.toBe(key(experiment));
    expect(key(changed(0, 'epochs', 7))).not.toBe(key(experiment));
    expect(key(changed(1, 'sparsity', 0.3), 2)).not.toBe(key(experiment, 2));
    expect(key({ ...experiment, seed: 8 })).not.toBe(key(experiment));
  });

  it('is about no more bits than the scheme lists, and none where no layer is set apart', () => {
    const values = questionAbout(changed(2, 'scheme', 'codebook'), 2)?.settings ?? [];
    expect(Math.max(...values.map(({ value }) => value))).toBe(8);
    expect(questionAbout(changed(1, 'pattern', 'nm'), 1)).toBeNull();
    expect(questionAbout(experiment, 0)).toBeNull();
    expect(questionAbout({ ...experiment, model: 'net:maxpool-9' }, 1)).toBeNull();
  });
});

/** A page with a trained network, whose worker answers nothing by itself. */
function opened() {
  const asked: { readonly args: Asked; readonly signal: AbortSignal | undefined }[] = [];
  let told: (event: WorkerEvent) => void = () => {};
  const client: Client = {
    request: (name, args, options) => {
      if (name === 'sensitivity') asked.push({ args: args as Asked, signal: options?.signal });
      return new Promise((_, reject) => {
        options?.signal?.addEventListener('abort', () => {
          reject(new DOMException('Stopped.', 'AbortError'));
        });
      });
    },
    on: (listener) => {
      told = listener;
      return () => undefined;
    },
  };
  const { store: page } = createPage(() => ({ ...client, on: () => () => undefined }));
  page.setState(({ link }) => ({ link: { ...link, experiment }, reached: 0 }));
  const sensitivities = createSensitivities(page, client);
  return {
    ...{ asked, page, sensitivities },
    /** An answer to the question asked last. */
    tell: (layer: string, value: number, score: number) => {
      const question = asked.at(-1)?.args.question ?? '';
      told({ event: 'sensitivity', question, layer, point: { value, score, examples: 500 } });
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

  it('points are kept by their question, and what is known is not asked again', () => {
    const { asked, tell, sensitivities } = opened();
    const stop = sensitivities.watch(1);
    const all = asked[0]?.args.settings ?? [];
    tell('dense1', 0.999, 0.5);
    tell('dense1', 0, 0.9);
    const key = questionAbout(experiment, 1)?.key ?? '';
    expect(sensitivities.store.getState().answers).toEqual({
      [key]: {
        dense1: [
          { value: 0, score: 0.9, examples: 500 },
          { value: 0.999, score: 0.5, examples: 500 },
        ],
      },
    });
    stop();
    expect(asked[0]?.signal?.aborted).toBe(true);
    sensitivities.watch(1);
    const known = [0, 0.999];
    expect(asked[1]?.args.settings).toEqual(
      all.filter(({ layer, value }) => layer !== 'dense1' || !known.includes(value)),
    );
  });

  it('an edit ends the measuring, which goes on when the user rests', async () => {
    const { asked, page, sensitivities } = opened();
    sensitivities.watch(1);
    page.getState().setOption(1, 'sparsity', 0.4, true);
    expect(asked[0]?.signal?.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(300);
    page.getState().setOption(1, 'sparsity', 0.5, true);
    await vi.advanceTimersByTimeAsync(300);
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(asked).toHaveLength(2);
    expect(asked[1]?.args.question).toBe(asked[0]?.args.question);
  });

  it('a network that is not trained yet is asked about when it is', async () => {
    const { asked, page, sensitivities } = opened();
    page.setState({ reached: -1 });
    sensitivities.watch(1);
    expect(asked).toEqual([]);
    page.setState({ reached: 0 });
    await vi.advanceTimersByTimeAsync(500);
    expect(asked).toHaveLength(1);
  });

  it('nothing is asked any more once nobody looks', async () => {
    const { asked, page, sensitivities } = opened();
    const stop = sensitivities.watch(1);
    page.getState().setOption(1, 'sparsity', 0.4);
    stop();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toHaveLength(1);
    expect(sensitivities.store.getState().asked).toEqual([]);
  });
});
