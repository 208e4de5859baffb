import { describe, expect, test } from 'vitest';
import type { Engine } from '../engine/trainer';
import type { BackendId } from '../experiment/experiment';
import { WhittleError } from '../experiment/problem';
import type { BackendTiming, WorkerEvent } from './protocol';
import type { SessionPorts } from './session';
import { memoryStore } from './store';
import { engineNamed, missing, openWorker, small } from './testing/worker';

const noticesIn = (events: readonly WorkerEvent[]) =>
  events.flatMap((event) => (event.event === 'notice' ? [event.problem] : []));

/** Starts only the backends named. */
const having =
  (...backends: BackendId[]): SessionPorts['createEngine'] =>
  (id) =>
    backends.includes(id) ? engineNamed(id) : Promise.reject(missing(id));

/** An engine that is lost at its `n`-th training step. */
async function lostAfter(id: BackendId, n: number): Promise<Engine> {
  const engine = await engineNamed(id);
  let steps = 0;
  return {
    ...engine,
    train: async (...args) => {
      const trainer = await engine.train(...args);
      return {
        ...trainer,
        step: (...batch) => {
          steps += 1;
          if (steps <= n) return trainer.step(...batch);
          const params = { backend: id, reason: 'a reset' };
          const message = `${id} was lost.`;
          return Promise.reject(new WhittleError({ code: 'backendLost', params, message }));
        },
      };
    },
  };
}

describe('a backend that was chosen and is missing', () => {
  test('is replaced by the next one in the order, with a notice at the control', async () => {
    const { run, events } = openWorker({ createEngine: having('webgl', 'cpu') });
    const { environment } = await run(small, { backend: 'webgpu' });
    expect(environment.backend).toBe('webgl');
    expect(noticesIn(events)).toMatchObject([
      { code: 'backendInstead', at: 'backend', params: { backend: 'webgpu', next: 'webgl' } },
    ]);
  });

  test('and no other there ends the run, and says which one is missing', async () => {
    const { run } = openWorker({ createEngine: having() });
    await expect(run(small, { backend: 'webgl' })).rejects.toMatchObject({
      problem: { code: 'backendMissing', params: { backend: 'webgl' } },
    });
  });
});

describe('a backend that is lost in the middle', () => {
  test('is replaced from the last snapshot, and the result is as if nothing had happened', async () => {
    // Under every name it is the plain CPU that computes, so the same numbers must come out.
    const { run, events } = openWorker({
      createEngine: (id) => (id === 'webgpu' ? lostAfter(id, 30) : engineNamed(id)),
    });
    const result = await run(small, { backend: 'webgpu' });
    expect(result.environment.backend).toBe('wasm');
    expect(noticesIn(events)).toMatchObject([
      {
        code: 'backendReplaced',
        params: { backend: 'webgpu', next: 'wasm' },
        message: 'WebGPU was lost (a reset): WASM has taken over from the last checkpoint.',
      },
    ]);
    const whole = await openWorker().run();
    const losses = (points: typeof whole.history) => points.map(({ trainLoss }) => trainLoss);
    expect(losses(result.history)).toEqual(losses(whole.history));
    expect(result.variants.map(({ metrics }) => metrics)).toEqual(
      whole.variants.map(({ metrics }) => metrics),
    );
  });

  test('does not come back in the same run when the next one is lost too', async () => {
    const { run, events } = openWorker({
      createEngine: (id) => (id === 'cpu' ? engineNamed(id) : lostAfter(id, 5)),
    });
    const { environment } = await run(small, { backend: 'webgl' });
    expect(environment.backend).toBe('cpu');
    expect(noticesIn(events).map(({ params }) => params['next'])).toEqual([
      'wasm',
      'webgpu',
      'cpu',
    ]);
  });

  test('leaves its finished steps to be recalled', async () => {
    const { run, client } = openWorker({
      createEngine: (id) => (id === 'wasm' ? lostAfter(id, 60) : engineNamed(id)),
    });
    await run(small, { backend: 'wasm' });
    expect(await client.request('recall', { experiment: small })).toMatchObject({ reached: 3 });
  });
});

