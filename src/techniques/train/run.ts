import { sharedLevels } from '../../engine/codebook-levels';
import type { Distillation, Objective, Roundings, Trainer } from '../../engine/trainer';
import type { Checkpoint, Parameter } from '../../experiment/checkpoint';
import { withLevels } from '../../experiment/quantizer';
import { randomFrom, type RandomState } from '../../experiment/random';
import { withoutGrids } from '../float-activations';
import type { RunContext, RunTechnique, StepProgress, TrainingPoint } from '../run';
import { DivergedError } from './diverged';
import { bestEpoch, isExhausted } from './early-stopping';
import { beginEpoch, recallEpoch, type Epoch } from './epoch';
import { evaluate, type Evaluation } from './evaluate';
import { isEvaluated, objectiveOf } from './plan';
import { baseRate } from './rate-changes';
import { extentOf, learningRate, type Extent } from './schedule';
import type { TrainOptions } from './spec';

/**
 * Mini-batch gradient descent over shuffled epochs; the last batch of an epoch holds what is left over.
 *
 * - The optimizer starts afresh with every train step (its memory belongs to the loss before pruning
 *   or quantizing) and goes on only from a snapshot of the same step.
 * - Weights leave their quantization levels at the first update, and activations are rounded no more, so the
 *   result is float32 again; masks hold.
 * - With early stopping the result is the epoch of the lowest validation loss, without optimizer state.
 * @throws DivergedError at the first training, validation or test loss that is not finite.
 */
export const runTrain: RunTechnique<'train'> = (checkpoint, options, context) =>
  train(checkpoint, options, context);

/** What changes the network while it trains, as pruning does. It depends on its arguments alone. */
export interface Reshaping {
  /** Whether the network changes when `done` iterations are over and another is to come. */
  readonly isDue: (done: number, extent: Extent) => boolean;
  readonly apply: (checkpoint: Checkpoint, done: number, extent: Extent) => Promise<Checkpoint>;
}

const NEVER: Reshaping = {
  isDue: () => false,
  apply: (checkpoint) => Promise.resolve(checkpoint),
};

/** What other techniques do while they train. */
export interface Besides {
  readonly reshaping?: Reshaping;
  readonly roundings?: Roundings | null;
  /** Weights on one level of a codebook stay on one. */
  readonly shares?: boolean;
  /** Batches carry what a teacher says. */
  readonly distillation?: Distillation | null;
  /** Which layers stay as they are, and how fast each of the others goes, when so many iterations are done. */
  readonly layerRates?: (done: number, extent: Extent) => Pick<Objective, 'frozen' | 'rates'>;
  /** About so many measurements on the test set at most. */
  readonly evaluations?: number;
}

const ALL_ALIKE = () => ({ frozen: 0, rates: {} });

/** Training, between whose iterations the network may change, and in which weights may be rounded. */
export async function* train(
  checkpoint: Checkpoint,
  options: TrainOptions,
  context: RunContext<TrainOptions>,
  {
    reshaping = NEVER,
    layerRates = ALL_ALIKE,
    evaluations = Infinity,
    roundings = null,
    shares = false,
    distillation = null,
  }: Besides = {},
): AsyncGenerator<StepProgress, Checkpoint, void> {
  const extent = extentOf(options, context.dataset.train.count);
  const objective = {
    ...objectiveOf(options, checkpoint.architecture.task),
    ...{ roundings, shares, distillation },
  };
  const optimizer = context.resume === undefined ? null : checkpoint.optimizer;
  const running: { trainer: Trainer | null } = { trainer: null };
  const restart = async (from: Checkpoint, done: number) => {
    running.trainer?.dispose();
    const now = { ...objective, ...layerRates(done, extent) };
    running.trainer = await context.engine.train(from, now, from.optimizer);
    return running.trainer;
  };
  try {
    const rounds = roundings !== null || shares;
    const { architecture } = checkpoint;
    const first = {
      ...{ ...checkpoint, optimizer },
      architecture: rounds ? architecture : withoutGrids(architecture),
    };
    const isMeasured = (done: number) => isEvaluated(done, extent, evaluations);
    return yield* descend(first, options, objective, context, restart, reshaping, isMeasured);
  } finally {
    running.trainer?.dispose();
  }
}

