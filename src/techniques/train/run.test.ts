import { beforeAll, describe, expect, test } from 'vitest';
import type { Dataset, Split } from '../../data/dataset';
import { sketch, type LayerSketch } from '../../engine/testing/networks';
import { nodeEngine } from '../../engine/testing/engines';
import type { Engine, Trainer } from '../../engine/trainer';
import type { Checkpoint } from '../../experiment/checkpoint';
import { prune } from '../prune/prune';
import { pruneSpec } from '../prune/spec';
import { quantize } from '../quantize/quantize';
import { quantizeSpec } from '../quantize/spec';
import type { Resume, StepProgress, TrainingPoint } from '../run';
import { line as dataset } from '../testing/line';
import { checkpointOf } from '../testing/networks';
import { DivergedError } from './diverged';
import { withRateChange } from './rate-changes';
import { runTrain } from './run';
import { OPTIMIZERS, trainSpec, type TrainOptions } from './spec';

const quantizeDefaults = quantizeSpec.options.parse({});
let engine: Engine;
beforeAll(async () => {
  engine = await nodeEngine('cpu');
});

const layers: LayerSketch[] = [
  { type: 'dense', units: 8, activation: 'relu' },
  { type: 'batchnorm' },
  { type: 'dropout', rate: 0.25 },
  { type: 'dense', units: 2 },
];
const start = checkpointOf(sketch([2], layers), 7);

// 7 iterations an epoch: six batches of 8 and one of the 2 that are left over.
const options = trainSpec.options.parse({ lr: 0.01, epochs: 3, batch: 8 });

/** An engine that takes iterations before the last has answered, as those on a GPU do. */
function pipelined(of: Engine): Engine {
  const queued = (trainer: Trainer): Trainer => {
    let last: Promise<unknown> = Promise.resolve();
    return {
      ...trainer,
      step: (...args) => {
        const loss = last.then(() => trainer.step(...args));
        last = loss;
        return loss;
      },
    };
  };
  return { ...of, ahead: 4, train: async (...args) => queued(await of.train(...args)) };
}

interface Outcome {
  readonly points: TrainingPoint[];
  readonly checkpoint: Checkpoint;
}

/** Runs to the end, calling `visit` after each iteration. */
async function train(
  checkpoint: Checkpoint,
  initial: TrainOptions,
  setup: {
    readonly resume?: Resume;
    readonly data?: Dataset;
    readonly current?: () => TrainOptions;
    readonly visit?: (progress: StepProgress) => unknown;
    /** On an engine that may have more than one iteration under way. */
    readonly burst?: () => number;
    readonly rates?: readonly number[];
  } = {},
): Promise<Outcome> {
  const { resume, data = dataset, current = () => initial, visit, burst, rates } = setup;
  const run = runTrain(checkpoint, initial, {
    engine: burst === undefined ? engine : pipelined(engine),
    dataset: data,
    current,
    ...(burst === undefined ? {} : { burst }),
    ...(rates === undefined ? {} : { rates }),
    ...(resume === undefined ? {} : { resume }),
  });
  const points: TrainingPoint[] = [];
  for (;;) {
    const next = await run.next();
    if (next.done === true) return { points, checkpoint: next.value };
    points.push(...next.value.points);
    await visit?.(next.value);
  }
}

