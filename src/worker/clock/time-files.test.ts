import { expect, test } from 'vitest';
import type { Variant } from '../../experiment/report';
import type { WorkerEvent } from '../protocol';
import { nodeClock, openWorker, small } from '../testing/worker';

const variantsIn = (events: readonly WorkerEvent[]): ReadonlyMap<string, Variant> =>
  new Map(
    events.flatMap((event) =>
      event.event === 'variant' ? [[event.variant.id, event.variant]] : [],
    ),
  );

test('every variant that plays a part is timed by its files, in turn with the baseline', async () => {
  const { client, events, run } = openWorker();
  await run();
  await client.request('timeFiles', { experiment: small });
  for (const { role, size, latency = [] } of variantsIn(events).values()) {
    const timed = latency.map(
      ({ runtime, threads, batch }) => `${runtime} ${String(threads)} ${String(batch)}`,
    );
    if (role === 'other') {
      expect(timed).toEqual([]);
      continue;
    }
    expect(timed).toEqual(
      expect.arrayContaining([
        'onnxruntime-wasm 1 1',
        'onnxruntime-wasm 1 64',
        'whittle 1 1',
        'whittle 1 64',
      ]),
    );
    // What was timed before, where it trains, is there still.
    expect(latency.some(({ runtime }) => runtime.startsWith('tfjs'))).toBe(true);
    expect(latency.every(({ medianMs, p95Ms }) => medianMs > 0 && p95Ms >= medianMs)).toBe(true);
    expect(size.onnxBytes).toBeGreaterThan(0);
    if (role === 'baseline')
      expect(latency.map(({ vsBaseline }) => vsBaseline)).toEqual(latency.map(() => 1));
  }
});

test('what was timed is known when the page comes back to the experiment', async () => {
  const { client, run } = openWorker();
  await run();
  await client.request('timeFiles', { experiment: small });
  const { variants } = await client.request('recall', { experiment: small });
  expect(variants[0]?.latency?.map(({ runtime }) => runtime)).toContain('whittle');
});

test('where WebGPU refuses the files, the times on WASM are there', async () => {
  const { clock } = nodeClock;
  const { client, events, run } = openWorker({
    clock: {
      clock: (job, signal) =>
        job.provider === 'webgpu' ? Promise.reject(new Error('refused')) : clock(job, signal),
      threads: 1,
      hasWebgpu: () => Promise.resolve(true),
    },
  });
  await run();
  await client.request('timeFiles', { experiment: small });
  const runtimes = variantsIn(events)
    .get('s3')
    ?.latency?.map(({ runtime }) => runtime);
  expect(runtimes).toContain('onnxruntime-wasm');
  expect(runtimes).not.toContain('onnxruntime-webgpu');
});

test('a runtime that does not load is told, and nothing else is lost', async () => {
  const { client, events, run } = openWorker({
    clock: {
      clock: () => Promise.reject(new Error('no connection')),
      threads: 1,
      hasWebgpu: () => Promise.resolve(false),
    },
  });
  await run();
  await expect(client.request('timeFiles', { experiment: small })).rejects.toMatchObject({
    problem: { message: expect.stringContaining('no connection') },
  });
  expect(variantsIn(events).get('s3')?.latency).toHaveLength(2);
});
