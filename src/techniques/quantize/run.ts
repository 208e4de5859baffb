import type { Rounding } from '../../engine/trainer';
import { WhittleError } from '../../experiment/problem';
import { randomFrom } from '../../experiment/random';
import { drawBatches } from '../draw-examples';
import type { RunTechnique } from '../run';
import { train } from '../train/run';
import { trainSpec } from '../train/spec';
import { withinBudget } from './budget';
import { correctBiases } from './correct-biases';
import { schemeAt } from './grid';
import { checkLayerBits } from './layer-bits';
import { quantize } from './quantize';
import { isAware, type QuantizeOptions } from './spec';

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
  if (!isAware(options)) {
    const rounded = quantize(checkpoint, await withinBudget(checkpoint, options, context));
    if (options.correct === 'off') return rounded;
    const random = randomFrom(checkpoint.random);
    const [examples] = await drawBatches(context.dataset, 1, random);
    if (examples === undefined) throw new RangeError('There are no examples to train on.');
    const corrected = await correctBiases(checkpoint, rounded, examples, context.engine);
    return { ...corrected, random: random.state() };
  }
  const { lr, batch, epochs } = options;
  const training = trainSpec.options.parse({ lr, batch, epochs });
  const trainingContext = { ...context, current: () => training };
  if (options.scheme === 'codebook') {
    const start =
      context.resume === undefined
        ? quantize(checkpoint, await withinBudget(checkpoint, options, context))
        : checkpoint;
    const tuned = yield* train(start, training, trainingContext, { shares: true });
    // The optimizer's memory is of no more use, nor of others.
    return { ...tuned, optimizer: null };
  }
  const rounding = roundingOf(options);
  const trained = yield* train(checkpoint, training, trainingContext, { rounding });
  // Training fits its grids from minimum to maximum, and so must the last.
  return quantize(trained, { ...options, range: 'minmax' });
};

/** What an engine needs to know of the options. @throws RangeError where it cannot: `check` has told. */
export function roundingOf({ bits, scheme: wanted, granularity }: QuantizeOptions): Rounding {
  const scheme = schemeAt(bits, wanted);
  if (scheme === 'codebook' || scheme === 'power2' || granularity === 'group') {
    throw new RangeError(`Nothing trains with ${scheme} grids for each ${granularity}.`);
  }
  return { scheme, bits, perOutput: granularity === 'channel' };
}
