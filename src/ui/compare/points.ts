import type { Variant } from '../../experiment/report';
import { linearAxis, logAxis, uncrowded } from '../charts/ticks';
import type { Axis } from '../charts/ticks';

/** A variant's place in the chart of accuracy against size. */
export interface Point {
  readonly variant: Variant;
  /** Length of its packed file, in 1,000 bytes. */
  readonly kilobytes: number;
  /** Accuracy in percent, or R². */
  readonly score: number;
}

/** Where the plot lies inside its drawing, in pixels. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Accuracy (percent) or R², whichever the task has. */
export function scoreOf({ metrics }: Variant): number | undefined {
  return metrics.accuracy === undefined ? metrics.r2 : 100 * metrics.accuracy;
}

/** The variants that have a score and a file, those that play a part first: their labels matter most. */
export function pointsOf(variants: readonly Variant[]): readonly Point[] {
  const points = variants.flatMap((variant) => {
    const score = scoreOf(variant);
    const kilobytes = variant.size.packedBytes / 1_000;
    return score === undefined || kilobytes <= 0 ? [] : [{ variant, kilobytes, score }];
  });
  const isOther = ({ variant }: Point) => Number(variant.role === 'other');
  return points.sort((a, b) => isOther(a) - isOther(b));
}

/** The axis of scores, which end at `best`: 100 %, or an R² of 1. One score alone stands in its middle. */
export function scoreAxis(scores: readonly number[], best: number): Axis {
  const [low, high] = [Math.min(...scores), Math.max(...scores)];
  const room = best / 100;
  if (high - low > room / 100) return linearAxis(scores, 4);
  return linearAxis([low - room, Math.min(Math.max(high, best), high + room)], 4);
}

/** The logarithmic axis of file sizes; within a decade it has ticks at round numbers, at least two. */
export function sizeAxis(kilobytes: readonly number[]): Axis {
  const axis = logAxis(kilobytes, 5);
  const [from, to] = axis.domain;
  if (axis.ticks.length > 2) return uncrowded(axis);
  for (const count of [3, 5, 8]) {
    const ticks = linearAxis([from, to], count).ticks.filter((tick) => tick >= from && tick <= to);
    if (ticks.length > 2) return uncrowded({ ...axis, ticks });
  }
  return axis;
}

/** A point's place in pixels; sizes are logarithmic, as on the axis that the chart draws. */
export function placeOf(
  { kilobytes, score }: Point,
  sizes: Axis['domain'],
  scores: Axis['domain'],
  { left, top, right, bottom }: Frame,
): { readonly x: number; readonly y: number } {
  const across = Math.log(kilobytes / sizes[0]) / Math.log(sizes[1] / sizes[0]);
  const up = (score - scores[0]) / (scores[1] - scores[0]);
  return { x: left + across * (right - left), y: bottom - up * (bottom - top) };
}
