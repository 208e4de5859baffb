import { beforeAll, describe, expect, test } from 'vitest';
import { openDataset } from '../data/open';
import type { Experiment } from '../experiment/experiment';
import type { Requests, TransferPoint, TransferSetting } from './protocol';
import { openWorker, small, step, type TestWorker } from './testing/worker';

/** Trained on one task, carved, taken to another, and carved there. */
const experiment: Experiment = {
  ...{ dataset: 'spiral', model: 'mlp:8', seed: 3 },
  recipe: [
    step('train', { epochs: 4, batch: 16, lr: 0.01 }),
    step('prune', { sparsity: 0.3 }),
    step('transfer', { to: 'circles', examples: 60, epochs: 6, beta: 0.01, head: 0.01 }),
    step('prune', { sparsity: 0.5 }),
    step('quantize', { bits: 4 }),
  ],
};

let worker: TestWorker;
let result: Requests['run']['result'];
beforeAll(async () => {
  worker = openWorker();
  result = await worker.run(experiment);
});

describe('a recipe that goes on to another task', () => {
  test('compares on that task, with the network that came to it', () => {
    const roles = result.variants.map(({ id, role }) => `${id} ${role}`);
    expect(roles).toEqual([
      ...['s0 other', 's1 other', 's2 baseline', 's3 pruned', 's4 combined', 's4-alone quantized'],
    ]);
  });

  test('measures each network on the test set of its own data', async () => {
    const dataset = openDataset('circles', experiment.seed, 'http://localhost/');
    const labels = await dataset.test.labels();
    const support = [0, 1].map((label) => labels.filter((each) => each === label).length);
    const last = result.variants.find(({ id }) => id === 's4');
    expect(last?.metrics.perClass?.map((each) => each.support)).toEqual(support);
    expect(result.history.at(-1)).toMatchObject({ step: 2 });
    const learned = result.history.filter(({ step, testLoss }) => step === 2 && testLoss);
    expect(learned.length).toBeGreaterThan(0);
    expect(learned.every(({ oldAccuracy }) => oldAccuracy !== undefined)).toBe(true);
  });

  test('previews a step behind it on that task: as it was measured in the run', async () => {
    const preview = await worker.client.request('preview', { experiment, step: 3, whole: true });
    const pruned = result.variants.find(({ id }) => id === 's3');
    expect(preview?.metrics).toEqual(pruned?.metrics);
  });

  test('goes on with the examples that were drawn: of sixty a class, eight batches an epoch', async () => {
    const train = step('train', { epochs: 2, batch: 16, lr: 0.01 });
    const anew = step('transfer', { to: 'spiral', examples: 0, epochs: 1, batch: 16 });
    const recipe = [...experiment.recipe.slice(0, 4), train, anew, train];
    const { history } = await worker.run({ ...experiment, recipe });
    const iterations = [4, 5, 6].map((at) => history.filter((point) => point.step === at).length);
    // The next transfer takes all 400 that there are, and so does what follows it.
    expect(iterations).toEqual([2 * 8, 25, 2 * 25]);
  });

  test('looks at the points that it learns from, as many of each class', async () => {
    const look = await worker.client.request('look', { experiment, step: 2 });
    const learned = look?.surface?.learned ?? new Uint32Array();
    expect(learned).toHaveLength(120);
    const of = { dataset: 'circles', seed: experiment.seed, split: 'train', limit: 400 } as const;
    const all = await worker.client.request('examples', of);
    const among = await worker.client.request('examples', { ...of, among: learned });
    expect(among.labels.filter((label) => label === 0)).toHaveLength(60);
    const [first = NaN] = learned;
    expect(among.inputs[0]).toBe(all.inputs[2 * first]);
    const before = await worker.client.request('look', { experiment, step: 0 });
    expect(before?.surface?.learned).toBeUndefined();
  });

  test('tells no answers apart that are of different examples', async () => {
    const [a, b] = [
      { experiment, step: 0 },
      { experiment, step: 3 },
    ];
    const { total } = await worker.client.request('disagreements', { a, b, limit: 4 });
    expect(total).toBe(0);
  });

  test('finds a rate behind the transfer, also where weights go back to before it', async () => {
    const prune = { schedule: 'iterative', rewind: 'iteration', to: 5, epochs: 1, batch: 16 };
    const recipe = [...experiment.recipe.slice(0, 3), step('prune', prune)];
    const args = { experiment: { ...experiment, recipe }, step: 3, question: 'q' };
    const found = await worker.client.request('findRate', args);
    expect(found?.points.length).toBeGreaterThan(10);
  });

  test('finds a rate for its head', async () => {
    const found = await worker.client.request('findRate', { experiment, step: 2, question: 'q' });
    expect(found?.points.length).toBeGreaterThan(10);
    expect(found?.suggestion).not.toBeNull();
  });

  test('is the same twice, bit for bit', async () => {
    const again = await openWorker().run(experiment);
    const exact = ({ variants }: typeof again) => variants.map(({ id, metrics }) => [id, metrics]);
    expect(exact(again)).toEqual(exact(result));
  });
});

describe('the ways to a task', () => {
  const ways = ['tuned', 'frozen', 'scratch'] as const;
  const settings: readonly TransferSetting[] = [0, 1].flatMap((draw) =>
    ways.map((way) => ({ way, examples: 20, draw })),
  );
  const study = (step: number, signal?: AbortSignal) =>
    worker.client.request(
      'transferStudy',
      { experiment, step, question: 'q', settings },
      signal && { signal },
    );

  test('are measured in the order asked for, the same every time, and told on the way', async () => {
    const before = worker.events.length;
    const points = (await study(2)) ?? [];
    expect(points.map(({ way, examples, draw }) => ({ way, examples, draw }))).toEqual(settings);
    expect(points.every(({ score }) => score > 0.3 && score <= 1)).toBe(true);
    const told = worker.events
      .slice(before)
      .flatMap((event): TransferPoint[] => (event.event === 'transfer' ? [event.point] : []));
    expect(told).toEqual(points);
    expect(await study(2)).toEqual(points);
  });

  test('are not asked of a step that is no transfer, nor of a network that is not there', async () => {
    expect(await study(1)).toBeNull();
    const other = { ...small, recipe: [step('train'), step('transfer', { to: 'xor' })] };
    const args = { experiment: other, step: 1, question: 'q', settings };
    expect(await worker.client.request('transferStudy', args)).toBeNull();
  });
});
