import type { Split } from '../../data/dataset';
import type { Network } from '../../engine/trainer';
import type { Checkpoint } from '../../experiment/checkpoint';
import { denseMultiplyAdds } from '../../experiment/multiply-adds';
import { kernelsOf } from '../kernels';
import type { RunContext } from '../run';
import { evaluate } from '../train/evaluate';
import { objectiveOf } from '../train/plan';
import { trainSpec } from '../train/spec';
import { mostBits } from './layer-bits';
import { quantizeLayer } from './one-layer';
import type { QuantizeOptions } from './spec';

/** Examples that a loss is measured on: as many as so many multiply-adds allow, since somebody waits. */
const MULTIPLY_ADDS = 5e8;
const LEAST_EXAMPLES = 512;
/** What a loss that is no finite number counts as: worse than all others, and still a number to add. */
const HOPELESS = 1e6;

/** Losses by what was measured, for a slider that asks for the same ones at every budget. */
const known = new WeakMap<Checkpoint, Map<string, number>>();

export type WidthContext = Pick<
  RunContext<QuantizeOptions>,
  'engine' | 'dataset' | 'pace' | 'signal'
>;

/**
 * Of each layer by name: the increase of the loss with that layer alone on grids of 1, 2, 3 … bits, on the
 * first examples of the validation part, which neither trains nor tests. What was measured before it was
 * stopped is not measured again.
 */
export async function widthLosses(
  checkpoint: Checkpoint,
  options: QuantizeOptions,
  context: WidthContext,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const whole = await lossOf('', checkpoint, () => checkpoint, context);
  const losses = new Map<string, readonly number[]>();
  for (const { layer } of kernelsOf(checkpoint)) {
    const increases: number[] = [];
    for (let bits = 1; bits <= mostBits(options); bits++) {
      const rounded = () => quantizeLayer(checkpoint, options, layer, bits);
      const { scheme, granularity, group, range, percentile } = options;
      const key = [layer, bits, scheme, granularity, group, range, percentile].join(' ');
      increases.push((await lossOf(key, checkpoint, rounded, context)) - whole);
    }
    losses.set(layer, increases);
  }
  return losses;
}

/** The loss of what `make` makes of a network, by `key`. */
async function lossOf(
  key: string,
  of: Checkpoint,
  make: () => Network,
  context: WidthContext,
): Promise<number> {
  const losses = known.get(of) ?? new Map<string, number>();
  known.set(of, losses);
  const full = `${context.engine.runtime} ${key}`;
  const before = losses.get(full);
  if (before !== undefined) return before;
  const loss = await measured(make(), context);
  losses.set(full, loss);
  await context.pace?.();
  context.signal?.throwIfAborted();
  return loss;
}

async function measured(network: Network, { engine, dataset }: WidthContext): Promise<number> {
  const { validation } = dataset;
  const affordable = Math.floor(MULTIPLY_ADDS / denseMultiplyAdds(network.architecture));
  const examples = Math.min(validation.count, Math.max(LEAST_EXAMPLES, affordable));
  const part: Split = { ...validation, count: examples };
  const objective = objectiveOf(trainSpec.options.parse({}), network.architecture.task);
  const trainer = await engine.open(network);
  try {
    const { loss } = await evaluate(trainer, part, objective.loss);
    return Number.isFinite(loss) ? Math.min(loss, HOPELESS) : HOPELESS;
  } finally {
    trainer.dispose();
  }
}
