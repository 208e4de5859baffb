import type { Variant, VariantRole } from '../../experiment/report';
import { defaultChoice } from '../../state/results';

const ORDER: readonly VariantRole[] = [
  ...(['baseline', 'pruned', 'quantized', 'reshaped', 'combined', 'other'] as const),
];

/** The variants by role, and within a role in the recipe's order. */
export function inOrder(variants: readonly Variant[]): readonly Variant[] {
  return [...variants].sort(
    (a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role) || a.step - b.step,
  );
}

/**
 * What the comparison shows first: of each role the last variant, which the steps before it led to. A
 * step that plays no part is among them where it is the newest: the network as it now is.
 */
export function mainVariants(variants: readonly Variant[]): readonly Variant[] {
  const newest = Math.max(...variants.map(({ step }) => step));
  const ordered = inOrder(variants);
  return ordered.filter((variant, i) =>
    variant.role === 'other' ? variant.step === newest : ordered[i + 1]?.role !== variant.role,
  );
}

/** The variant that the others are compared with; undefined where nothing has been measured. */
export function baselineOf(variants: readonly Variant[]): Variant | undefined {
  return inOrder(variants).findLast(({ role }) => role === 'baseline') ?? variants[0];
}

export type Pair = readonly [Variant, Variant];

/** The two variants in detail: those chosen where both are there, else the two that say most. */
export function pairOf(
  variants: readonly Variant[],
  chosen: readonly [string, string] | null,
): Pair | null {
  const find = (ids: readonly [string, string] | null): Pair | null => {
    const [a, b] = (ids ?? []).map((id) => variants.find((variant) => variant.id === id));
    return a === undefined || b === undefined ? null : [a, b];
  };
  return find(chosen) ?? find(defaultChoice(variants));
}

/** The ids after one side was given another variant; the two change places where it was the other's. */
export function withSide([a, b]: Pair, side: 0 | 1, id: string): readonly [string, string] {
  if (side === 0) return [id, id === b.id ? a.id : b.id];
  return [id === a.id ? b.id : a.id, id];
}
