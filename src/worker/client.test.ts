import { describe, expect, test, vi } from 'vitest';
import { WhittleError, type Problem } from '../experiment/problem';
import { createClient, type WorkerLine } from './client';
import type { FromWorker, ToWorker, WorkerEvent } from './protocol';

/** The transport alone: what the page has posted, and a way to answer and to crash. */
function wire() {
  const posted: ToWorker[] = [];
  const workers: WorkerLine[] = [];
  const client = createClient({
    baseUrl: 'https://example.org/whittle/',
    createWorker: () => {
      const worker: WorkerLine = {
        postMessage: (message: ToWorker) => posted.push(message),
        terminate: vi.fn(),
        onmessage: null,
        onerror: null,
        onmessageerror: null,
      };
      workers.push(worker);
      return worker;
    },
  });
  const events: WorkerEvent[] = [];
  client.on((event) => events.push(event));
  const newest = () => {
    const worker = workers.at(-1);
    if (worker === undefined) throw new Error('No worker was started.');
    return worker;
  };
  return {
    ...{ client, posted, workers, events },
    answer: (data: FromWorker) =>
      newest().onmessage?.call(newest() as Worker, { data } as MessageEvent),
    crash: (message: string) =>
      newest().onerror?.call(newest() as Worker, { message } as ErrorEvent),
  };
}

const problem: Problem = {
  code: 'diverged',
  params: { iteration: 3 },
  at: 'step.0.lr',
  message: 'It diverged.',
};

describe('a request', () => {
  test('starts the worker, which is told first where the page lies', () => {
    const { client, posted, workers } = wire();
    expect(workers).toHaveLength(0);
    void client.request('tensorCount', {});
    void client.request('pause', {});
    expect(workers).toHaveLength(1);
    expect(posted).toEqual([
      { id: 0, name: 'start', baseUrl: 'https://example.org/whittle/' },
      { id: 1, name: 'tensorCount', args: {} },
      { id: 2, name: 'pause', args: {} },
    ]);
  });

  test('resolves with the answer of its own number', async () => {
    const { client, answer } = wire();
    const first = client.request('tensorCount', {});
    const second = client.request('tensorCount', {});
    answer({ id: 2, result: 20 });
    answer({ id: 1, result: 10 });
    expect(await Promise.all([first, second])).toEqual([10, 20]);
  });

  test('rejects with the problem that the worker reports', async () => {
    const { client, answer } = wire();
    const asked = client.request('tensorCount', {});
    answer({ id: 1, problem });
    await expect(asked).rejects.toBeInstanceOf(WhittleError);
    await expect(asked).rejects.toMatchObject({ problem });
  });

  test('that is aborted rejects at once, tells the worker, and takes no answer any more', async () => {
    const { client, posted, answer } = wire();
    const abort = new AbortController();
    const asked = client.request('tensorCount', {}, { signal: abort.signal });
    abort.abort();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    expect(posted.at(-1)).toEqual({ id: 1, name: 'abort' });
    answer({ id: 1, aborted: true });
  });

  test('with a signal that is aborted already is never sent', async () => {
    const { client, posted } = wire();
    const asked = client.request('tensorCount', {}, { signal: AbortSignal.abort() });
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    expect(posted).toEqual([]);
  });

  test('that the worker gave up rejects as aborted', async () => {
    const { client, answer } = wire();
    const asked = client.request('preview', {
      experiment: { dataset: 'xor', model: 'mlp:2', seed: 1, recipe: [] },
      step: 0,
      whole: false,
    });
    answer({ id: 1, aborted: true });
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('a worker that crashes', () => {
  test('is replaced, fails what was asked of it, and is told about', async () => {
    const { client, workers, events, crash, answer } = wire();
    const lost = client.request('tensorCount', {});
    crash('out of memory');
    await expect(lost).rejects.toMatchObject({ problem: { code: 'workerCrashed' } });
    expect(events).toMatchObject([
      { event: 'notice', problem: { code: 'workerCrashed', params: { detail: 'out of memory' } } },
    ]);
    const asked = client.request('tensorCount', {});
    expect(workers).toHaveLength(2);
    expect(workers[0]?.terminate).toHaveBeenCalledOnce();
    answer({ id: 2, result: 3 });
    expect(await asked).toBe(3);
  });

  test('three times without an answer is not promised to come back', async () => {
    const { client, crash } = wire();
    const codes: unknown[] = [];
    for (let i = 0; i < 3; i++) {
      const asked = client.request('tensorCount', {});
      crash('again');
      codes.push(await asked.catch((error: WhittleError) => error.problem.code));
    }
    expect(codes).toEqual(['workerCrashed', 'workerCrashed', 'workerGone']);
  });
});

test('a listener hears events until it stops listening', () => {
  const { client, answer, events } = wire();
  void client.request('pause', {});
  const heard: WorkerEvent[] = [];
  const stop = client.on((event) => heard.push(event));
  answer({ event: 'history', points: [] });
  stop();
  answer({ event: 'history', points: [] });
  expect(heard).toHaveLength(1);
  expect(events).toHaveLength(2);
});
