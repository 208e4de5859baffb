import type { Batch } from '../../experiment/dataset';
import type { Checkpoint } from '../../experiment/checkpoint';
import { randomFrom, type Random, type RandomState } from '../../experiment/random';
import { kernelsOf } from '../kernels';
import { rememberer } from '../remember';
import type { RunContext } from '../run';
import { objectiveOf } from '../train/plan';
import { trainSpec } from '../train/spec';
import { drawBalanced, drawBatches } from '../draw-examples';
import { absoluteSums, chances, products, type Scores } from './scores';
import type { PruneOptions } from './spec';
import { activationProducts, normScales, type UnitScores } from './unit-scores';

/** What a criterion says of a network: of its weights, or of its units. Nothing where magnitude decides. */
export interface Judgement {
  readonly weights?: Scores;
  readonly units?: UnitScores;
}

type Context = Pick<RunContext<PruneOptions>, 'engine' | 'dataset'>;

interface Judged {
  readonly judgement: Judgement;
  /** The generator after what was drawn. */
  readonly random: RandomState;
}

const remembered = rememberer<Judged>();

/** Judges by the options' criterion; one that asks the loss looks at training examples. */
export function judge(
  checkpoint: Checkpoint,
  options: PruneOptions,
  context: Context,
): Promise<Judged> {
  const { pattern, norm, criterion, batches, lr } = options;
  const asked = pattern === 'units' ? ['units', norm] : ['weights', criterion, lr];
  const key = [context.engine.runtime, ...asked, batches].join(' ');
  return remembered(context.dataset, checkpoint, key, () =>
    judgeAnew(checkpoint, options, context),
  );
}

async function judgeAnew(
  checkpoint: Checkpoint,
  options: PruneOptions,
  context: Context,
): Promise<Judged> {
  const random = randomFrom(checkpoint.random);
  const judgement =
    options.pattern === 'units'
      ? await judgeUnits(checkpoint, options, random, context)
      : await judgeWeights(checkpoint, options, random, context);
  return { judgement, random: random.state() };
}

async function judgeUnits(
  checkpoint: Checkpoint,
  { norm, batches }: PruneOptions,
  random: Random,
  context: Context,
): Promise<Judgement> {
  if (norm === 'scale') return { units: normScales(checkpoint) };
  if (norm !== 'taylor') return {};
  const drawn = await drawBatches(context.dataset, batches, random);
  async function* ofUnits() {
    for await (const each of askLoss(checkpoint, drawn, context)) {
      yield activationProducts(checkpoint, each);
    }
  }
  return { units: await absoluteSums(ofUnits()) };
}

async function judgeWeights(
  checkpoint: Checkpoint,
  { criterion, batches, lr }: PruneOptions,
  random: Random,
  context: Context,
): Promise<Judgement> {
  const saliency = async (drawn: readonly Batch[]) => ({
    weights: await absoluteSums(askLoss(checkpoint, drawn, context)),
  });
  switch (criterion) {
    case 'random':
      return { weights: chances(kernelsOf(checkpoint), random) };
    case 'snip':
      return saliency([await drawBalanced(context.dataset, random)]);
    case 'taylor':
      return saliency(await drawBatches(context.dataset, batches, random));
    case 'movement': {
      const drawn = await drawBatches(context.dataset, batches, random);
      return { weights: await movements(checkpoint, drawn, lr, random, context) };
    }
    case 'magnitude':
    case 'threshold':
    case 'scaled':
      return {};
  }
}

/**
 * `−Σ w · ∂L/∂w` over steps of training, one a batch, of a copy of the network: what grows away from zero is
 * high, what shrinks towards it is low, however large it is (Sanh et al. 2020).
 */
async function movements(
  checkpoint: Checkpoint,
  batches: readonly Batch[],
  lr: number,
  random: Random,
  { engine }: Context,
): Promise<Scores> {
  const { task } = checkpoint.architecture;
  const objective = objectiveOf(trainSpec.options.parse({}), task);
  const trainer = await engine.train(checkpoint, objective, null);
  const sums = Object.fromEntries(
    kernelsOf(checkpoint).map(({ name, parameter }) => [name, parameter.values.map(() => 0)]),
  );
  try {
    for (const batch of batches) {
      const moved = { ...checkpoint, parameters: (await trainer.read()).parameters };
      const { gradients } = await engine.gradients(moved, objective, batch);
      for (const [name, values] of Object.entries(products(moved, gradients))) {
        const sum = sums[name];
        values.forEach((value, i) => {
          if (sum) sum[i] = (sum[i] ?? 0) - value;
        });
      }
      await trainer.step(batch, lr, random.uint32());
    }
  } finally {
    trainer.dispose();
  }
  return sums;
}

/** `w · ∂L/∂w` of each batch, L being the loss that the task asks for, without penalties. */
async function* askLoss(
  checkpoint: Checkpoint,
  batches: readonly Batch[],
  { engine }: Context,
): AsyncGenerator<Scores> {
  const objective = objectiveOf(trainSpec.options.parse({}), checkpoint.architecture.task);
  for (const batch of batches) {
    const { gradients } = await engine.gradients(checkpoint, objective, batch);
    yield products(checkpoint, gradients);
  }
}
