import { describe, expect, test } from 'vitest';
import type { Engine } from '../engine/trainer';
import type { Experiment } from '../experiment/experiment';
import type { HistoryPoint, Variant } from '../experiment/report';
import type { WorkerEvent } from './protocol';
import { memoryStore } from './store';
import { engineNamed, isStatus, openWorker, small, step } from './testing/worker';

/** What is the same on every run: all but the clock's readings. */
const facts = ({
  variants,
  history,
}: {
  variants: readonly Variant[];
  history: readonly HistoryPoint[];
}) => ({
  variants: variants.map(({ trainingMs: _ms, latency: _latency, ...rest }) => rest),
  history: history.map(({ elapsedMs: _ms, ...rest }) => rest),
});
const pointsIn = (events: readonly WorkerEvent[]) =>
  events.flatMap((event) => (event.event === 'history' ? event.points : []));
const withStep = (experiment: Experiment, index: number, now: Experiment['recipe'][number]) => ({
  ...experiment,
  recipe: experiment.recipe.with(index, now),
});

describe('a run', () => {
  test('gives every point of the curve and a variant for every step', async () => {
    const { run, events } = openWorker();
    const result = await run();
    expect(result.history.map(({ iteration }) => iteration)).toEqual(
      Array.from({ length: 75 }, (_, i) => i + 1),
    );
    expect(result.history.map(({ step: of }) => of)).toEqual(
      Array.from({ length: 75 }, (_, i) => (i < 50 ? 0 : 2)),
    );
    expect(result.variants.map(({ id, role }) => `${id} ${role}`)).toEqual([
      's0 baseline',
      's1 other',
      's2 pruned',
      's3 combined',
      's3-alone quantized',
    ]);
    expect(pointsIn(events)).toEqual(result.history);
    expect(result.environment).toMatchObject({ backend: 'cpu', userAgent: 'a test' });
  });

  test('measures on the whole test set, and counts what is there', async () => {
    const { variants } = await openWorker().run();
    for (const { metrics } of variants) expect(metrics.examples).toBe(500);
    // 2·8 + 8 + 8·2 + 2 parameters; half of the 32 weights pruned.
    expect(variants[0]?.size).toMatchObject({ parameters: 42, float32Bytes: 168 });
    expect(variants[2]?.multiplyAdds).toEqual({ dense: 32, effective: 16 });
    expect(variants.every(({ size }) => size.packedBytes > 0)).toBe(true);
  });

  test('times every variant that plays a part, in turn with the baseline', async () => {
    const { variants } = await openWorker().run();
    for (const { role, latency } of variants) {
      expect(latency?.map(({ batch }) => batch)).toEqual(role === 'other' ? undefined : [1, 64]);
      expect(latency?.every(({ medianMs, p95Ms }) => medianMs > 0 && p95Ms >= medianMs)).not.toBe(
        false,
      );
    }
    expect(variants[0]?.latency?.map(({ vsBaseline }) => vsBaseline)).toEqual([1, 1]);
  });

  test('gives the same report twice, up to the clock', async () => {
    const first = await openWorker().run();
    expect(facts(await openWorker().run())).toEqual(facts(first));
  });

  test('leaves no tensor behind', async () => {
    const { run, client } = openWorker();
    await client.request('prepare', { experiment: small, backend: 'cpu' });
    const before = await client.request('tensorCount', {});
    await run();
    expect(await client.request('tensorCount', {})).toBe(before);
  });

  test('of an impossible network or step fails at the control that can mend it', async () => {
    const { run, events } = openWorker();
    const problem = (experiment: Experiment) =>
      run(experiment).then(
        () => null,
        (error: { problem: { at: string } }) => error.problem.at,
      );
    expect(await problem({ ...small, model: 'net:maxpool-9' })).toBe('model');
    const regression = { ...small, dataset: 'linear' };
    expect(await problem(withStep(regression, 0, step('train', { loss: 'crossentropy' })))).toBe(
      'step.0.loss',
    );
    expect(
      await problem({ ...small, model: 'mlp:', recipe: [step('prune', { pattern: 'units' })] }),
    ).toBe('step.0.pattern');
    expect(events.filter(isStatus('failed'))).toHaveLength(3);
  });

  test('that diverges fails at the learning rate and keeps the network from before', async () => {
    const { run, client, events } = openWorker();
    const experiment: Experiment = {
      ...small,
      dataset: 'linear',
      recipe: [step('train', { optimizer: 'sgd', lr: 10, epochs: 2, batch: 16 })],
    };
    await expect(run(experiment)).rejects.toMatchObject({
      problem: { code: 'diverged', at: 'step.0.lr' },
    });
    expect(events.filter(isStatus('failed'))).toHaveLength(1);
    const look = await client.request('look', { experiment, step: 0 });
    expect(look?.histograms.every(({ edges }) => edges.every(Number.isFinite))).toBe(true);
  });
});

