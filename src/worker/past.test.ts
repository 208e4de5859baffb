import { beforeAll, describe, expect, it } from 'vitest';
import { openDataset } from '../data/open';
import { nodeEngine } from '../engine/testing/engines';
import type { Engine } from '../engine/trainer';
import type { Checkpoint } from '../experiment/checkpoint';
import { initialCheckpoint } from '../experiment/model';
import { defaultStep, withOption } from '../state/recipe';
import { earlierOf, pastOf } from './past';
import { applyStep, startStep } from './technique';

const dataset = openDataset('spiral', 3, '/');
const initial = initialCheckpoint({ dataset: 'spiral', model: 'mlp:8', seed: 3 });
const withOptions = (options: Readonly<Record<string, number>>) =>
  Object.entries(options).reduce(
    (step, [name, value]) => withOption(step, name, value) ?? step,
    defaultStep('train'),
  );
// Ten iterations an epoch.
const recipe = [withOptions({ epochs: 2, batch: 40 }), withOptions({ epochs: 1, batch: 40 })];
const signal = new AbortController().signal;
const pace = () => Promise.resolve();

let engine: Engine;
let states: Checkpoint[];
beforeAll(async () => {
  engine = await nodeEngine('cpu');
  states = [initial];
  for (const step of recipe) {
    states.push(await applyStep(step, states.at(-1) ?? initial, { engine, dataset }));
  }
});

const past = (iteration: number) =>
  pastOf(iteration, states, recipe, { engine, dataset }, pace, signal);

describe('the past of a recipe', () => {
  it('is known at its beginning and behind every step', async () => {
    expect(states.map(({ iteration }) => iteration)).toEqual([0, 20, 30]);
    for (const state of states) expect(await past(state.iteration)).toBe(state);
  });

  it('is trained again in between, bit for bit', async () => {
    for (const [iteration, step, from] of [
      [7, 0, 0],
      [23, 1, 20],
    ] as const) {
      const [begun, known] = [recipe[step], states[step]];
      if (begun === undefined || known === undefined) throw new Error('there is no such step');
      const run = startStep(begun, known, { engine, dataset });
      let then: Checkpoint | null = null;
      for (let i = from; i < iteration; i++) {
        const next = await run.next();
        if (next.done !== true) then = (await next.value.snapshot()).checkpoint;
      }
      await run.return(known);
      const again = await past(iteration);
      expect(again.iteration).toBe(iteration);
      expect(again).toEqual(then);
    }
  });

  it('is the same for a step that goes on from its own middle', async () => {
    const [step, begun] = [recipe[1], states[1]];
    if (step === undefined || begun === undefined) throw new Error('there is no such step');
    const run = startStep(step, begun, { engine, dataset });
    for (let i = 0; i < 3; i++) await run.next();
    const next = await run.next();
    if (next.done === true) throw new Error('it is over already');
    const { resume } = await next.value.snapshot();
    await run.return(begun);
    const asking = { engine, dataset, resume, before: begun };
    expect(await pastOf(7, states, recipe, asking, pace, signal)).toEqual(await past(7));
  });

  it('has the network behind every step, and the one before any compression', () => {
    const compressed = [...recipe, defaultStep('prune')];
    const known = [...states, initial];
    for (const number of [1, 2, 3]) {
      expect(earlierOf(number, known, compressed)).toBe(known[number]);
    }
    expect(earlierOf(0, known, compressed)).toBe(states[2]);
    expect(() => earlierOf(4, known, compressed)).toThrow(/no step 4/);
  });

  it('is trained again with its teacher, bit for bit', async () => {
    const student = withOption(defaultStep('distill'), 'student', 'mlp:4');
    const short = student && withOption(student, 'epochs', 1);
    const [first, behind] = [recipe[0], states[1]];
    if (!short || first === undefined || behind === undefined) throw new Error('no such step');
    const steps = [first, short];
    const earlier = () => Promise.resolve(behind);
    const last = await applyStep(short, behind, { engine, dataset, earlier });
    const again = await pastOf(
      21,
      [initial, behind, last],
      steps,
      { engine, dataset },
      pace,
      signal,
    );
    const run = startStep(short, behind, { engine, dataset, earlier });
    const next = await run.next();
    if (next.done === true) throw new Error('it ended too early');
    expect(again).toEqual((await next.value.snapshot()).checkpoint);
    await run.return(behind);
  });

  it('does not reach beyond the steps before', async () => {
    await expect(past(31)).rejects.toMatchObject({
      problem: { code: 'rewindBeyond', at: 'to', params: { iteration: 31, last: 30 } },
    });
  });
});
