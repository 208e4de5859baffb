import { beforeAll, describe, expect, test } from 'vitest';
import { nodeEngine } from '../../engine/testing/engines';
import { sketch } from '../../engine/testing/networks';
import type { Engine } from '../../engine/trainer';
import type { Checkpoint } from '../../experiment/checkpoint';
import { randomOf } from '../../experiment/random';
import { kernelsOf } from '../kernels';
import { line } from '../testing/line';
import { checkpointOf } from '../testing/networks';
import { objectiveOf } from '../train/plan';
import { trainSpec } from '../train/spec';
import { drawBalanced, drawBatches } from './gradient-batches';
import { judge } from './judge';
import { runPrune } from './run';
import { pruneSpec, type PruneOptions } from './spec';

const objective = objectiveOf(trainSpec.options.parse({}), 'classification');
const network = checkpointOf(
  sketch(
    [2],
    [
      { type: 'dense', units: 6, activation: 'tanh' },
      { type: 'batchnorm' },
      { type: 'dense', units: 5, activation: 'gelu' },
      { type: 'dense', units: 2 },
    ],
  ),
  3,
);

let engine: Engine;
beforeAll(async () => {
  engine = await nodeEngine('cpu');
});

const optionsOf = (options: object): PruneOptions => pruneSpec.options.parse(options);

async function pruned(options: object, start: Checkpoint = network): Promise<Checkpoint> {
  const read = optionsOf(options);
  const run = runPrune(start, read, { engine, dataset: line, current: () => read });
  const { value, done } = await run.next();
  if (done !== true) throw new Error('pruning trains nothing');
  return value;
}

const goneOf = (checkpoint: Checkpoint) =>
  kernelsOf(checkpoint).flatMap(({ parameter, mask }) =>
    Array.from(parameter.values, (_, i) => mask?.[i] === 0),
  );
const count = (gone: readonly boolean[]) => gone.filter(Boolean).length;
const WEIGHTS = 2 * 6 + 6 * 5 + 5 * 2;

describe('at random', () => {
  test('exactly round(s · n) go, others with another state of the generator, and the same twice', async () => {
    const half = await pruned({ criterion: 'random', sparsity: 0.5 });
    expect(count(goneOf(half))).toBe(WEIGHTS / 2);
    expect(await pruned({ criterion: 'random', sparsity: 0.5 })).toEqual(half);
    expect(half.random).not.toEqual(network.random);
    const other = { ...network, random: randomOf(99).state() };
    expect(goneOf(await pruned({ criterion: 'random', sparsity: 0.5 }, other))).not.toEqual(
      goneOf(half),
    );
  });
});

describe('criteria that ask the loss', () => {
  test('SNIP takes the smallest |w · ∂L/∂w| on a batch with as many of each class', async () => {
    const batch = await drawBalanced(line, randomOf(1));
    const labels = [...batch.labels];
    const each = line.info.outputs === 2 ? labels.filter((label) => label === 1).length : NaN;
    // There are fewer than 64 of either class: all of them are taken.
    const { labels: all } = await line.train.gather(Array.from({ length: 50 }, (_, i) => i));
    expect([labels.length, each]).toEqual([50, all.filter((label) => label === 1).length]);

    const half = await pruned({ criterion: 'snip', sparsity: 0.5 });
    const { gradients } = await engine.gradients(network, objective, batch);
    const scores = kernelsOf(network).flatMap(({ name, parameter }) =>
      Array.from(parameter.values, (w, i) => Math.abs(w * (gradients[name]?.[i] ?? 0))),
    );
    const gone = goneOf(half);
    expect(count(gone)).toBe(WEIGHTS / 2);
    const largestGone = Math.max(...scores.filter((_, i) => gone[i]));
    const smallestKept = Math.min(...scores.filter((_, i) => !gone[i]));
    expect(largestGone).toBeLessThanOrEqual(smallestKept * (1 + 1e-5));
  });

  test('a balanced batch has as many of each class where there are enough', async () => {
    const many = { ...line, info: { ...line.info, outputs: 40 } };
    const { labels } = await drawBalanced(many, randomOf(2));
    expect([...labels].sort()).toEqual([0, 0, 0, 1, 1, 1]);
  });

  test('Taylor’s batches hold no example twice', async () => {
    const batches = await drawBatches(line, 3, randomOf(3));
    expect(batches.map((batch) => batch.count)).toEqual([50]);
    const taylor = await pruned({ criterion: 'taylor', sparsity: 0.75 });
    expect(count(goneOf(taylor))).toBe(Math.round(0.75 * WEIGHTS));
  });

  test('a unit’s Taylor score is the slope of the loss by a factor at its output', async () => {
    const options = optionsOf({ pattern: 'units', norm: 'taylor' });
    const { judgement } = await judge(network, options, { engine, dataset: line });
    const { units = {} } = judgement;
    expect(Object.keys(units)).toEqual(['dense1', 'dense3']);
    const [batch] = await drawBatches(line, 1, randomOf(3));
    if (batch === undefined) throw new Error('there is no batch');
    const lossAt = async (unit: number, factor: number) => {
      const kernel = network.parameters['dense4.kernel'];
      if (kernel === undefined) throw new Error('the kernel is missing');
      const values = kernel.values.map((w, i) => (Math.floor(i / 2) === unit ? factor * w : w));
      const parameters = { ...network.parameters, 'dense4.kernel': { ...kernel, values } };
      return (await engine.gradients({ ...network, parameters }, objective, batch)).loss;
    };
    for (const [unit, score] of (units['dense3'] ?? []).entries()) {
      const slope = ((await lossAt(unit, 1.01)) - (await lossAt(unit, 0.99))) / 0.02;
      expect(score).toBeCloseTo(Math.abs(slope), 4);
    }
  });

  test('the same judgement serves every sparsity', async () => {
    const context = { engine, dataset: line };
    const one = judge(network, optionsOf({ criterion: 'taylor', sparsity: 0.1 }), context);
    expect(judge(network, optionsOf({ criterion: 'taylor', sparsity: 0.9 }), context)).toBe(one);
    expect(judge(network, optionsOf({ criterion: 'snip' }), context)).not.toBe(one);
    await one;
  });
});

describe('the scale of a batch norm', () => {
  test('ranks the units in front of it, and spares layers without one', async () => {
    const scale = network.parameters['batchnorm2.scale'];
    if (scale === undefined) throw new Error('the scale is missing');
    const values = Float32Array.of(0.5, -0.1, 0.2, -3, 0, 1);
    const parameters = { ...network.parameters, 'batchnorm2.scale': { ...scale, values } };
    const smaller = await pruned(
      { pattern: 'units', norm: 'scale', sparsity: 0.5 },
      { ...network, parameters },
    );
    expect(smaller.parameters['batchnorm2.scale']?.values).toEqual(Float32Array.of(0.5, -3, 1));
    expect(smaller.parameters['dense3.kernel']?.shape).toEqual([3, 5]);
  });

  test('is refused, at the score, where there is no batch norm', () => {
    const plain = sketch(
      [2],
      [
        { type: 'dense', units: 3 },
        { type: 'dense', units: 2 },
      ],
    );
    expect(pruneSpec.check(optionsOf({ pattern: 'units', norm: 'scale' }), plain)).toMatchObject({
      code: 'noBatchNorm',
      at: 'norm',
    });
  });
});
