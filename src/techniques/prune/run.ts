import type { Checkpoint } from '../../experiment/checkpoint';
import { mapSettings, ownValues } from '../../experiment/layer-settings';
import { WhittleError } from '../../experiment/problem';
import { kernelsOf, prunedOf, type Kernel } from '../kernels';
import type { RunContext, RunTechnique } from '../run';
import { train, type Reshaping } from '../train/run';
import { trainSpec } from '../train/spec';
import { judge } from './judge';
import { prune } from './prune';
import { drawnAnew, rewound } from './rewind';
import { gradualExtent, gradualSparsity, roundSparsity } from './schedules';
import { checkLayers, rewindOf, scheduleOf, type PruneOptions } from './spec';

/**
 * Prunes at once, or little by little while it trains.
 * @throws WhittleError where a layer that is set apart is not in the network any more
 */
export const runPrune: RunTechnique<'prune'> = async function* (checkpoint, options, context) {
  const problem = checkLayers(options, checkpoint.architecture);
  if (problem !== null) throw new WhittleError(problem);
  const schedule = scheduleOf(options);
  if (schedule === 'oneshot') return pruneOnce(checkpoint, options, context);
  const { rounds, lr, batch } = options;
  const epochs = (schedule === 'iterative' ? rounds : 1) * options.epochs;
  const training = trainSpec.options.parse({ lr, batch, epochs });
  const reshaping = schedule === 'iterative' ? inRounds : gradually;
  return yield* train(
    checkpoint,
    training,
    { ...context, current: () => training },
    { reshaping: reshaping(options, context) },
  );
};

type Context = RunContext<PruneOptions>;

async function pruneOnce(
  checkpoint: Checkpoint,
  options: PruneOptions,
  context: Context,
): Promise<Checkpoint> {
  const { judgement, random } = await judge(checkpoint, options, context);
  const pruned = { ...prune(checkpoint, options, judgement), random };
  const rewind = rewindOf(options);
  if (rewind === 'off') return pruned;
  if (rewind === 'reinit') return drawnAnew(pruned);
  if (context.past === undefined) throw new Error('Nobody remembers what was before.');
  return rewound(pruned, await context.past(rewind === 'init' ? 0 : options.to));
}

/** Prunes a share of what is left at the beginning of every round. */
function inRounds(options: PruneOptions, context: Context): Reshaping {
  const perRound = (total: number) => total / options.rounds;
  return {
    isDue: (done, { total }) => done < total && done % perRound(total) === 0,
    apply: (checkpoint, done, { total }) => {
      const round = done / perRound(total);
      // What the rounds before have left is a power of the whole.
      const now = onTheWay(options, kernelsOf(checkpoint), (to, kernels) =>
        roundSparsity(sparsityOf(kernels), to, 1, options.rounds - round),
      );
      return pruneOnce({ ...checkpoint, optimizer: null }, now, context);
    },
  };
}

/** Prunes along a cubic, some forty times, then trains on. */
function gradually(options: PruneOptions, context: Context): Reshaping {
  return {
    isDue: (done, extent) => {
      const { every, length } = gradualExtent(options.ramp, extent);
      return done <= length && (done % every === 0 || done === length) && done < extent.total;
    },
    apply: (checkpoint, done, extent) => {
      const { length } = gradualExtent(options.ramp, extent);
      const now = onTheWay(options, kernelsOf(checkpoint), (to) =>
        gradualSparsity(0, to, done / length),
      );
      return pruneOnce(checkpoint, now, context);
    },
  };
}

/** The options with every sparsity as far as it is by now: that of a layer set apart, and that of the others. */
function onTheWay(
  options: PruneOptions,
  kernels: readonly Kernel[],
  sparsityNow: (to: number, kernels: readonly Kernel[]) => number,
): PruneOptions {
  const own = ownValues(options.layers);
  const those = (belongs: (layer: string) => boolean) =>
    kernels.filter(({ layer }) => belongs(layer));
  return {
    ...options,
    sparsity: sparsityNow(
      options.sparsity,
      those((layer) => !own.has(layer)),
    ),
    layers: mapSettings(options.layers, ({ layer, value }) =>
      sparsityNow(
        value,
        those((name) => name === layer),
      ),
    ),
  };
}

/** The share of these kernels' weights that are pruned. */
function sparsityOf(kernels: readonly Kernel[]): number {
  const all = kernels.reduce((sum, { parameter }) => sum + parameter.values.length, 0);
  const gone = kernels.reduce((sum, kernel) => sum + prunedOf(kernel), 0);
  return all === 0 ? 0 : gone / all;
}
