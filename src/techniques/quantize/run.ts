import type { Rounding } from '../../engine/trainer';
import type { RunTechnique } from '../run';
import { train } from '../train/run';
import { trainSpec } from '../train/spec';
import { schemeAt } from './grid';
import { quantize } from './quantize';
import { isAware, type QuantizeOptions } from './spec';

/** Rounds at once, or after training in which weights are rounded whenever they are read. */
export const runQuantize: RunTechnique<'quantize'> = async function* (
  checkpoint,
  options,
  context,
) {
  // Training fits its grids from minimum to maximum, and so must the last.
  if (!isAware(options)) return quantize(checkpoint, options);
  const { lr, batch, epochs } = options;
  const training = trainSpec.options.parse({ lr, batch, epochs });
  const rounding = roundingOf(options);
  const trained = yield* train(
    checkpoint,
    training,
    { ...context, current: () => training },
    { rounding },
  );
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
