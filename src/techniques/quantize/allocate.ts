import { createBound, type Sized, type Width } from './allocation-bound';

/** One way to give the layers so far their widths. */
interface Way {
  /** Of all weights. */
  readonly bits: number;
  readonly cost: number;
  readonly width: number;
  readonly before: Way | null;
}

/** Costs are sums of rounded numbers: a bound so little above the best may be the best. */
const TOLERANCE = 1e-9;

/**
 * The bits of each layer whose costs have the least sum among all with `Σ weights · bits ≤ budget`; of equal
 * sums that of the fewest bits. Null where even the narrowest widths do not fit.
 *
 * Exact: layer by layer it keeps the ways that no other beats in both bits and cost, and of these the ones
 * that may still become the best, by the bound that Lagrange multipliers give (Shoham & Gersho 1988). A
 * multiple-choice knapsack has so good a bound that few remain.
 */
export function allocate(layers: readonly Sized[], budget: number): readonly number[] | null {
  const useful = layers.map(({ weights, widths }) => ({ weights, widths: worthwhile(widths) }));
  let best = createBound(useful).within(budget);
  if (best === Infinity) return null;
  let ways: readonly Way[] = [{ bits: 0, cost: 0, width: 0, before: null }];
  useful.forEach(({ weights, widths }, i) => {
    const rest = createBound(useful.slice(i + 1));
    const next = ways.flatMap((before) =>
      widths.map(({ bits, cost }) => ({
        ...{ before, width: bits },
        bits: before.bits + weights * bits,
        cost: before.cost + cost,
      })),
    );
    for (const { bits, cost } of next) best = Math.min(best, cost + rest.within(budget - bits));
    const most = best + TOLERANCE * (1 + Math.abs(best));
    ways = unbeaten(next.filter(({ bits, cost }) => cost + rest.below(budget - bits) <= most));
  });
  const chosen = ways.at(-1);
  return chosen === undefined ? null : widthsOf(chosen);
}

function widthsOf(last: Way): readonly number[] {
  const widths: number[] = [];
  for (let way = last; way.before !== null; way = way.before) widths.unshift(way.width);
  return widths;
}

/** Without the widths that cost no less than a narrower one. */
function worthwhile(widths: readonly Width[]): readonly Width[] {
  let least = Infinity;
  return widths.filter(({ cost }) => {
    const isCheaper = cost < least;
    least = Math.min(least, cost);
    return isCheaper;
  });
}

/** The ways that cost less than all with as few bits, by ascending bits and descending cost. */
function unbeaten(ways: readonly Way[]): readonly Way[] {
  const sorted = ways.toSorted((a, b) => a.bits - b.bits || a.cost - b.cost);
  let least = Infinity;
  return sorted.filter(({ cost }) => {
    const isCheaper = cost < least;
    least = Math.min(least, cost);
    return isCheaper;
  });
}
