import type { HistoryPoint, Variant } from '../experiment/report';
import { isAlone } from '../experiment/variant-id';

/** The history with newer points; a point replaces those of its iteration and after (a step that was run again). */
export function mergeHistory(
  history: readonly HistoryPoint[],
  points: readonly HistoryPoint[],
): readonly HistoryPoint[] {
  const [first] = points;
  if (first === undefined) return history;
  const last = history.at(-1);
  if (last === undefined || last.iteration < first.iteration) return [...history, ...points];
  return [...history.filter(({ iteration }) => iteration < first.iteration), ...points];
}

/** The variants with one added, or put in the place of the one of its id; in the recipe's order. */
export function mergeVariant(variants: readonly Variant[], variant: Variant): readonly Variant[] {
  const others = variants.filter(({ id }) => id !== variant.id);
  return [...others, variant].sort((a, b) => a.step - b.step || a.id.localeCompare(b.id));
}

/** What remains of the results when the steps behind `step` have changed. */
export function upToStep(
  results: { readonly variants: readonly Variant[]; readonly history: readonly HistoryPoint[] },
  step: number,
) {
  return {
    variants: results.variants.filter((variant) => variant.step <= step),
    history: results.history.filter((point) => point.step <= step),
  };
}

/** The two variants that say most: the baseline, and the last one that the whole recipe led to. */
export function defaultChoice(variants: readonly Variant[]): readonly [string, string] | null {
  const baseline = variants.find(({ role }) => role === 'baseline') ?? variants[0];
  const other =
    variants.findLast(
      (variant) => ['combined', 'reshaped'].includes(variant.role) && !isAlone(variant),
    ) ?? variants.findLast((variant) => variant !== baseline);
  if (baseline === undefined || other === undefined || other === baseline) return null;
  return [baseline.id, other.id];
}
