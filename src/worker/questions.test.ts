import { beforeAll, describe, expect, test } from 'vitest';
import { decodeSafetensors } from '../deploy/safetensors';
import { decodeTfjs, unzipTfjs } from '../deploy/tfjs/decode';
import type { Split } from '../data/dataset';
import { openDataset } from '../data/open';
import type { Experiment } from '../experiment/experiment';
import type { Step } from '../experiment/step';
import type { Requests } from './protocol';
import { openWorker, small, step, type TestWorker } from './testing/worker';

let worker: TestWorker;
let result: Requests['run']['result'];
beforeAll(async () => {
  worker = openWorker();
  result = await worker.run();
});

const ask: TestWorker['client']['request'] = (name, args, options) =>
  worker.client.request(name, args, options);
const metricsOf = (id: string) => result.variants.find((variant) => variant.id === id)?.metrics;

describe('a preview', () => {
  test('of a step as it ran is what the run has measured', async () => {
    const preview = await ask('preview', { experiment: small, step: 1, whole: false });
    expect(preview?.metrics).toEqual(metricsOf('s1'));
    const packed = result.variants.find(({ id }) => id === 's1')?.size;
    expect(preview?.size).toEqual(packed);
  });

  test('applies every instant step behind the last network that is cached', async () => {
    const recipe = [...small.recipe.slice(0, 2), step('quantize', { bits: 1 })];
    const preview = await ask('preview', {
      experiment: { ...small, recipe },
      step: 2,
      whole: false,
    });
    expect(preview?.size.nonzero).toBeLessThan(42);
    expect(preview?.metrics.examples).toBe(500);
  });

  test('is none where training would have to come first', async () => {
    const experiment = { ...small, seed: 8 };
    expect(await ask('preview', { experiment, step: 1, whole: false })).toBeNull();
  });

  test('acts on the initial network where nothing comes before', async () => {
    const experiment: Experiment = { ...small, seed: 9, recipe: [step('quantize', { bits: 2 })] };
    const preview = await ask('preview', { experiment, step: 0, whole: false });
    expect(preview?.metrics.examples).toBe(500);
  });

  test('of a newer value takes the place of the older one', async () => {
    let held: Promise<void> | null = null;
    const slow = openWorker({
      openDataset: (ref, seed) => {
        const dataset = openDataset(ref, seed, 'http://localhost/');
        const gather: Split['gather'] = async (indices) => {
          await held;
          return dataset.test.gather(indices);
        };
        return { ...dataset, test: { ...dataset.test, gather } };
      },
    });
    await slow.run();
    let release = () => {};
    held = new Promise((resolve) => (release = resolve));
    const older = slow.client.request('preview', { experiment: small, step: 3, whole: false });
    const recipe = small.recipe.with(3, step('quantize', { bits: 2 }));
    const newer = slow.client.request('preview', {
      experiment: { ...small, recipe },
      step: 3,
      whole: false,
    });
    await expect(older).rejects.toMatchObject({ name: 'AbortError' });
    release();
    expect(await newer).not.toBeNull();
  });
});

