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
import { drawBalanced, drawBatches } from '../draw-examples';
import { judge } from './judge';
import { runPrune } from './run';
import { gradualSparsity } from './schedules';
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

  test('movement is what single steps of training take a weight away from zero, added up', async () => {
    const train = {
      ...line.train,
      count: 250,
      gather: (indices: ArrayLike<number>) =>
        line.train.gather(Array.from(indices, (index) => index % 50)),
    };
    const context = { engine, dataset: { ...line, train } };
    const scoresAt = async (lr: number) => {
      const options = optionsOf({ criterion: 'movement', batches: 2, lr });
      return (await judge(network, options, context)).judgement.weights ?? {};
    };
    const slow = await scoresAt(1e-5);
    expect(await scoresAt(0.1)).not.toEqual(slow);
    // At so small a rate the network hardly moves: both gradients are nearly those of the first.
    const batches = await drawBatches(context.dataset, 2, randomOf(3));
    expect(batches).toHaveLength(2);
    for (const { name, parameter } of kernelsOf(network)) {
      const gradients = await Promise.all(
        batches.map((batch) => engine.gradients(network, objective, batch)),
      );
      const scores = slow[name] ?? [];
      expect(scores).toHaveLength(parameter.values.length);
      parameter.values.forEach((w, i) => {
        const sum = gradients.reduce((total, each) => total + (each.gradients[name]?.[i] ?? 0), 0);
        expect(scores[i]).toBeCloseTo(-w * sum, 3);
      });
    }
    expect(count(goneOf(await pruned({ criterion: 'movement', sparsity: 0.5 })))).toBe(WEIGHTS / 2);
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

/** What a step that trains ends with, and the iterations at which its network had which sparsity. */
async function trained(options: object, start: Checkpoint = network, past?: Checkpoint) {
  const read = optionsOf(options);
  const remembered = past && { past: () => Promise.resolve(past) };
  const run = runPrune(start, read, { engine, dataset: line, current: () => read, ...remembered });
  const shares: number[] = [];
  for (;;) {
    const next = await run.next();
    if (next.done === true) return { checkpoint: next.value, shares };
    const { checkpoint } = await next.value.snapshot();
    shares.push(count(goneOf(checkpoint)) / WEIGHTS);
  }
}

const PER_EPOCH = 5;
const training = { epochs: 4, batch: 10, lr: 0.01 };

describe('gradual pruning', () => {
  const options = { sparsity: 0.8, schedule: 'gradual', ramp: 0.5, ...training };

  test('follows the cubic, reaches its sparsity at the end of the ramp, and trains on', async () => {
    expect([0.25, 0.5, 1.5].map((share) => gradualSparsity(0, 0.8, share))).toEqual([
      expect.closeTo(0.4625, 12),
      expect.closeTo(0.7, 12),
      0.8,
    ]);
    const { checkpoint, shares } = await trained(options);
    expect(shares).toHaveLength(4 * PER_EPOCH);
    const length = 2 * PER_EPOCH;
    shares.forEach((share, i) => {
      // Pruned before the iteration: the first one still has all weights.
      const expected = gradualSparsity(0, 0.8, Math.min(i, length) / length);
      expect(share).toBeCloseTo(Math.round(expected * WEIGHTS) / WEIGHTS, 12);
    });
    expect(checkpoint.iteration).toBe(4 * PER_EPOCH);
    for (const { parameter, mask } of kernelsOf(checkpoint)) {
      parameter.values.forEach((w, i) => {
        if (mask?.[i] === 0) expect(w).toBe(0);
      });
    }
  });

  test('goes on bit for bit from a snapshot', async () => {
    const read = optionsOf(options);
    const context = { engine, dataset: line, current: () => read };
    const run = runPrune(network, read, context);
    for (let i = 0; i < 7; i++) await run.next();
    const seventh = await run.next();
    if (seventh.done === true) throw new Error('it ended too early');
    const { checkpoint, resume } = structuredClone(await seventh.value.snapshot());
    await run.return(network);
    const rest = runPrune(checkpoint, read, { ...context, resume });
    for (;;) {
      const next = await rest.next();
      if (next.done !== true) continue;
      expect(next.value).toEqual((await trained(options)).checkpoint);
      return;
    }
  });
});

describe('pruning in rounds', () => {
  const options = { sparsity: 0.875, schedule: 'iterative', rounds: 3, ...training };

  test('takes the same share of what is left in every round, and trains after each', async () => {
    const { shares, checkpoint } = await trained(options);
    const rounds = [0.5, 0.75, 0.875].map((share) => Math.round(share * WEIGHTS) / WEIGHTS);
    expect(shares).toEqual(rounds.flatMap((share) => Array<number>(4 * PER_EPOCH).fill(share)));
    expect(checkpoint.iteration).toBe(3 * 4 * PER_EPOCH);
  });

  test('rewinds in every round where it is to', async () => {
    const read = optionsOf({ ...options, rewind: 'init' });
    const asked: number[] = [];
    const past = (iteration: number) => {
      asked.push(iteration);
      return Promise.resolve(network);
    };
    const run = runPrune(network, read, { engine, dataset: line, current: () => read, past });
    while ((await run.next()).done !== true);
    expect(asked).toEqual([0, 0, 0]);
  });
});

describe('rewinding', () => {
  test('gives the weights that stay their earlier values, and no optimizer its memory', async () => {
    const later = checkpointOf(network.architecture, 8);
    const { checkpoint } = await trained({ sparsity: 0.5, rewind: 'init' }, later, network);
    const chosen = await pruned({ sparsity: 0.5 }, later);
    expect(checkpoint.masks).toEqual(chosen.masks);
    expect(checkpoint.optimizer).toBeNull();
    for (const [name, { values }] of Object.entries(checkpoint.parameters)) {
      const mask = checkpoint.masks[name];
      const before = network.parameters[name]?.values ?? [];
      expect(Array.from(values)).toEqual(Array.from(before, (w, i) => (mask?.[i] === 0 ? 0 : w)));
    }
  });

  test('draws the weights that stay anew where they are to have lost their ticket', async () => {
    const anew = await pruned({ sparsity: 0.5, rewind: 'reinit' });
    const chosen = await pruned({ sparsity: 0.5 });
    expect(anew.masks).toEqual(chosen.masks);
    expect(anew.random).not.toEqual(chosen.random);
    expect(anew.parameters['dense1.kernel']).not.toEqual(chosen.parameters['dense1.kernel']);
  });

  test('is refused where pruned weights are only weakened', () => {
    const check = (options: object) => pruneSpec.check(optionsOf(options), network.architecture);
    expect(check({ delta: 0.5, rewind: 'init' })).toMatchObject({
      code: 'rewindNeedsMask',
      at: 'delta',
    });
    expect(check({ delta: 0.5 })).toBeNull();
  });

  test('is refused where units were removed since', async () => {
    const smaller = await pruned({ pattern: 'units', sparsity: 0.5 });
    const attempt = trained({ sparsity: 0.5, rewind: 'init' }, smaller, network);
    await expect(attempt).rejects.toMatchObject({ problem: { code: 'rewindOtherShape' } });
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
