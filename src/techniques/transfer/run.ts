import type { Dataset } from '../../data/dataset';
import type { Engine } from '../../engine/trainer';
import type { Checkpoint } from '../../experiment/checkpoint';
import { randomFrom } from '../../experiment/random';
import type { HistoryPoint } from '../../experiment/report';
import type { RunContext, RunTechnique, StepProgress } from '../run';
import { evaluate } from '../train/evaluate';
import { train, type Reshaping } from '../train/run';
import { trainSpec } from '../train/spec';
import { drawFew, learningFrom } from './few';
import { drawnAnew, newHead, withOldHead } from './head';
import { layerRates } from './rates';
import type { TransferOptions } from './spec';

/**
 * Goes on with a trained network on another task (Yosinski et al. 2014): it gets a new head, and its layers
 * follow `θ_fine = θ_pre − β ∇L_fine`. Along the way its accuracy on the task of before is measured, with the head
 * of then.
 * @throws DivergedError as training does.
 */
export const runTransfer: RunTechnique<'transfer'> = async function* (
  checkpoint,
  options,
  context,
) {
  // In the middle of the step the network is another one already.
  const before = context.before ?? checkpoint;
  const { start, dataset } = await begin(before, options, context);
  const from = context.resume === undefined ? start : checkpoint;
  const tuning = tune(from, options, { ...context, dataset });
  // From scratch nothing is left of the task before.
  return yield* options.from === 'scratch' ? tuning : remembering(before, context, tuning);
};

/** Few examples make short epochs of a large test set, and two are measured. */
const EVALUATIONS = 30;

type Context = RunContext<TransferOptions>;

/**
 * The network before the first iteration, and the data it learns from. With nothing learned before the examples are
 * the same: they are drawn from the checkpoint's generator before anything else.
 */
export async function begin(
  before: Checkpoint,
  { to, from, examples }: TransferOptions,
  { open, dataset: present }: Pick<Context, 'open' | 'dataset'>,
): Promise<{ readonly start: Checkpoint; readonly dataset: Dataset }> {
  const target = to === '' || to === before.dataset ? present : open?.(to);
  if (target === undefined) throw new RangeError('Nothing opens data sets here.');
  const random = randomFrom(before.random);
  const rows = await drawFew(target.train, target.info, examples, random);
  // Of an earlier transfer's examples nothing is left.
  const { examples: _, ...network } = newHead(before, target.info, random);
  const tuned = { ...network, dataset: target.ref, ...(rows && { examples: rows }) };
  return {
    start: from === 'scratch' ? drawnAnew(tuned, random) : tuned,
    dataset: learningFrom(target, rows),
  };
}

/** Trains a network with a new head, each layer at its rate. */
export function tune(
  start: Checkpoint,
  options: TransferOptions,
  context: Context,
): AsyncGenerator<StepProgress, Checkpoint, void> {
  const { head: lr, epochs, batch, optimizer } = options;
  const training = trainSpec.options.parse({ lr, epochs, batch, optimizer });
  const ratesAt = (done: number, extent: Parameters<Reshaping['isDue']>[1]) =>
    layerRates(options, start.architecture, done, extent);
  const thawing: Reshaping = {
    isDue: (done, extent) =>
      done > 0 && ratesAt(done, extent).frozen !== ratesAt(done - 1, extent).frozen,
    // What the optimizer remembers is of fewer layers.
    apply: (now) => Promise.resolve({ ...now, optimizer: null }),
  };
  return train(
    start,
    training,
    { ...context, current: () => training },
    { layerRates: ratesAt, reshaping: thawing, evaluations: EVALUATIONS },
  );
}

/** Adds to every point that was tested what is left of the task of before. */
async function* remembering(
  before: Checkpoint,
  { engine, dataset }: Pick<Context, 'engine' | 'dataset'>,
  tuning: AsyncGenerator<StepProgress, Checkpoint, void>,
): AsyncGenerator<StepProgress, Checkpoint, void> {
  try {
    for (;;) {
      const next = await tuning.next();
      if (next.done === true) return next.value;
      const { points, snapshot } = next.value;
      const last = points.at(-1);
      if (last?.testLoss === undefined) {
        yield next.value;
        continue;
      }
      const { checkpoint } = await snapshot();
      const old = await scoreOf(withOldHead(checkpoint, before), engine, dataset);
      yield { ...next.value, points: [...points.slice(0, -1), { ...last, ...old }] };
    }
  } finally {
    await tuning.return(before);
  }
}

/** On the whole test set. */
async function scoreOf(
  network: Checkpoint,
  engine: Engine,
  { test }: Dataset,
): Promise<Pick<HistoryPoint, 'oldAccuracy' | 'oldLoss'>> {
  const hasClasses = network.architecture.task === 'classification';
  const trainer = await engine.open(network);
  try {
    const { accuracy, loss } = await evaluate(trainer, test, hasClasses ? 'crossentropy' : 'mse');
    return accuracy === undefined ? { oldLoss: loss } : { oldAccuracy: accuracy };
  } finally {
    trainer.dispose();
  }
}
