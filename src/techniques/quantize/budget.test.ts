import { beforeEach, describe, expect, test } from 'vitest';
import type { Split } from '../../data/dataset';
import { nodeEngine } from '../../engine/testing/engines';
import { sketch } from '../../engine/testing/networks';
import type { Engine } from '../../engine/trainer';
import type { Checkpoint } from '../../experiment/checkpoint';
import { kernelsOf } from '../kernels';
import { line } from '../testing/line';
import { checkpointOf } from '../testing/networks';
import { evaluate } from '../train/evaluate';
import { quantizeLayer } from './one-layer';
import { runQuantize } from './run';
import { quantizeSpec, type QuantizeOptions } from './spec';

const optionsOf = (options: object): QuantizeOptions =>
  quantizeSpec.options.parse({ widths: 'budget', ...options });

const architecture = sketch(
  [2],
  [
    { type: 'dense', units: 7, activation: 'tanh' },
    { type: 'dense', units: 5, activation: 'tanh' },
    { type: 'dense', units: 2 },
  ],
);

/** Whoever looks at test examples to choose by them fails. */
const untestable: Split = {
  ...line.test,
  gather: () => Promise.reject(new Error('Test data are for measuring alone.')),
};
const dataset = { ...line, test: untestable };

let engine: Engine;
let opened = 0;
let network: Checkpoint;
beforeEach(async () => {
  const whole = await nodeEngine('cpu');
  engine = {
    ...whole,
    open: (of) => {
      opened += 1;
      return whole.open(of);
    },
  };
  opened = 0;
  network = checkpointOf(architecture, 6);
});

async function quantized(options: QuantizeOptions, besides: object = {}): Promise<Checkpoint> {
  const context = { engine, dataset, current: () => options, ...besides };
  const next = await runQuantize(network, options, context).next();
  if (next.done !== true) throw new Error('nothing trains here');
  return next.value;
}

const bitsIn = (checkpoint: Checkpoint) =>
  kernelsOf(checkpoint).map(({ name }) => checkpoint.quantizers[name]?.bits ?? NaN);
const sizes = () => kernelsOf(network).map(({ parameter }) => parameter.values.length);
const total = (bits: readonly number[]) =>
  bits.reduce((sum, each, i) => sum + each * (sizes()[i] ?? NaN), 0);

/** The increase of the loss on the validation part, by layer and by bits from 1 on. */
async function increases(options: QuantizeOptions): Promise<number[][]> {
  const lossOf = async (of: Checkpoint) => {
    const trainer = await engine.open(of);
    const { loss } = await evaluate(trainer, line.validation, 'crossentropy');
    trainer.dispose();
    return loss;
  };
  const whole = await lossOf(network);
  const all: number[][] = [];
  for (const { layer } of kernelsOf(network)) {
    const of: number[] = [];
    for (let bits = 1; bits <= 16; bits++) {
      of.push((await lossOf(quantizeLayer(network, options, layer, bits))) - whole);
    }
    all.push(of);
  }
  return all;
}

describe('bits under a budget', () => {
  test('are those that cost the validation loss least, by trying all', async () => {
    const options = optionsOf({});
    const cost = await increases(options);
    const sumOf = (bits: readonly number[]) =>
      bits.reduce((sum, each, i) => sum + (cost[i]?.[each - 1] ?? NaN), 0);
    const each = Array.from({ length: 16 }, (_, i) => i + 1);
    let last = Infinity;
    for (const budget of [1, 2.5, 4, 6, 16]) {
      const bits = bitsIn(await quantized({ ...options, budget }));
      const most = budget * total([1, 1, 1]);
      expect(total(bits)).toBeLessThanOrEqual(most);
      const ways = each.flatMap((a) => each.flatMap((b) => each.map((c) => [a, b, c])));
      const fitting = ways.filter((way) => total(way) <= most).map(sumOf);
      expect(sumOf(bits)).toBeCloseTo(Math.min(...fitting), 9);
      expect(sumOf(bits)).toBeLessThanOrEqual(last + 1e-9);
      last = sumOf(bits);
    }
  });

  test('are the same every time, and draw nothing at random', async () => {
    const options = optionsOf({ budget: 3 });
    const once = await quantized(options);
    expect(once.random).toEqual(network.random);
    network = structuredClone(network);
    expect(await quantized(options)).toEqual(once);
  });

  test('leave a layer its own', async () => {
    const bits = bitsIn(await quantized(optionsOf({ budget: 6, layers: 'dense2~7' })));
    expect(bits[1]).toBe(7);
    expect(total(bits)).toBeLessThanOrEqual(6 * total([1, 1, 1]));
  });

  test('are at most 8 for what lists its levels', async () => {
    const bits = bitsIn(await quantized(optionsOf({ budget: 16, scheme: 'power2' })));
    expect(Math.max(...bits)).toBeLessThanOrEqual(8);
  });
});

describe('measuring the layers', () => {
  test('is done once for all budgets', async () => {
    await quantized(optionsOf({ budget: 2 }));
    expect(opened).toBe(1 + 3 * 16);
    await quantized(optionsOf({ budget: 5 }));
    await quantized(optionsOf({ budget: 5, layers: 'dense1~3' }));
    expect(opened).toBe(1 + 3 * 16);
    await quantized(optionsOf({ budget: 5, granularity: 'tensor' }));
    expect(opened).toBe(1 + 2 * 3 * 16);
  });

  test('goes on where it was stopped, and gives others their turn', async () => {
    const abort = new AbortController();
    let turns = 0;
    const pace = () => {
      turns += 1;
      if (turns === 10) abort.abort();
      return Promise.resolve();
    };
    const options = optionsOf({});
    const stopped = quantized(options, { pace, signal: abort.signal });
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    expect(opened).toBe(10);
    await quantized(options);
    expect(opened).toBe(1 + 3 * 16);
  });
});

describe('a budget that cannot be kept', () => {
  const check = (options: object) => quantizeSpec.check(optionsOf(options), architecture);

  test('is told, with what it would take', () => {
    // 14, 35 and 10 weights: 35 · 9 + 24 = 339 bits, 5.75 a weight.
    expect(check({ budget: 5.5, layers: 'dense2~9' })).toMatchObject({
      code: 'budgetTooSmall',
      at: 'budget',
      params: { least: 5.8 },
    });
    expect(check({ budget: 6, layers: 'dense2~9' })).toBeNull();
    expect(check({ budget: 1 })).toBeNull();
  });
});
