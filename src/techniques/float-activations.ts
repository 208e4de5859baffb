import type { Architecture } from '../experiment/architecture';

/** The network whose layers take in what they are given, not what is left of it on a grid. */
export function withoutGrids(architecture: Architecture): Architecture {
  const layers = architecture.layers.filter(({ type }) => type !== 'quantize');
  return layers.length === architecture.layers.length ? architecture : { ...architecture, layers };
}
