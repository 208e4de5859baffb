import type { Trainer } from '../../engine/trainer';
import type { Checkpoint, Parameter } from '../../experiment/checkpoint';
import { randomFrom } from '../../experiment/random';
import type { RunContext, RunTechnique, StepProgress } from '../run';
import { DivergedError } from './diverged';
import { bestEpoch, isExhausted } from './early-stopping';
import { beginEpoch, recallEpoch } from './epoch';
import { evaluate } from './evaluate';
import { isEvaluated, objectiveOf } from './plan';
import { baseRate } from './rate-changes';
import { extentOf, learningRate } from './schedule';
import type { TrainOptions } from './spec';

/**
 * Mini-batch gradient descent over shuffled epochs; the last batch of an epoch holds what is left over.
 *
 * - The optimizer starts afresh with every train step (its memory belongs to the loss before pruning
 *   or quantizing) and goes on only from a snapshot of the same step.
 * - Weights leave their quantization levels at the first update, so the result is float32 again; masks
 *   hold.
 * - With early stopping the result is the epoch of the lowest validation loss, without optimizer state.
 * @throws DivergedError at the first training, validation or test loss that is not finite.
 */
export const runTrain: RunTechnique<'train'> = async function* (checkpoint, options, context) {
  const objective = objectiveOf(options, checkpoint.architecture.task);
  const optimizer = context.resume === undefined ? null : checkpoint.optimizer;
  const trainer = await context.engine.train(checkpoint, objective, optimizer);
  try {
    return yield* descend(trainer, checkpoint, options, objective.loss, context);
  } finally {
    trainer.dispose();
  }
};

async function* descend(
  trainer: Trainer,
  start: Checkpoint,
  options: TrainOptions,
  loss: 'crossentropy' | 'mse',
  { dataset, current, resume }: RunContext<TrainOptions>,
): AsyncGenerator<StepProgress, Checkpoint, void> {
  const extent = extentOf(options, dataset.train.count);
  const { perEpoch, total } = extent;
  const random = randomFrom(start.random);
  let done = resume?.done ?? 0;
  const iterationsBefore = start.iteration - done;
  const epochsBefore = start.epoch - Math.floor(done / perEpoch);
  const validationLosses = [...(resume?.validationLosses ?? [])];
  let best = resume?.best ?? null;
  let lastGood = start;

  const isFirst = () => epochsBefore + Math.floor(done / perEpoch) === 0;
  let epoch =
    resume === undefined || done % perEpoch === 0
      ? null
      : recallEpoch(resume.epochRandom, dataset.train, isFirst());

  const stateNow = async (): Promise<Checkpoint> => ({
    ...start,
    ...(await trainer.read()),
    quantizers: {},
    random: random.state(),
    iteration: iterationsBefore + done,
    epoch: epochsBefore + Math.floor(done / perEpoch),
  });

  while (done < total && !isExhausted(validationLosses, options.patience)) {
    const within = done % perEpoch;
    if (epoch === null || within === 0) epoch = beginEpoch(random, dataset.train, isFirst());
    const { order, random: epochRandom } = epoch;
    const batch = await dataset.train.gather(
      order.subarray(within * options.batch, (within + 1) * options.batch),
    );
    // Only the rate may change while it runs; everything else is fixed when the step begins.
    const rate = learningRate({ ...options, at: current().at }, done + 1, extent);
    const trainLoss = await trainer.step(batch, rate, random.uint32());
    done += 1;
    const iteration = iterationsBefore + done;
    const check = (value: number) => {
      if (Number.isFinite(value)) return;
      const changed = baseRate({ ...options, at: current().at }, done) !== options.lr;
      throw new DivergedError(iteration, rate, changed, lastGood);
    };
    check(trainLoss);
    if (options.patience > 0 && done % perEpoch === 0) {
      const validation = await evaluate(trainer, dataset.validation, loss);
      check(validation.loss);
      validationLosses.push(validation.loss);
      if (bestEpoch(validationLosses) === validationLosses.length - 1) {
        best = (await trainer.read()).parameters;
      }
    }
    const test =
      isEvaluated(done, extent) || isExhausted(validationLosses, options.patience)
        ? await evaluate(trainer, dataset.test, loss)
        : null;
    if (test !== null) {
      check(test.loss);
      lastGood = await stateNow();
    }
    yield {
      done,
      total,
      point: {
        iteration,
        epoch: epochsBefore + Math.ceil(done / perEpoch),
        trainLoss,
        learningRate: rate,
        ...(test === null ? {} : { testLoss: test.loss }),
        ...(test?.accuracy === undefined ? {} : { testAccuracy: test.accuracy }),
      },
      snapshot: async () => ({
        checkpoint: await stateNow(),
        resume: { done, epochRandom, validationLosses: [...validationLosses], best },
      }),
    };
  }
  return withBest(await stateNow(), best);
}

function withBest(
  checkpoint: Checkpoint,
  best: Readonly<Record<string, Parameter>> | null,
): Checkpoint {
  return best === null ? checkpoint : { ...checkpoint, parameters: best, optimizer: null };
}
