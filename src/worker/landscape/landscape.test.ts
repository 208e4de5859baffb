import { beforeAll, describe, expect, test } from 'vitest';
import { CELLS, SIDE, type LandscapeFrame, type LandscapeValue } from '../../experiment/landscape';
import type { Variant } from '../../experiment/report';
import type { Requests } from '../protocol';
import { openWorker, small, step, type TestWorker } from '../testing/worker';

const MIDDLE = (SIDE * SIDE - 1) / 2;
const about: Requests['landscape']['args'] = {
  ...{ experiment: small, step: 2, question: 'how', cells: [0, MIDDLE] },
  ...{ plane: 'random', draw: 0, radius: 1, split: 'test' },
};

let shared: TestWorker;
let variants: readonly Variant[];
beforeAll(async () => {
  shared = openWorker();
  ({ variants } = await shared.run());
});

/** The answer, and all that was told on the way. */
async function draw(
  of: Partial<Requests['landscape']['args']> = {},
  worker = shared,
  signal?: AbortSignal,
) {
  const from = worker.events.length;
  const args = { ...about, ...of };
  const answer = await worker.client.request('landscape', args, signal && { signal });
  const told = worker.events
    .slice(from)
    .flatMap((event) => (event.event === 'landscape' ? [event] : []));
  const [first] = told;
  const values: readonly LandscapeValue[] = told.flatMap((event) => event.values);
  return { answer, told, frame: first?.frame, values };
}
const pointOf = (frame: LandscapeFrame | undefined, at: number, kind = 'step') =>
  frame?.path.find((point) => point.kind === kind && point.step === at);

describe('a loss landscape', () => {
  test('has the measured loss and accuracy in its middle', async () => {
    for (const { id, step: at, metrics } of variants.filter((each) => !each.id.includes('-'))) {
      const { frame, values } = await draw({ step: at, cells: [MIDDLE] });
      expect(frame?.examples, id).toBe(metrics.examples);
      const { loss, accuracy } = metrics;
      expect(values).toEqual([{ cell: MIDDLE, loss, accuracy }]);
    }
  });

  test('is the same twice, in another worker too, and another with other directions', async () => {
    const first = await draw();
    const other = openWorker();
    await other.run();
    expect((await draw({}, other)).values).toEqual(first.values);
    expect((await draw({}, other)).frame).toEqual(first.frame);
    const [corner] = (await draw({ draw: 1 })).values;
    expect(corner?.loss).not.toBe(first.values[0]?.loss);
  });

  test('measures the cells in the order in which they are asked for, and leaves no tensor', async () => {
    const before = await shared.client.request('tensorCount', {});
    const cells = CELLS.slice(0, 12);
    expect((await draw({ cells })).values.map(({ cell }) => cell)).toEqual(cells);
    expect(await shared.client.request('tensorCount', {})).toBe(before);
  });

  test('shows the way of the recipe, with networks in the middle of training', async () => {
    const { frame } = await draw({ cells: [] });
    const kinds = frame?.path.map((point) => `${point.kind} ${String(point.step)}`) ?? [];
    const training = (at: number, count: number) => new Array(count).fill(`training ${String(at)}`);
    // Measured every ten iterations: 50 of the first step, 25 of the third and its last.
    expect(kinds).toEqual([
      'step -1',
      ...training(0, 5),
      'step 0',
      'step 1',
      ...training(2, 3),
      'step 2',
      'step 3',
      'alone 3',
    ]);
    // The last of a step is what the step leaves.
    const last = frame?.path.findLast(({ kind, step: at }) => kind === 'training' && at === 0);
    expect({ ...last, kind: 'step' }).toEqual(pointOf(frame, 0));
    expect(pointOf(frame, 2)).toMatchObject({ x: 0, y: 0, share: 1 });
    expect(pointOf(frame, 0)?.share).toBeLessThan(1);
  });

  test('through three networks holds them', async () => {
    const { frame } = await draw({ plane: 'three' });
    for (const at of [-1, 0, 2]) expect(pointOf(frame, at)?.share).toBeCloseTo(1, 6);
    expect(pointOf(frame, 3)?.share).toBeLessThan(0.999);
    const [x, y] = frame?.square.centre ?? [NaN, NaN];
    for (const at of [-1, 0, 2]) {
      const point = pointOf(frame, at);
      const half = frame?.square.half ?? 0;
      expect(Math.abs((point?.x ?? NaN) - x)).toBeLessThan(half);
      expect(Math.abs((point?.y ?? NaN) - y)).toBeLessThan(half);
    }
  });

  test('through three networks is refused where there are only two', async () => {
    const experiment = { ...small, recipe: [step('train', { epochs: 1, batch: 64 })] };
    const worker = openWorker();
    await worker.run(experiment);
    await expect(draw({ experiment, step: 0, plane: 'three' }, worker)).rejects.toMatchObject({
      problem: { code: 'planeNeedsThree' },
    });
  });

  test('ends when it is cancelled', async () => {
    const abort = new AbortController();
    const from = shared.events.length;
    const drawing = draw({ cells: CELLS }, shared, abort.signal);
    await shared.next((event) => event.event === 'landscape');
    abort.abort();
    await expect(drawing).rejects.toMatchObject({ name: 'AbortError' });
    // Were it going on, it would be whole before another one that began later.
    await draw({ cells: CELLS }, shared);
    const measured = shared.events
      .slice(from)
      .reduce((sum, event) => sum + (event.event === 'landscape' ? event.values.length : 0), 0);
    expect(measured).toBeLessThan(2 * CELLS.length);
  });

  test('is none of a network that is not trained', async () => {
    const { answer, told } = await draw({ experiment: { ...small, seed: 8 } });
    expect(answer).toBe(false);
    expect(told).toEqual([]);
  });
});
