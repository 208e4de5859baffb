import type { Architecture } from '../experiment/architecture';
import type { Objective } from './trainer';

/** Whether an objective changes a parameter, if gradient descent does: it is of no layer that stays as it is. */
export function isChanging(
  { layers }: Pick<Architecture, 'layers'>,
  { frozen }: Pick<Objective, 'frozen'>,
): (parameter: string) => boolean {
  const kept = new Set(layers.slice(0, frozen).map(({ name }) => name));
  return (parameter) => !kept.has(layerOf(parameter));
}

/** What the learning rate is multiplied by for a parameter. */
export function rateOf(parameter: string, { rates }: Pick<Objective, 'rates'>): number {
  return rates[layerOf(parameter)] ?? 1;
}

/** The layer of a parameter, by their names. */
function layerOf(parameter: string): string {
  return parameter.slice(0, parameter.lastIndexOf('.'));
}
