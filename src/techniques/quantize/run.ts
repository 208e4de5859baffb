import type { Rounding, Roundings } from '../../engine/trainer';
import type { Checkpoint } from '../../experiment/checkpoint';
import type { Batch } from '../../experiment/dataset';
import { WhittleError } from '../../experiment/problem';
import { randomFrom, type RandomState } from '../../experiment/random';
import { drawBatches } from '../draw-examples';
import { kernelsOf } from '../kernels';
import { rememberer } from '../remember';
import type { RunContext, RunTechnique, StepProgress } from '../run';
import { train } from '../train/run';
import { trainSpec } from '../train/spec';
import { calibrate, withGrids, type ActivationGrids } from './activation-grids';
import { withinBudget } from './budget';
import { correctBiases } from './correct-biases';
import { equalize } from './equalize';
import { rangeOf, schemeAt } from './grid';
import { bitsOf, checkLayerBits } from './layer-bits';
import { learnRounding } from './learned-rounding';
import { onLearnedGrids, withSteps } from './learned-steps';
import { quantize } from './quantize';
import { isAware, isEven, type QuantizeOptions } from './spec';

type Context = RunContext<QuantizeOptions>;

/**
 * Rounds at once; or after training in which weights are rounded whenever they are read; or, with a codebook,
 * before training in which its centroids move.
 * @throws WhittleError where a layer with bits of its own is not in the network any more
 */
export const runQuantize: RunTechnique<'quantize'> = async function* (
  checkpoint,
  options,
  context,
) {
  const problem = checkLayerBits(options, checkpoint.architecture);
  if (problem !== null) throw new WhittleError(problem);
  return isAware(options)
    ? yield* quantizeAware(checkpoint, options, context)
    : quantizeAfter(checkpoint, options, context);
};

/** Rounds what is trained already. Whatever asks for examples takes the same 128 of the training set. */
async function quantizeAfter(
  checkpoint: Checkpoint,
  options: QuantizeOptions,
  context: Context,
): Promise<Checkpoint> {
  const whole = options.equalize === 'on' ? equalize(checkpoint) : checkpoint;
  const given = await withinBudget(whole, options, context);
  const nearest = quantize(whole, given);
  const learns = options.rounding === 'learned' && isEven(options);
  const corrects = options.correct === 'bias';
  if (!learns && !corrects && options.target === 'weights') return nearest;
  const { engine } = context;
  const { examples, random } = await drawExamples(checkpoint, context);
  const rounded = learns ? await learnRounding(whole, nearest, examples, context) : nearest;
  // Ranges are those of the network before its weights were rounded, whatever they are rounded to.
  const gridded = await withActivations(whole, rounded, options, context);
  const corrected = corrects ? await correctBiases(whole, gridded, examples, engine) : gridded;
  return { ...corrected, random };
}

async function* quantizeAware(
  checkpoint: Checkpoint,
  options: QuantizeOptions,
  context: Context,
): AsyncGenerator<StepProgress, Checkpoint, void> {
  const { lr, batch, epochs } = options;
  const training = trainSpec.options.parse({ lr, batch, epochs });
  const trainingContext = { ...context, current: () => training };
  // In the middle of it, too, a budget is spent as it was in the beginning.
  const given = await withinBudget(context.before ?? checkpoint, options, context);
  const roundings = roundingsOf(checkpoint, given);
  const start =
    context.resume === undefined
      ? await withActivations(
          checkpoint,
          roundings === null ? quantize(checkpoint, given) : withSteps(checkpoint, roundings),
          options,
          context,
        )
      : checkpoint;
  const besides = roundings === null ? { shares: true } : { roundings };
  const trained = yield* train(start, training, trainingContext, besides);
  // What the optimizer remembers of levels and steps is of no use to others.
  const done = { ...trained, optimizer: null };
  if (roundings === null) return done;
  // Training fits its grids from minimum to maximum, and so must the last.
  const fitted = quantize(done, { ...given, range: 'minmax' });
  return onLearnedGrids(done, roundings, fitted);
}

/** The network with grids for what its layers take in, fitted to what `calibrated` does on training examples. */
async function withActivations(
  calibrated: Checkpoint,
  checkpoint: Checkpoint,
  options: QuantizeOptions,
  context: Context,
): Promise<Checkpoint> {
  if (options.target === 'weights') return checkpoint;
  const grids = await gridsOf(calibrated, options, context);
  return { ...checkpoint, architecture: withGrids(checkpoint.architecture, grids) };
}

const remembered = rememberer<ActivationGrids>();

function gridsOf(
  checkpoint: Checkpoint,
  { abits: bits, arange, percentile }: QuantizeOptions,
  context: Context,
): Promise<ActivationGrids> {
  const { engine, dataset } = context;
  const range = rangeOf(arange, percentile);
  const key = [engine.runtime, bits, arange, percentile].join(' ');
  return remembered(dataset, checkpoint, key, async () => {
    const { examples } = await drawExamples(checkpoint, context);
    return calibrate(checkpoint, { bits, range }, examples, engine);
  });
}

/** The examples that calibration looks at, and the generator after they were drawn. */
async function drawExamples(
  checkpoint: Checkpoint,
  { dataset }: Context,
): Promise<{ readonly examples: Batch; readonly random: RandomState }> {
  const random = randomFrom(checkpoint.random);
  const [examples] = await drawBatches(dataset, 1, random);
  if (examples === undefined) throw noExamples(dataset.info.id);
  return { examples, random: random.state() };
}

/** How each kernel is rounded while it trains; null with codebooks, which are made before. */
export function roundingsOf(
  checkpoint: Pick<Checkpoint, 'architecture' | 'parameters' | 'masks'>,
  options: QuantizeOptions,
): Roundings | null {
  if (options.scheme === 'codebook') return null;
  const { scheme: wanted, granularity, group, aware } = options;
  const roundings = kernelsOf(checkpoint).map(({ name, layer }): [string, Rounding] => {
    const bits = bitsOf(layer, options);
    // A sign alone has no step to learn: its scale is fitted.
    const scheme = aware === 'lsq' && bits > 1 ? 'learned' : schemeAt(bits, wanted);
    return [name, { scheme, bits, granularity, group }];
  });
  return Object.fromEntries(roundings);
}

function noExamples(dataset: string): WhittleError {
  return new WhittleError({
    code: 'noCalibrationExamples',
    params: { dataset },
    at: 'target',
    message: `The data set ${dataset} has no training examples to calibrate on. Choose another, or quantize the weights alone, without bias correction and learned rounding.`,
  });
}