describe('the automatic choice', () => {
  const times: Partial<Record<BackendId, number>> = { webgpu: 1e-6, webgl: 50, cpu: 100 };
  const probe: SessionPorts['probe'] = (backend) => {
    const stepMs = times[backend] ?? null;
    return Promise.resolve({ backend, stepMs } satisfies BackendTiming);
  };
  const prepared = { experiment: small, backend: 'auto' } as const;
  const isMeasured = (event: WorkerEvent) =>
    event.event === 'environment' && event.timings.length === 4;
  const isBackend = (backend: BackendId) => (event: WorkerEvent) =>
    event.event === 'environment' && event.environment.backend === backend;

  test('begins on WASM, times all four, and moves to the fastest', async () => {
    const { client, next } = openWorker({ probe });
    const measured = next(isMeasured);
    const moved = next(isBackend('webgpu'));
    expect(await client.request('prepare', prepared)).toMatchObject({ backend: 'wasm' });
    const event = await measured;
    expect(event.event === 'environment' && event.timings.map(({ backend }) => backend)).toEqual([
      'wasm',
      'webgpu',
      'webgl',
      'cpu',
    ]);
    await moved;
  });

  test('does not wait for slow ones when a run begins', async () => {
    const { run, events } = openWorker({
      probe: (_backend, _workload, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(new DOMException('Stopped.', 'AbortError'));
          });
        }),
    });
    const { environment } = await run(small, { backend: 'auto' });
    expect(environment.backend).toBe('wasm');
    expect(noticesIn(events)).toEqual([]);
  });

  test('remembers what it measured for the next visit', async () => {
    const store = memoryStore();
    const first = openWorker({ probe, store });
    const moved = first.next(isBackend('webgpu'));
    await first.client.request('prepare', prepared);
    await moved;
    const second = openWorker({ probe: null, store });
    expect(await second.client.request('prepare', prepared)).toMatchObject({ backend: 'webgpu' });
  });

  test('stays where results are, though another backend is faster', async () => {
    const { run, client, next } = openWorker({ probe });
    const measured = next(isMeasured);
    const first = await run(small, { backend: 'auto' });
    expect(first.environment.backend).toBe('wasm');
    await measured;
    const again = await run(small, { backend: 'auto' });
    expect(again).toEqual(first);
    const other = await client.request('run', {
      ...{ experiment: { ...small, seed: 99 }, backend: 'auto', link: 'link' },
      ...{ resume: false, single: false },
    });
    expect(other.environment.backend).toBe('webgpu');
  });

  test('says why a backend has no time', async () => {
    const { client, next } = openWorker({
      createEngine: having('cpu'),
      probe: (backend) =>
        Promise.resolve({ backend, stepMs: null, problem: missing(backend).problem }),
    });
    const measured = next(isMeasured);
    expect(await client.request('prepare', prepared)).toMatchObject({ backend: 'cpu' });
    const event = await measured;
    expect(event).toMatchObject({
      timings: [
        { backend: 'wasm', stepMs: null, problem: { message: 'There is no wasm.' } },
        { backend: 'webgpu', stepMs: null, problem: { message: 'There is no webgpu.' } },
        { backend: 'webgl', stepMs: null, problem: { message: 'There is no webgl.' } },
        { backend: 'cpu', stepMs: expect.any(Number) as number },
      ],
    });
  });
});

test('a missing backend is told about once, and tried again when the page asks for it anew', async () => {
  let tries = 0;
  const { run, client, events } = openWorker({
    createEngine: (id) => {
      if (id === 'webgl') tries += 1;
      return having('cpu')(id);
    },
  });
  await run(small, { backend: 'webgl' });
  await run(small, { backend: 'webgl' });
  expect(tries).toBe(1);
  await client.request('prepare', { experiment: small, backend: 'webgl' });
  expect(tries).toBe(2);
  expect(noticesIn(events)).toHaveLength(2);
});