describe('a curve', () => {
  const values = [0, 0.999, 0.5];
  test('tells each point as it comes, and all of them by value in the end', async () => {
    const before = worker.events.length;
    const curve = await ask('curve', { experiment: small, step: 1, option: 'sparsity', values });
    const told = worker.events
      .slice(before)
      .flatMap((event) => (event.event === 'curve' ? [event.point] : []));
    expect(told.map(({ value }) => value)).toEqual(values);
    expect(curve).toEqual(told.toSorted((a, b) => a.value - b.value));
    expect(curve?.[0]?.score).toBe(metricsOf('s0')?.accuracy);
    expect(curve?.[1]?.score).toBe(metricsOf('s1')?.accuracy);
  });

  test('leaves out what the option cannot take', async () => {
    const args = { experiment: small, step: 3, option: 'bits', values: [0, 4, 4.5, 99] };
    expect((await ask('curve', args))?.map(({ value }) => value)).toEqual([4]);
    expect(await ask('curve', { ...args, option: 'nothing' })).toEqual([]);
  });

  test('ends when the page gives it up', async () => {
    const abort = new AbortController();
    const many = Array.from({ length: 100 }, (_, i) => i / 200);
    const drawing = ask(
      'curve',
      { experiment: small, step: 1, option: 'sparsity', values: many },
      { signal: abort.signal },
    );
    const before = worker.events.length;
    const first = worker.next(({ event }) => event === 'curve');
    await first;
    abort.abort();
    await expect(drawing).rejects.toMatchObject({ name: 'AbortError' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const drawn = worker.events.slice(before).filter(({ event }) => event === 'curve');
    expect(drawn.length).toBeLessThan(50);
  });
});

describe('the sensitivity of layers', () => {
  const settings = [0, 0.75].flatMap((value) =>
    ['dense1', 'dense2'].map((layer) => ({ layer, value })),
  );
  const about = { experiment: small, step: 1, question: 'how' };

  test('is the score with one layer set apart and nothing taken from the others', async () => {
    const before = worker.events.length;
    const points = await ask('sensitivity', { ...about, settings });
    const told = worker.events
      .slice(before)
      .flatMap((event) => (event.event === 'sensitivity' ? [event] : []));
    expect(told.map(({ layer, point }) => ({ layer, value: point.value }))).toEqual(settings);
    expect(told.map(({ question }) => question)).toEqual(settings.map(() => 'how'));
    expect(points).toEqual(told.map(({ layer, point }) => ({ layer, point })));
    for (const { layer, point } of points ?? []) {
      const layers = `${layer}~${String(point.value)}`;
      const recipe = small.recipe.with(1, step('prune', { sparsity: 0, layers }));
      const preview = await ask('preview', {
        ...{ experiment: { ...small, recipe }, step: 1 },
        whole: true,
      });
      expect(point.score).toBe(preview?.metrics.accuracy);
    }
    expect(points?.[0]?.point.score).toBe(metricsOf('s0')?.accuracy);
  });

  test('leaves out a layer that the network does not have', async () => {
    const args = { ...about, settings: [{ layer: 'dense9', value: 0.5 }, ...settings.slice(0, 1)] };
    expect((await ask('sensitivity', args))?.map(({ layer }) => layer)).toEqual(['dense1']);
  });

  test('is none where training would have to come first', async () => {
    const experiment = { ...small, seed: 8 };
    expect(await ask('sensitivity', { ...about, experiment, settings })).toBeNull();
  });

  test('ends when the page gives it up', async () => {
    const abort = new AbortController();
    const many = Array.from({ length: 200 }, (_, i) => ({ layer: 'dense1', value: i / 400 }));
    const before = worker.events.length;
    const asking = ask('sensitivity', { ...about, settings: many }, { signal: abort.signal });
    await worker.next(({ event }) => event === 'sensitivity');
    abort.abort();
    await expect(asking).rejects.toMatchObject({ name: 'AbortError' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const told = worker.events.slice(before).filter(({ event }) => event === 'sensitivity');
    expect(told.length).toBeLessThan(100);
  });

  test('is measured while training goes on', async () => {
    const longer = step('train', { epochs: 60, batch: 16, lr: 0.003 });
    const many = Array.from({ length: 150 }, (_, i) => ({ layer: 'dense1', value: i / 200 }));
    const experiment = { ...small, recipe: small.recipe.with(2, longer) };
    const before = worker.events.length;
    const running = worker.run(experiment);
    await worker.next(({ event }) => event === 'history');
    await worker.next(({ event }) => event === 'history');
    const points = await ask('sensitivity', { ...about, experiment, settings: many });
    expect(points).toHaveLength(many.length);
    const kinds = worker.events.slice(before).map(({ event }) => event);
    const [first, last] = [kinds.indexOf('sensitivity'), kinds.lastIndexOf('sensitivity')];
    expect(kinds.slice(first, last)).toContain('history');
    const iterations = (await running).history.filter((point) => point.step === 2);
    expect(iterations).toHaveLength(60 * 25);
  });
});

test('a preview tells what became of each layer', async () => {
  const layersOf = async (index: number, changed: Step) => {
    const recipe = small.recipe.slice(0, index).concat(changed);
    const at = { experiment: { ...small, recipe }, step: index };
    return (await ask('preview', { ...at, whole: false }))?.layers;
  };
  const pruned = step('prune', { sparsity: 0.25, layers: 'dense1~0.5' });
  expect(await layersOf(1, pruned)).toEqual([
    { layer: 'dense1', weights: 16, pruned: 0.5, removed: 0, bits: null },
    { layer: 'dense2', weights: 16, pruned: 0.25, removed: 0, bits: null },
  ]);
  const units = step('prune', { pattern: 'units', sparsity: 0.25 });
  expect(await layersOf(1, units)).toEqual([
    { layer: 'dense1', weights: 12, pruned: 0, removed: 0.25, bits: null },
    { layer: 'dense2', weights: 12, pruned: 0, removed: 0, bits: null },
  ]);
  const rounded = step('quantize', { bits: 4, layers: 'dense2~3' });
  expect((await layersOf(1, rounded))?.map(({ bits }) => bits)).toEqual([4, 3]);
});

describe('a look', () => {
  test('counts every weight once, and pruned ones apart', async () => {
    const look = await ask('look', { experiment: small, step: 1 });
    const counted = look?.histograms.map(
      ({ counts, pruned }) => counts.reduce((sum, count) => sum + count, 0) + pruned,
    );
    expect(look?.histograms.map(({ parameter }) => parameter)).toEqual([
      'dense1.kernel',
      'dense2.kernel',
    ]);
    expect(counted).toEqual([16, 16]);
    expect(look?.histograms.reduce((sum, { pruned }) => sum + pruned, 0)).toBe(16);
  });

  test('shows the quantization levels: at 4 bits and 8 channels of 2 weights at most 16 values', async () => {
    const look = await ask('look', { experiment: small, step: 3 });
    const [first] = look?.histograms ?? [];
    expect(first?.levels.length).toBeGreaterThan(0);
    expect(first?.levels.length).toBeLessThanOrEqual(16);
    expect(first?.levels).toEqual([...(first?.levels ?? [])].sort((a, b) => a - b));
    const float = await ask('look', { experiment: small, step: 0 });
    expect(float?.histograms.every(({ levels }) => levels.length === 0)).toBe(true);
  });

  test('at planar data draws the network and probabilities over the plane', async () => {
    const look = await ask('look', { experiment: small, step: 2 });
    expect(look?.diagram.map(({ shape }) => shape)).toEqual([
      [2, 8],
      [8, 2],
    ]);
    expect(look?.diagram[0]?.mask).toHaveLength(16);
    const { values, side, outputs } = look?.surface ?? { values: [], side: 0, outputs: 0 };
    expect(values).toHaveLength(side * side * outputs);
    for (let i = 0; i < values.length; i += 2) {
      expect((values[i] ?? 0) + (values[i + 1] ?? 0)).toBeCloseTo(1, 5);
    }
    expect(look?.filters).toEqual([]);
  });

  test('finds the disc of the circles at the middle of the surface', async () => {
    const look = await ask('look', { experiment: small, step: 0 });
    const { values = [], side = 0 } = look?.surface ?? {};
    const classAt = (x: number, y: number) => {
      const at = (Math.floor(y * side) * side + Math.floor(x * side)) * 2;
      return Number((values[at + 1] ?? 0) > (values[at] ?? 0));
    };
    // The disc is class 0, the ring around it class 1.
    expect(classAt(0.5, 0.5)).toBe(0);
    expect([
      classAt(0.18, 0.5),
      classAt(0.82, 0.5),
      classAt(0.5, 0.18),
      classAt(0.5, 0.82),
    ]).toEqual([1, 1, 1, 1]);
  });
});

describe('disagreements', () => {
  test('are none between a network and itself', async () => {
    const at = { experiment: small, step: 0 };
    expect(await ask('disagreements', { a: at, b: at, limit: 5 })).toEqual({
      total: 0,
      examples: [],
    });
  });

  test('name examples on which the two answers differ, with the right one', async () => {
    const a = { experiment: small, step: 0 };
    // All but one weight pruned: mostly one class.
    const recipe = [...small.recipe.slice(0, 1), step('prune', { sparsity: 0.97 })];
    const b = { experiment: { ...small, recipe }, step: 1 };
    const { total, examples } = await ask('disagreements', { a, b, limit: 5 });
    expect(total).toBeGreaterThan(5);
    expect(examples).toHaveLength(5);
    const test = await ask('examples', {
      ...{ dataset: 'circles', seed: 7, split: 'test' },
      limit: 500,
    });
    for (const example of examples) {
      expect(example.a).not.toBe(example.b);
      expect(example.label).toBe(test.labels[example.index]);
      expect(Array.from(example.inputs)).toEqual(
        Array.from(test.inputs.subarray(2 * example.index, 2 * example.index + 2)),
      );
    }
  });
});

describe('answers', () => {
  const trained = { experiment: small, step: 0 };
  const recipe = [...small.recipe.slice(0, 1), step('prune', { sparsity: 0.97 })];
  const sparse = { experiment: { ...small, recipe }, step: 1 };

  test('are probabilities that name the classes by which the networks are compared', async () => {
    const { examples } = await ask('disagreements', { a: trained, b: sparse, limit: 3 });
    for (const { inputs, a, b } of examples) {
      const found = await ask('answers', { at: [trained, sparse], inputs });
      const shares = found.map((answer) => Array.from(answer ?? []));
      expect(shares.map((answer) => answer.indexOf(Math.max(...answer)))).toEqual([a, b]);
      for (const [first = NaN, second = NaN] of shares) expect(first + second).toBeCloseTo(1, 5);
    }
  });

  test('are missing where training would have to come first', async () => {
    const other = { experiment: { ...small, seed: 8 }, step: 0 };
    const found = await ask('answers', { at: [trained, other], inputs: Float32Array.of(0, 0) });
    expect(found.map((answer) => answer?.length)).toEqual([2, undefined]);
  });

  test('come while training goes on, and leave no tensors behind', async () => {
    const longer = step('train', { epochs: 12, batch: 16, lr: 0.003 });
    const experiment = { ...small, recipe: small.recipe.with(2, longer) };
    const at = [{ experiment, step: 0 }];
    const before = worker.events.length;
    const running = worker.run(experiment);
    await worker.next(({ event }) => event === 'history');
    const askTwenty = async () => {
      for (let i = 0; i < 20; i++) await ask('answers', { at, inputs: Float32Array.of(0, i / 20) });
    };
    await askTwenty();
    const statuses = worker.events
      .slice(before)
      .flatMap((event) => (event.event === 'status' ? [event.status] : []));
    expect(statuses).not.toContain('done');
    await running;
    // Nothing else takes tensors now, and gives them back.
    const tensors = await ask('tensorCount', {});
    await askTwenty();
    expect(await ask('tensorCount', {})).toBe(tensors);
  });
});

test('a step by itself is the step applied to the baseline', async () => {
  const alone = await ask('look', { experiment: small, step: 3, alone: true });
  const recipe = [small.recipe[0] ?? step('train'), step('quantize', { bits: 4 })];
  expect(await ask('look', { experiment: { ...small, recipe }, step: 1 })).toEqual(alone);
});

const readTfjs = (file: Uint8Array) => {
  const files = unzipTfjs(file);
  return { ...decodeTfjs(files), text: files.model };
};
const readSafetensors = (file: Uint8Array) => {
  const { parameters, metadata } = decodeSafetensors(file);
  return { parameters, text: JSON.stringify(metadata) };
};

describe('an exported file', () => {
  test('is as long as the comparison says', async () => {
    const file = await ask('exportFile', { experiment: small, step: 3, format: 'whittle' });
    const variant = result.variants.find(({ id }) => id === 's3');
    expect(file).toHaveLength(variant?.size.packedBytes ?? -1);
  });

  test('as JSON holds every parameter', async () => {
    const file = await ask('exportFile', { experiment: small, step: 3, format: 'json' });
    const read: unknown = JSON.parse(new TextDecoder().decode(file));
    expect(read).toMatchObject({
      dataset: 'circles',
      parameters: { 'dense1.kernel': { role: 'kernel', shape: [2, 8] } },
      quantizers: { 'dense1.kernel': { bits: 4 } },
    });
  });

  test.each(['safetensors', 'tfjs'] as const)(
    'as %s holds every parameter, and says where it comes from',
    async (format) => {
      const file = await ask('exportFile', { experiment: small, step: 3, format });
      const accuracy = result.variants.find(({ id }) => id === 's3')?.metrics.accuracy;
      const { parameters, text } = format === 'tfjs' ? readTfjs(file) : readSafetensors(file);
      expect(Object.keys(parameters)).toEqual(
        ['dense1', 'dense2'].flatMap((layer) => [`${layer}.kernel`, `${layer}.bias`]),
      );
      expect(parameters['dense1.kernel']?.shape).toEqual([2, 8]);
      expect(text).toContain(`"accuracy":"${String(accuracy)}"`);
      expect(text).toContain('v=1&data=circles&model=mlp:8&seed=7');
    },
  );

  test('of a network that is not trained is refused', async () => {
    const at = { experiment: { ...small, seed: 10 }, step: 0, format: 'json' } as const;
    await expect(ask('exportFile', at)).rejects.toMatchObject({ problem: { code: 'notTrained' } });
  });
});
