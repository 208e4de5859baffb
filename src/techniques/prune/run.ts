import type { Checkpoint } from '../../experiment/checkpoint';
import { kernelsOf } from '../kernels';
import type { RunContext, RunTechnique } from '../run';
import { train, type Reshaping } from '../train/run';
import { trainSpec } from '../train/spec';
import { judge } from './judge';
import { prune } from './prune';
import { drawnAnew, rewound } from './rewind';
import { gradualExtent, gradualSparsity, roundSparsity } from './schedules';
import { rewindOf, scheduleOf, type PruneOptions } from './spec';

/** Prunes at once, or little by little while it trains. */
export const runPrune: RunTechnique<'prune'> = async function* (checkpoint, options, context) {
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
      const from = sparsityOf(checkpoint);
      const sparsity = roundSparsity(from, options.sparsity, 1, options.rounds - round);
      return pruneOnce({ ...checkpoint, optimizer: null }, { ...options, sparsity }, context);
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
      const sparsity = gradualSparsity(0, options.sparsity, done / length);
      return pruneOnce(checkpoint, { ...options, sparsity }, context);
    },
  };
}

/** The share of the prunable weights that are pruned. */
function sparsityOf(checkpoint: Checkpoint): number {
  const kernels = kernelsOf(checkpoint);
  const all = kernels.reduce((sum, { parameter }) => sum + parameter.values.length, 0);
  const gone = kernels.reduce(
    (sum, { mask }) => sum + (mask?.reduce((count, bit) => count + 1 - bit, 0) ?? 0),
    0,
  );
  return gone / all;
}