describe('a train step', () => {
  test('yields once an iteration, counting iterations and epochs over the whole recipe', async () => {
    const first = await train(start, options);
    expect(first.points.map(({ iteration }) => iteration)).toEqual(
      Array.from({ length: 21 }, (_, i) => i + 1),
    );
    expect(first.points.map(({ epoch }) => epoch).join('')).toBe('111111122222223333333');
    expect(first.checkpoint).toMatchObject({ iteration: 21, epoch: 3 });
    const second = await train(first.checkpoint, { ...options, epochs: 1 });
    expect(second.points[0]).toMatchObject({ iteration: 22, epoch: 4 });
    expect(second.checkpoint).toMatchObject({ iteration: 28, epoch: 4 });
  });

  test('learns a line that separates two classes', async () => {
    const { points } = await train(start, { ...options, epochs: 20 });
    expect(points.at(-1)?.testAccuracy).toBeGreaterThan(0.85);
  });

  test('tries rates on its own batches, as many as there are, and measures nothing', async () => {
    const same = new Array<number>(30).fill(0.01);
    const long = { ...options, epochs: 5 };
    const tried = await train(
      start,
      { ...options, epochs: 1, lr: 5, patience: 1 },
      { rates: same },
    );
    const ran = await train(start, long);
    const losses = ({ points }: Outcome) => points.slice(0, 30).map(({ trainLoss }) => trainLoss);
    expect(tried.points).toHaveLength(30);
    expect(losses(tried)).toEqual(losses(ran));
    expect(tried.points.some(({ testLoss }) => testLoss !== undefined)).toBe(false);
    const grown = await train(start, options, { rates: [0.01, 0.02, 0.04], burst: () => 4 });
    expect(grown.points.map(({ learningRate }) => learningRate)).toEqual([0.01, 0.02, 0.04]);
  });

  test('measures the test set every ten iterations of a short epoch and at the end', async () => {
    const { points } = await train(start, options);
    const measured = points.filter(({ testLoss }) => testLoss !== undefined);
    expect(measured.map(({ iteration }) => iteration)).toEqual([10, 20, 21]);
    expect(measured.every(({ testAccuracy }) => testAccuracy !== undefined)).toBe(true);
  });

  test('sees every training example once an epoch', async () => {
    const seen: number[] = [];
    const watched: Split = {
      ...dataset.train,
      gather: (indices) => {
        seen.push(...Array.from(indices));
        return dataset.train.gather(indices);
      },
    };
    await train(start, { ...options, epochs: 2 }, { data: { ...dataset, train: watched } });
    const all = Array.from({ length: 50 }, (_, i) => i);
    expect(seen.slice(0, 50).sort((a, b) => a - b)).toEqual(all);
    expect(seen.slice(50).sort((a, b) => a - b)).toEqual(all);
    expect(seen.slice(50)).not.toEqual(seen.slice(0, 50));
  });

  test('gives the same points and parameters twice', async () => {
    expect(await train(start, options)).toEqual(await train(start, options));
  });

  test('frees every tensor, also when it is abandoned in the middle', async () => {
    const before = engine.tensorCount();
    await train(start, options);
    const run = runTrain(start, options, { engine, dataset, current: () => options });
    await run.next();
    await run.return(start);
    expect(engine.tensorCount()).toBe(before);
  });

  test('starts its optimizer afresh, whatever the step before has left', async () => {
    const { checkpoint } = await train(start, options);
    expect(checkpoint.optimizer).toMatchObject({ optimizer: 'adam', updates: 21 });
    const kept = await train(checkpoint, options);
    expect(await train({ ...checkpoint, optimizer: null }, options)).toEqual(kept);
  });
});

describe('a snapshot', () => {
  test.each(OPTIMIZERS)(
    'of %s goes on bit for bit from any iteration, mid-epoch or between epochs',
    async (optimizer) => {
      const chosen = { ...options, optimizer, patience: 2, schedule: 'cosine' } as const;
      const snapshots: Awaited<ReturnType<StepProgress['snapshot']>>[] = [];
      const whole = await train(start, chosen, {
        visit: async ({ done, snapshot }) => {
          if ([1, 7, 10, 14].includes(done)) snapshots.push(await snapshot());
        },
      });
      for (const { checkpoint, resume } of snapshots) {
        const rest = await train(structuredClone(checkpoint), chosen, {
          resume: structuredClone(resume),
        });
        expect(rest.points).toEqual(whole.points.slice(resume.done));
        expect(rest.checkpoint).toEqual(whole.checkpoint);
      }
      expect(snapshots.length).toBeGreaterThan(1);
    },
  );

  test('that is taken does not change the run', async () => {
    const watched = await train(start, options, { visit: ({ snapshot }) => snapshot() });
    expect(watched).toEqual(await train(start, options));
  });
});

describe('iterations in bursts', () => {
  test('give the points of single ones, up to each measurement and the end of each epoch', async () => {
    const ends: number[] = [];
    const visit = ({ done }: StepProgress) => ends.push(done);
    expect(await train(start, options, { burst: () => 9, visit })).toEqual(
      await train(start, options),
    );
    expect(ends).toEqual([4, 7, 10, 14, 18, 20, 21]);
  });

  test('go on bit for bit from between two of them, and take a changed rate there', async () => {
    let now = options;
    const burst = () => 3;
    const live = await train(start, options, {
      burst,
      current: () => now,
      visit: ({ done }) => {
        if (done === 10) now = withRateChange(now, done + 1, 0.1);
      },
    });
    expect(await train(start, now)).toEqual(live);
    let taken: Awaited<ReturnType<StepProgress['snapshot']>> | null = null;
    const visit = async ({ done, snapshot }: StepProgress) => {
      if (done === 10) taken = await snapshot();
    };
    const whole = await train(start, options, { burst, visit });
    const { checkpoint, resume } = structuredClone(taken!);
    const rest = await train(checkpoint, options, { burst, resume });
    expect(rest.checkpoint).toEqual(whole.checkpoint);
  });
});

