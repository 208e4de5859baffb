import type { Architecture } from '../../experiment/architecture';
import { checkSettings, layerSettings, ownValues } from '../../experiment/layer-settings';
import type { Problem } from '../../experiment/problem';
import { layerParameters } from '../../experiment/parameters';
import { sizeOf } from '../../experiment/shapes';
import { unitLayers, type UnitLayer } from '../unit-layers';
import type { QuantizeOptions } from './spec';

/** Beyond, tables of centroids weigh more than they save, and powers of two leave float32. */
export const MOST_LISTED_BITS = 8;

/** The most bits that a weight of this scheme can have. */
export function mostBits({ scheme }: Pick<QuantizeOptions, 'scheme'>): number {
  return scheme === 'codebook' || scheme === 'power2' ? MOST_LISTED_BITS : 16;
}

/** The bits of a layer's weights: its own, or those that the others have. */
export function bitsOf(layer: string, { bits, layers }: QuantizeOptions): number {
  return ownValues(layers).get(layer) ?? bits;
}

/** Every width that the options may lead to. */
export function widthsOf(options: QuantizeOptions): readonly number[] {
  const common = options.widths === 'budget' ? mostBits(options) : options.bits;
  return [common, ...layerSettings(options.layers).map(({ value }) => value)];
}

/** The layers that have weights to round. */
export function quantizedLayers(architecture: Architecture): string[] {
  return unitLayers(architecture).map(({ name }) => name);
}

/** Whether the layers with bits of their own are there, and those bits are possible. */
export function checkLayerBits(
  options: QuantizeOptions,
  architecture: Architecture,
): Problem | null {
  const range = { min: 1, max: mostBits(options), integer: true };
  return (
    checkSettings(options.layers, quantizedLayers(architecture), range) ??
    checkBudget(options, architecture)
  );
}

/** Whether the layers with bits of their own leave the others at least one each. */
function checkBudget(
  { widths, budget, layers }: QuantizeOptions,
  architecture: Architecture,
): Problem | null {
  if (widths === 'same') return null;
  const own = ownValues(layers);
  let [bits, weights] = [0, 0];
  for (const layer of unitLayers(architecture)) {
    const size = kernelSize(layer);
    bits += size * (own.get(layer.name) ?? 1);
    weights += size;
  }
  if (bits <= budget * weights) return null;
  const least = Math.ceil((10 * bits) / weights) / 10;
  return {
    code: 'budgetTooSmall',
    params: { budget, least },
    at: 'budget',
    message: `With the bits that layers have of their own, ${String(budget)} a weight are too few: it takes ${String(least)}. Raise the average, or take settings of layers back.`,
  };
}

function kernelSize(layer: UnitLayer): number {
  return layerParameters(layer).reduce(
    (sum, { role, shape }) => sum + (role === 'kernel' ? sizeOf(shape) : 0),
    0,
  );
}
