import { beforeAll, describe, expect, test } from 'vitest';
import type { Experiment } from '../experiment/experiment';
import type { HistoryPoint } from '../experiment/report';
import type { Step } from '../experiment/step';
import { RATES } from '../experiment/rate-range';
import type { Requests, WorkerEvent } from './protocol';
import { openWorker, small, step, type TestWorker } from './testing/worker';

type Found = Requests['findRate']['result'];

const find = (of: Partial<Requests['findRate']['args']>, worker = shared, signal?: AbortSignal) => {
  const args = { experiment: small, step: 0, question: 'q', ...of };
  return worker.client.request('findRate', args, signal && { signal });
};
const withStep = (index: number, now: Step): Experiment => ({
  ...small,
  recipe: small.recipe.with(index, now),
});
const pointsIn = (events: readonly WorkerEvent[]) =>
  events.flatMap((event) => (event.event === 'rates' ? event.points : []));

let shared: TestWorker;
let history: readonly HistoryPoint[];
let found: Found;
let told: ReturnType<typeof pointsIn>;
beforeAll(async () => {
  shared = openWorker();
  ({ history } = await shared.run());
  found = await find({});
  told = pointsIn(shared.events);
});

describe('the search for a learning rate', () => {
  test('begins with the very first batch of the step, and suggests a rate', () => {
    const rates = found?.points.map(({ rate }) => rate) ?? [];
    expect(rates).toEqual(RATES.slice(0, rates.length));
    expect(found?.points[0]?.loss).toBe(history[0]?.trainLoss);
    expect(found?.suggestion).not.toBeNull();
  });

  test('tells each point as it comes', () => {
    expect(told).toEqual(found?.points);
  });

  test('says the same where nothing was trained, bit for bit', async () => {
    expect(await find({}, openWorker())).toEqual(found);
  });

  test('says the same again, whatever rate, length and schedule are set, and leaves no tensor', async () => {
    const before = await shared.client.request('tensorCount', {});
    const other = step('train', { epochs: 1, batch: 16, lr: 1, schedule: 'cosine', warmup: 1 });
    expect(await find({ experiment: withStep(0, other) })).toEqual(found);
    expect(await shared.client.request('tensorCount', {})).toBe(before);
  });

  test('ends when the loss is lost, with numbers throughout', async () => {
    const experiment: Experiment = {
      ...{ dataset: 'linear', model: 'mlp:8', seed: 7 },
      recipe: [step('train', { optimizer: 'sgd', batch: 16 })],
    };
    const lost = await find({ experiment }, openWorker());
    expect(lost?.points.length).toBeLessThan(RATES.length);
    for (const { loss, smoothed } of lost?.points ?? []) {
      expect(Number.isFinite(loss) && Number.isFinite(smoothed)).toBe(true);
    }
    expect(lost?.suggestion?.rate).toBeLessThan(1);
  });

  test('is given up when nobody waits for it', async () => {
    const abort = new AbortController();
    const before = shared.events.length;
    const searching = find({}, shared, abort.signal);
    await shared.next(({ event }) => event === 'rates');
    abort.abort();
    await expect(searching).rejects.toMatchObject({ name: 'AbortError' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(pointsIn(shared.events.slice(before)).length).toBeLessThan(RATES.length / 2);
  });

  test.each([
    ['pruning', step('prune', { schedule: 'iterative', rounds: 2, epochs: 1, batch: 64 })],
    ['rounding', step('quantize', { bits: 2, aware: 'ste', epochs: 1, batch: 64 })],
    ['learning from a teacher', step('distill', { epochs: 1, batch: 64 })],
  ])('works where a step trains by %s', async (_, now) => {
    const tried = await find({ experiment: withStep(1, now), step: 1 });
    expect(tried?.points.length).toBeGreaterThan(10);
  });

  test('finds nothing where the network before is not trained', async () => {
    expect(await find({ experiment: { ...small, seed: 8 }, step: 2 })).toBeNull();
  });
});
