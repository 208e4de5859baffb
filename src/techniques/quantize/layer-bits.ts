import type { Architecture } from '../../experiment/architecture';
import { checkSettings, layerSettings, ownValues } from '../../experiment/layer-settings';
import type { Problem } from '../../experiment/problem';
import { unitLayers } from '../unit-layers';
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

/** Every width that the options ask for. */
export function widthsOf({ bits, layers }: QuantizeOptions): readonly number[] {
  return [bits, ...layerSettings(layers).map(({ value }) => value)];
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
  return checkSettings(options.layers, quantizedLayers(architecture), range);
}
