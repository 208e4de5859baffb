import type { Architecture } from '../../experiment/architecture';
import { unitLayers, type UnitLayer } from '../unit-layers';

export type Pair = readonly [layer: UnitLayer, reader: UnitLayer];

/** What a positive factor passes through unchanged, so that f(s·x) = s·f(x). */
const HOMOGENEOUS: readonly string[] = ['relu', 'leaky', 'none'];
const TRANSPARENT: readonly string[] = ['maxpool', 'avgpool', 'dropout', 'flatten'];

/** Neighbours between which a factor can move: nothing lies between but what passes it on. */
export function equalizablePairs(architecture: Architecture): readonly Pair[] {
  const { layers } = architecture;
  const units = unitLayers(architecture);
  return units.slice(0, -1).flatMap((layer, i): Pair[] => {
    const reader = units[i + 1];
    if (reader === undefined || !HOMOGENEOUS.includes(layer.activation)) return [];
    const between = layers.slice(layers.indexOf(layer) + 1, layers.indexOf(reader));
    return between.every(({ type }) => TRANSPARENT.includes(type)) ? [[layer, reader]] : [];
  });
}
