import type { Checkpoint } from '../../experiment/checkpoint';
import { ownValues } from '../../experiment/layer-settings';
import { kernelsOf } from '../kernels';
import { allocate } from './allocate';
import type { QuantizeOptions } from './spec';
import { widthLosses, type WidthContext } from './width-losses';

/**
 * The options with bits for each layer where a budget is to be spent on them: the sum of what the layers
 * cost alone is the least of all with `Σ weights · bits ≤ budget · Σ weights`. A layer with bits of its own
 * keeps them.
 * @throws RangeError where they alone are more than the budget: `check` has told.
 */
export async function withinBudget(
  checkpoint: Checkpoint,
  options: QuantizeOptions,
  context: WidthContext,
): Promise<QuantizeOptions> {
  if (options.widths === 'same') return options;
  const own = ownValues(options.layers);
  const losses = await widthLosses(checkpoint, options, context);
  const kernels = kernelsOf(checkpoint);
  const layers = kernels.map(({ layer, parameter }) => ({
    weights: parameter.values.length,
    widths: (losses.get(layer) ?? [])
      .map((cost, i) => ({ bits: i + 1, cost }))
      .filter(({ bits }) => bits === (own.get(layer) ?? bits)),
  }));
  const weights = layers.reduce((sum, layer) => sum + layer.weights, 0);
  const chosen = allocate(layers, options.budget * weights);
  if (chosen === null) throw new RangeError('The layers do not fit into the budget.');
  const settings = kernels.map(({ layer }, i) => `${layer}~${String(chosen[i])}`);
  return { ...options, layers: settings.join('~') };
}