describe('cached results', () => {
  /** A worker that tells how many networks were trained. */
  function counting() {
    let trained = 0;
    const createEngine = async (): Promise<Engine> => {
      const engine = await engineNamed('cpu');
      return {
        ...engine,
        train: (...args) => {
          trained += 1;
          return engine.train(...args);
        },
      };
    };
    return { ...openWorker({ createEngine }), trained: () => trained };
  }

  test('a run after an edit begins at the step that was edited', async () => {
    const { run, trained } = counting();
    const first = await run();
    expect(trained()).toBe(2);
    const edited = withStep(small, 3, step('quantize', { bits: 2 }));
    const second = await run(edited);
    expect(trained()).toBe(2);
    expect(second.history).toEqual(first.history);
    expect(second.variants.slice(0, 3).map(({ metrics }) => metrics)).toEqual(
      first.variants.slice(0, 3).map(({ metrics }) => metrics),
    );
    expect(facts(second)).toEqual(facts(await openWorker().run(edited)));
  });

  test('a run of what is cached as a whole computes and times nothing anew', async () => {
    const { run, events } = counting();
    const first = await run();
    const before = events.length;
    expect(await run()).toEqual(first);
    expect(events.slice(before).some(isStatus('measuring'))).toBe(false);
  });

  test('are recalled up to the first step that was edited, and whole again after undo', async () => {
    const { run, client } = openWorker();
    const result = await run();
    const edited = withStep(small, 2, step('train', { epochs: 9, batch: 16 }));
    const part = await client.request('recall', { experiment: edited });
    expect(part.reached).toBe(1);
    expect(part.variants.map(({ id }) => id)).toEqual(['s0', 's1']);
    expect(part.history).toHaveLength(50);
    const { variants, history } = result;
    expect(await client.request('recall', { experiment: small })).toEqual({
      ...{ variants, history },
      reached: 3,
    });
  });

  test('are forgotten on reset', async () => {
    const { run, client, trained } = counting();
    await run();
    await client.request('reset', { experiment: small });
    expect(await client.request('recall', { experiment: small })).toMatchObject({ reached: -1 });
    await run();
    expect(trained()).toBe(4);
  });
});

