import { describe, expect, test } from 'vitest';
import { isStatus, openWorker, small, step } from './testing/worker';

/** A run that stands after its first iterations. */
async function pausedAfter(iterations: number) {
  const worker = openWorker();
  const paused = worker.next(isStatus('paused'));
  const running = worker.run(small, { single: true });
  await paused;
  for (let i = 1; i < iterations; i++) {
    const again = worker.next(isStatus('paused'));
    await worker.client.request('resume', { single: true });
    await again;
  }
  return { ...worker, running };
}

describe('a learning rate that is set while it runs', () => {
  test('counts from the next iteration, and the step it answers with gives the same run', async () => {
    const { client, running } = await pausedAfter(5);
    const { index, step: written } = await client.request('setLearningRate', { learningRate: 0.1 });
    expect(index).toBe(0);
    expect(written).toEqual({ ...small.recipe[0], at: '6~0.1' });
    await client.request('resume', { single: false });
    const live = await running;
    const rates = live.history.slice(4, 6).map(({ learningRate }) => learningRate);
    expect(rates).toEqual([0.01, 0.1]);
    const recipe = small.recipe.with(0, written);
    const written2 = await openWorker().run({ ...small, recipe });
    const losses = ({ history }: typeof live) => history.map(({ trainLoss }) => trainLoss);
    expect(losses(written2)).toEqual(losses(live));
    expect(written2.variants.map(({ metrics }) => metrics)).toEqual(
      live.variants.map(({ metrics }) => metrics),
    );
  });

  test('is taken back while it is paused, and training goes on as if it had never been', async () => {
    const { client, running } = await pausedAfter(5);
    await client.request('setLearningRate', { learningRate: 0.1 });
    await client.request('setRecipe', { recipe: small.recipe, link: 'as it was' });
    await client.request('resume', { single: false });
    const first = (await running).history.filter((point) => point.step === 0);
    expect(new Set(first.map(({ learningRate }) => learningRate))).toEqual(new Set([0.01]));
  });

  test('in full flight is written down at exactly the iteration from which it counts', async () => {
    const { client, run, next } = openWorker();
    const running = run();
    await next(({ event }) => event === 'history');
    const { step: written } = await client.request('setLearningRate', { learningRate: 0.05 });
    const { history } = await running;
    const at = written.technique === 'train' ? Number(written.at.split('~')[0]) : NaN;
    const rates = history.filter(({ step: of }) => of === 0).map((point) => point.learningRate);
    expect(rates).toEqual(rates.map((_, i) => (i + 1 < at ? 0.01 : 0.05)));
    expect(at).toBeGreaterThan(1);
  });

  test('is refused where nothing runs', async () => {
    const { client } = openWorker();
    await expect(client.request('setLearningRate', { learningRate: 1 })).rejects.toMatchObject({
      problem: { code: 'nothingRuns' },
    });
  });
});

describe('a recipe that is changed while it runs', () => {
  test('goes on with its new later steps', async () => {
    const { client, running } = await pausedAfter(2);
    const recipe = [...small.recipe.slice(0, 2), step('quantize', { bits: 2 })];
    await client.request('setRecipe', { recipe, link: 'new' });
    await client.request('resume', { single: false });
    const { variants } = await running;
    const fresh = await openWorker().run({ ...small, recipe });
    expect(variants.map(({ id, role, metrics }) => ({ id, role, metrics }))).toEqual(
      fresh.variants.map(({ id, role, metrics }) => ({ id, role, metrics })),
    );
  });

  test('keeps the steps that ran already as they were', async () => {
    const { client, running } = await pausedAfter(2);
    const recipe = small.recipe.with(0, step('train', { epochs: 500, batch: 1 }));
    await client.request('setRecipe', { recipe, link: 'new' });
    await client.request('resume', { single: false });
    expect((await running).history).toHaveLength(75);
  });
});