async function* descend(
  first: Checkpoint,
  options: TrainOptions,
  { loss, shares }: Objective,
  { engine: { ahead }, dataset, current, burst = () => 1, resume, rates }: RunContext<TrainOptions>,
  restart: (from: Checkpoint, done: number) => Promise<Trainer>,
  reshaping: Reshaping,
  isDue: (done: number) => boolean,
): AsyncGenerator<StepProgress, Checkpoint, void> {
  const extent = extentOf(options, dataset.train.count);
  const { perEpoch } = extent;
  const total = rates?.length ?? extent.total;
  const isMeasured = () => rates === undefined && isDue(done);
  let start = first;
  let done = resume?.done ?? 0;
  let trainer = await restart(start, done);
  let random = randomFrom(start.random);
  const levels = sharedLevels(first, { shares });
  const iterationsBefore = first.iteration - done;
  const epochsBefore = first.epoch - Math.floor(done / perEpoch);
  const validationLosses = [...(resume?.validationLosses ?? [])];
  let best = resume?.best ?? null;
  let lastGood = first;

  const isFirst = () => epochsBefore + Math.floor(done / perEpoch) === 0;
  let epoch =
    resume === undefined || done % perEpoch === 0
      ? null
      : recallEpoch(resume.epochRandom, dataset.train, isFirst());

  const stateNow = async (): Promise<Checkpoint> => {
    const { parameters, optimizer } = await trainer.read();
    return {
      ...start,
      ...{ parameters, optimizer },
      // Weights leave their levels, unless the levels go with them.
      quantizers: movedCodebooks(start.quantizers, levels, parameters),
      random: random.state(),
      iteration: iterationsBefore + done,
      epoch: epochsBefore + Math.floor(done / perEpoch),
    };
  };

  /** Does iterations of one epoch up to the next measurement, at most so many, and waits for their losses. */
  async function descendFor(most: number, order: Epoch['order']): Promise<TrainingPoint[]> {
    const underWay: Promise<TrainingPoint>[] = [];
    do {
      const within = done % perEpoch;
      const batch = await dataset.train.gather(
        order.subarray(within * options.batch, (within + 1) * options.batch),
      );
      done += 1;
      // Only the rate may change while it runs; everything else is fixed when the step begins.
      const rate =
        rates?.[done - 1] ?? learningRate({ ...options, at: current().at }, done, extent);
      const point = {
        iteration: iterationsBefore + done,
        epoch: epochsBefore + Math.ceil(done / perEpoch),
        learningRate: rate,
      };
      const loss = trainer.step(batch, rate, random.uint32());
      const arriving = loss.then((trainLoss) => ({ ...point, trainLoss }));
      // Whoever waits for the first of them hears of the others' failure as well.
      arriving.catch(() => undefined);
      underWay.push(arriving);
    } while (
      underWay.length < most &&
      done % perEpoch !== 0 &&
      done < total &&
      !isMeasured() &&
      !reshaping.isDue(done, extent)
    );
    return Promise.all(underWay);
  }

  const progress = (points: readonly TrainingPoint[], epochRandom: RandomState): StepProgress => ({
    ...{ done, total, points },
    snapshot: async () => ({
      checkpoint: await stateNow(),
      resume: { done, epochRandom, validationLosses: [...validationLosses], best },
    }),
  });

  const check = (value: number, { iteration, learningRate: rate }: TrainingPoint) => {
    if (Number.isFinite(value)) return;
    const now = baseRate({ ...options, at: current().at }, iteration - iterationsBefore);
    throw new DivergedError(iteration, rate, now !== options.lr, lastGood);
  };

  while (done < total && !isExhausted(validationLosses, options.patience)) {
    if (reshaping.isDue(done, extent)) {
      start = await reshaping.apply(await stateNow(), done, extent);
      random = randomFrom(start.random);
      trainer = await restart(start, done);
    }
    if (epoch === null || done % perEpoch === 0) {
      epoch = beginEpoch(random, dataset.train, isFirst());
    }
    const { order, random: epochRandom } = epoch;
    const before = done;
    const points = await descendFor(Math.min(ahead, burst()), order);
    const bad = points.findIndex(({ trainLoss }) => !Number.isFinite(trainLoss));
    if (bad > 0) {
      done = before + bad;
      yield progress(points.slice(0, bad), epochRandom);
    }
    for (const point of points) check(point.trainLoss, point);
    const last = points.pop();
    if (last === undefined) throw new RangeError('A burst has at least one iteration.');
    if (rates === undefined && options.patience > 0 && done % perEpoch === 0) {
      const validation = await evaluate(trainer, dataset.validation, loss);
      check(validation.loss, last);
      validationLosses.push(validation.loss);
      if (bestEpoch(validationLosses) === validationLosses.length - 1) {
        best = (await trainer.read()).parameters;
      }
    }
    const test =
      isMeasured() || isExhausted(validationLosses, options.patience)
        ? await evaluate(trainer, dataset.test, loss)
        : null;
    if (test !== null) {
      check(test.loss, last);
      lastGood = await stateNow();
    }
    yield progress([...points, { ...last, ...pointOf(test) }], epochRandom);
  }
  return withBest(await stateNow(), best);
}

/** What a point of the curve says of the test set. */
function pointOf(test: Evaluation | null): Partial<TrainingPoint> {
  if (test === null) return {};
  const { loss: testLoss, accuracy: testAccuracy } = test;
  return testAccuracy === undefined ? { testLoss } : { testLoss, testAccuracy };
}

/** The codebooks of the kernels whose weights share levels, after these have moved. */
function movedCodebooks(
  before: Checkpoint['quantizers'],
  levels: ReturnType<typeof sharedLevels>,
  parameters: Checkpoint['parameters'],
): Checkpoint['quantizers'] {
  return Object.fromEntries(
    Object.entries(levels).flatMap(([name, indices]) => {
      const [quantizer, now] = [before[name], parameters[name]];
      return quantizer && now ? [[name, withLevels(quantizer, now.values, indices)]] : [];
    }),
  );
}

function withBest(
  checkpoint: Checkpoint,
  best: Readonly<Record<string, Parameter>> | null,
): Checkpoint {
  return best === null ? checkpoint : { ...checkpoint, parameters: best, optimizer: null };
}
