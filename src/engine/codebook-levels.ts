import { levelIndices } from '../experiment/quantizer';
import type { Network, Objective } from './trainer';

/** For each kernel whose weights move together, which level each is on; by name. */
export function sharedLevels(
  { parameters, masks, quantizers = {} }: Network,
  { shares }: Pick<Objective, 'shares'>,
): Readonly<Record<string, Int32Array<ArrayBuffer>>> {
  if (!shares) return {};
  return Object.fromEntries(
    Object.entries(quantizers).flatMap(([name, quantizer]) => {
      const parameter = parameters[name];
      if (parameter === undefined || quantizer.scheme !== 'codebook') return [];
      return [[name, levelIndices(parameter, quantizer, masks[name])]];
    }),
  );
}

/** Levels that the indices count through. */
export function levelCount(indices: Int32Array): number {
  return indices.reduce((most, level) => Math.max(most, level + 1), 0);
}