describe('a rate changed while it runs', () => {
  test('takes effect at the next iteration, and the recipe that it is written into gives the same run', async () => {
    let now = options;
    const live = await train(start, options, {
      current: () => now,
      visit: ({ done }) => {
        if (done === 5) now = withRateChange(now, done + 1, 0.1);
      },
    });
    expect(live.points.slice(4, 6).map(({ learningRate }) => learningRate)).toEqual([0.01, 0.1]);
    expect(await train(start, now)).toEqual(live);
    expect((await train(start, options)).checkpoint).not.toEqual(live.checkpoint);
  });
});

describe('compressed networks', () => {
  test.each(OPTIMIZERS)('masks hold through training with %s', async (optimizer) => {
    const warm = (await train(start, { ...options, optimizer })).checkpoint;
    const sparse = prune(warm, pruneSpec.options.parse({ sparsity: 0.5 }));
    const { checkpoint } = await train(sparse, { ...options, optimizer, momentum: 0.99 });
    expect(checkpoint.masks).toEqual(sparse.masks);
    let pruned = 0;
    for (const [name, mask] of Object.entries(checkpoint.masks)) {
      mask.forEach((bit, i) => {
        if (bit === 1) return;
        pruned += 1;
        expect(checkpoint.parameters[name]?.values[i]).toBe(0);
      });
    }
    expect(pruned).toBe(16);
    expect(checkpoint.parameters).not.toEqual(sparse.parameters);
  });

  test('a quantized network leaves its levels when it is trained', async () => {
    const quantized = quantize(start, {
      ...quantizeDefaults,
      bits: 4,
      scheme: 'symmetric',
      granularity: 'tensor',
    });
    const { checkpoint } = await train(quantized, options);
    expect(checkpoint.quantizers).toEqual({});
  });
});

describe('early stopping', () => {
  // So large a rate that the validation loss soon rises again.
  const eager = { ...options, optimizer: 'sgd', lr: 2, epochs: 40, patience: 2 } as const;

  test('ends before the last epoch, measures the test set there, and keeps the best epoch’s parameters', async () => {
    const atEpochEnd = new Map<number, Checkpoint>();
    let losses: readonly number[] = [];
    const { points, checkpoint } = await train(start, eager, {
      visit: async ({ done, snapshot }) => {
        if (done % 7 !== 0) return;
        const taken = await snapshot();
        atEpochEnd.set(done / 7, taken.checkpoint);
        losses = taken.resume.validationLosses;
      },
    });
    expect(points.length).toBeLessThan(280);
    expect(points.at(-1)?.testLoss).toBeDefined();
    const best = 1 + losses.indexOf(Math.min(...losses));
    expect(losses.length).toBe(best + 2);
    expect(checkpoint.parameters).toEqual(atEpochEnd.get(best)?.parameters);
    expect(checkpoint).toMatchObject({ epoch: losses.length, optimizer: null });
  });
});

describe('a learning rate that diverges', () => {
  // With the squared error and a rate of 10, every step makes the error larger.
  const wild = trainSpec.options.parse({
    optimizer: 'sgd',
    lr: 0.01,
    loss: 'mse',
    epochs: 50,
    batch: 8,
    at: '12~10',
  });

  test.each([1, 4])(
    'stops with the iteration, the rate, and the last network whose test loss was finite, in bursts of %i',
    async (most) => {
      const plain = checkpointOf(sketch([2], [{ type: 'dense', units: 2 }]), 7);
      const before = engine.tensorCount();
      const seen: TrainingPoint[] = [];
      const attempt = train(plain, wild, {
        burst: () => most,
        visit: (progress) => seen.push(...progress.points),
      });
      const error: unknown = await attempt.catch((reason: unknown) => reason);
      if (!(error instanceof DivergedError)) throw new Error('it did not diverge');
      expect(error.problem).toMatchObject({
        code: 'divergedChanged',
        params: { iteration: seen.length + 1, learningRate: 10 },
      });
      expect(seen.every(({ trainLoss }) => Number.isFinite(trainLoss))).toBe(true);
      const measured = seen.filter(({ testLoss }) => testLoss !== undefined);
      expect(error.checkpoint.iteration).toBe(measured.at(-1)?.iteration);
      expect(engine.tensorCount()).toBe(before);
    },
  );
});
