import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Experiment } from '../experiment/experiment';
import { CELLS, type LandscapeFrame } from '../experiment/landscape';
import type { Requests, WorkerEvent } from '../worker/protocol';
import { createLandscapes, landscapeKey, type LandscapeOf } from './landscape';
import { createPage } from './page';
import { defaultStep } from './recipe';
import type { Client } from './session';

const experiment: Experiment = {
  ...{ dataset: 'circles', model: 'mlp:8', seed: 7 },
  recipe: [defaultStep('train'), defaultStep('prune'), defaultStep('train')],
};
const of: LandscapeOf = { variant: 's1', plane: 'random', draw: 0, radius: 1, split: 'train' };
const frame: LandscapeFrame = { square: { centre: [0, 0], half: 1 }, examples: 400, path: [] };

/** A page with two steps done, whose worker answers nothing by itself. */
function opened() {
  const asked: {
    readonly args: Requests['landscape']['args'];
    readonly signal: AbortSignal | undefined;
  }[] = [];
  let told: (event: WorkerEvent) => void = () => {};
  const client: Client = {
    request: (name, args, options) => {
      const signal = options?.signal;
      if (name === 'landscape') asked.push({ args: args as Requests['landscape']['args'], signal });
      return new Promise((_, reject) => {
        signal?.addEventListener('abort', () => {
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
  page.setState(({ link }) => ({ link: { ...link, experiment }, reached: 1 }));
  const landscapes = createLandscapes(page, client);
  return {
    ...{ asked, page, landscapes },
    answer: (which = of) =>
      landscapes.store.getState().answers[landscapeKey(page.getState(), which) ?? ''],
    tell: (
      cell: number,
      loss: number,
      at = frame,
      question = asked.at(-1)?.args.question ?? '',
    ) => {
      told({ event: 'landscape', question, frame: at, values: [{ cell, loss }] });
    },
  };
}

describe('the key of a landscape', () => {
  it('of random directions does not change with the steps behind the variant', () => {
    const { page } = opened();
    const key = (which: LandscapeOf) => landscapeKey(page.getState(), which);
    const three = { ...of, plane: 'three' } as const;
    const before = [key(of), key(three)];
    page.setState({ reached: 2 });
    expect(key(of)).toBe(before[0]);
    expect(key(three)).not.toBe(before[1]);
    page.getState().setOption(1, 'sparsity', 0.3);
    expect(key(of)).not.toBe(before[0]);
    for (const other of [{ draw: 1 }, { radius: 2 }, { split: 'test' as const }]) {
      expect(key({ ...of, ...other })).not.toBe(key(of));
    }
    expect(key({ ...of, variant: 'none' })).toBeNull();
  });
});

describe('while somebody looks on', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('what is measured is kept, and not asked for again', () => {
    const { asked, landscapes, tell, answer } = opened();
    const stop = landscapes.watch(of);
    expect(asked[0]?.args.cells).toEqual(CELLS);
    tell(0, 0.5);
    tell(3, Infinity);
    expect(answer()).toMatchObject({ measured: 2, frame });
    expect(answer()?.losses[0]).toBe(0.5);
    stop();
    expect(asked[0]?.signal?.aborted).toBe(true);
    landscapes.watch(of);
    expect(asked[1]?.args.cells).toEqual(CELLS.filter((cell) => cell !== 0 && cell !== 3));
    tell(4, 0.1, frame, asked[0]?.args.question);
    expect(answer()?.measured).toBe(2);
  });

  it('another square under the same key begins anew', () => {
    const { landscapes, tell, answer } = opened();
    landscapes.watch(of);
    tell(0, 0.5);
    tell(1, 0.5, { ...frame, square: { centre: [0, 0], half: 2 } });
    expect(answer()?.measured).toBe(1);
    expect(answer()?.losses[0]).toBeNaN();
  });

  it('a run goes first, and an edit ends the measuring until the user rests', async () => {
    const { asked, page, landscapes } = opened();
    landscapes.watch(of);
    page.setState({ status: 'running' });
    expect(asked[0]?.signal?.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toHaveLength(1);
    page.setState({ status: 'paused' });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toHaveLength(2);
    page.getState().setOption(2, 'lr', 0.02);
    expect(asked[1]?.signal?.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toHaveLength(3);
  });
});