describe('a run that is paused', () => {
  test('stands still, and gives the same report when it goes on', async () => {
    const { run, client, next, events } = openWorker();
    const paused = next(isStatus('paused'));
    const running = run(small, { single: true });
    await paused;
    expect(pointsIn(events)).toHaveLength(1);
    const again = next(isStatus('paused'));
    await client.request('resume', { single: true });
    await again;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(pointsIn(events)).toHaveLength(2);
    await client.request('resume', { single: false });
    expect(facts(await running)).toEqual(facts(await openWorker().run()));
  });

  test('in the middle of running, between two iterations, looks at the network it has', async () => {
    const { run, client, next, events } = openWorker();
    const running = run();
    await next(({ event }) => event === 'history');
    await Promise.all([next(isStatus('paused')), client.request('pause', {})]);
    const look = await client.request('look', { experiment: small, step: 0 });
    expect(look?.surface?.values).toHaveLength(48 * 48 * 2);
    const shown = pointsIn(events).length;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(pointsIn(events)).toHaveLength(shown);
    await client.request('resume', { single: false });
    await running;
  });

  test('and stopped ends as aborted; its finished steps stay', async () => {
    const { run, client, next } = openWorker();
    const inThirdStep = next(
      ({ event, ...rest }) => event === 'status' && 'step' in rest && rest.step === 2,
    );
    const running = run();
    const ended = expect(running).rejects.toMatchObject({ name: 'AbortError' });
    await inThirdStep;
    await client.request('stop', {});
    await ended;
    expect(await client.request('recall', { experiment: small })).toMatchObject({ reached: 1 });
  });

  test('is stopped as well when the page gives up its request', async () => {
    const { client, next, events } = openWorker();
    const abort = new AbortController();
    const args = {
      experiment: small,
      backend: 'cpu',
      link: 'link',
      resume: false,
      single: true,
    } as const;
    const running = client.request('run', args, { signal: abort.signal });
    await next(isStatus('paused'));
    const idle = next(isStatus('idle'));
    abort.abort();
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    await idle;
    expect(events.some(isStatus('done'))).toBe(false);
  });

  test('is saved when it says that it is paused, however slow the disk', async () => {
    const disk = memoryStore();
    const slow = {
      ...disk,
      write: async (change: Parameters<typeof disk.write>[0]) => {
        await new Promise((resolve) => setTimeout(resolve, 50));
        await disk.write(change);
      },
    };
    const { run, next, client } = openWorker({ store: slow });
    const paused = next(isStatus('paused'));
    const running = run(small, { single: true });
    await paused;
    const reopened = openWorker({ store: disk });
    expect(await reopened.client.request('savedRun', {})).toMatchObject({ step: 0, done: 1 });
    await client.request('resume', { single: false });
    await running;
  });

  test('goes on after a reload, bit for bit, from what was saved', async () => {
    const store = memoryStore();
    const before = openWorker({ store });
    const lost = before.run(small, { single: true });
    lost.catch(() => undefined);
    for (let i = 0; i < 30; i++) {
      const paused = before.next(isStatus('paused'));
      await before.client.request('resume', { single: true });
      await paused;
    }
    await before.next(({ event }) => event === 'look').catch(() => undefined);
    const after = openWorker({ store });
    const saved = await after.client.request('savedRun', {});
    expect(saved).toMatchObject({ link: 'link', step: 0, backend: 'cpu' });
    expect(saved?.done).toBeGreaterThan(25);
    const resumed = await after.run(small, { resume: true });
    expect(facts(resumed)).toEqual(facts(await openWorker().run()));
    expect(await after.client.request('savedRun', {})).toBeNull();
  });

  test('goes on after a reload in the middle of a distillation, with its student and its teacher', async () => {
    const recipe = [
      step('train', { epochs: 1, batch: 16, lr: 0.01 }),
      step('prune', { sparsity: 0.5 }),
      step('distill', { student: 'mlp:6', epochs: 2, batch: 16 }),
    ];
    const taught = { ...small, recipe };
    const store = memoryStore();
    const before = openWorker({ store });
    before.run(taught, { single: true }).catch(() => undefined);
    for (let i = 0; i < 36; i++) {
      const paused = before.next(isStatus('paused'));
      await before.client.request('resume', { single: true });
      await paused;
    }
    await before.next(({ event }) => event === 'look').catch(() => undefined);
    const after = openWorker({ store });
    const saved = await after.client.request('savedRun', {});
    expect(saved?.step).toBe(2);
    expect(saved?.done).toBeGreaterThan(5);
    const resumed = await after.run(taught, { resume: true });
    const whole = await openWorker().run(taught);
    expect(facts(resumed)).toEqual(facts(whole));
    expect(whole.variants.map(({ role }) => role)).toEqual(['baseline', 'pruned', 'reshaped']);
  });
});
