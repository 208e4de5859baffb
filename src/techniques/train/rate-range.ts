import type { RatePoint, RateSuggestion } from '../../experiment/rate-range';
import { withinRange } from './rate-changes';

/** What the loss before counts beside a new one. */
const MEMORY = 0.9;

/**
 * The points with one more loss, smoothed as `s ← β s + (1 − β) loss`, divided by `1 − βⁿ` since s began at 0
 * (the bias correction of Kingma & Ba 2015).
 */
export function withLoss(points: readonly RatePoint[], rate: number, loss: number): RatePoint[] {
  const corrected = (count: number) => 1 - MEMORY ** count;
  const before = (points.at(-1)?.smoothed ?? 0) * corrected(points.length);
  const sum = MEMORY * before + (1 - MEMORY) * loss;
  return [...points, { rate, loss, smoothed: sum / corrected(points.length + 1) }];
}

/** Losses that say where it began, at rates that change next to nothing. */
const FIRST = 10;
/** A smoothed loss so many times the best before it does not come back. */
const LOST = 4;

/** Whether the smoothed loss has grown so much that greater rates need not be tried. */
export function isLost(points: readonly RatePoint[]): boolean {
  const best = Math.min(...points.slice(FIRST).map(({ smoothed }) => smoothed));
  return (points.at(-1)?.smoothed ?? 0) > LOST * best;
}

/**
 * A tenth of the rate at which the smoothed loss is lowest (Howard & Gugger 2020, "Deep learning for coders",
 * chapter 5): at the lowest point itself it is about to rise. To two digits, within the option's range.
 *
 * Null where the loss never falls below the mean of the first ten by more than these differ among themselves,
 * one standard deviation: what looks like a fall may be the batches.
 */
export function suggestRate(points: readonly RatePoint[]): RateSuggestion | null {
  const first = points.slice(0, FIRST).map(({ loss }) => loss);
  const mean = meanOf(first);
  const deviation = Math.sqrt(meanOf(first.map((loss) => (loss - mean) ** 2)));
  const lowest = points
    .slice(FIRST)
    .reduce<RatePoint | null>(
      (best, point) => (best === null || point.smoothed < best.smoothed ? point : best),
      null,
    );
  if (lowest === null || mean - lowest.smoothed <= deviation) return null;
  return { rate: withinRange(Number((lowest.rate / 10).toPrecision(2))), lowest };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
