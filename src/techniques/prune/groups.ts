import { ownValues } from '../../experiment/layer-settings';
import type { PruneOptions } from './spec';

/** Layers that are ranked together, and the share of them that goes. */
export interface Group<Member> {
  readonly members: readonly Member[];
  readonly sparsity: number;
}

export type GroupOptions = Pick<PruneOptions, 'scope' | 'sparsity'> &
  Partial<Pick<PruneOptions, 'layers'>>;

/** A layer with a sparsity of its own is a group by itself; the others are one, or each is, by the scope. */
export function groupsOf<Member extends { readonly layer: string }>(
  layers: readonly Member[],
  { scope, sparsity, layers: text = '' }: GroupOptions,
): Group<Member>[] {
  const own = ownValues(text);
  const others = layers.filter(({ layer }) => !own.has(layer));
  const together = scope === 'global' ? [others] : others.map((each) => [each]);
  return [
    ...together.map((members) => ({ members, sparsity })),
    ...layers.flatMap((each) => {
      const value = own.get(each.layer);
      return value === undefined ? [] : [{ members: [each], sparsity: value }];
    }),
  ];
}
