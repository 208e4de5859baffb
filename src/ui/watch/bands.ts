import type { HistoryPoint } from '../../experiment/report';

/** The iterations of one training step, with the instant steps that came just before it. */
export interface Band {
  /** Iterations at which it begins and ends; the first iteration of a recipe is 1, so it begins at 0. */
  readonly from: number;
  readonly to: number;
  /** Indices in the recipe, in order; instant steps have no iterations and belong to the band they lead to. */
  readonly steps: readonly number[];
  /** Instant steps at its end, which lead to no other band. */
  readonly after: readonly number[];
}

/** A training step that is under way. */
export interface UnderWay {
  readonly step: number;
  /** Iterations it will take. */
  readonly total: number;
}

/**
 * The recipe's steps on the axis of iterations. The one under way reaches as far as it will, so that
 * the axis stands still while the curve grows. Steps after the last training up to `reached` stand at its end.
 */
export function stepBands(
  history: readonly HistoryPoint[],
  reached: number,
  underWay: UnderWay | null,
): readonly Band[] {
  const ends = new Map<number, number>();
  for (const { step, iteration } of history) ends.set(step, iteration);
  const trained = [...ends.keys()].sort((a, b) => a - b);
  const bands: Band[] = [];
  let from = 0;
  let next = 0;
  for (const step of trained) {
    const end = ends.get(step) ?? from;
    const to = underWay?.step === step ? Math.max(end, from + underWay.total) : end;
    bands.push({ from, to, steps: range(next, step), after: [] });
    from = to;
    next = step + 1;
  }
  if (underWay !== null && underWay.step >= next && underWay.total > 0) {
    bands.push({ from, to: from + underWay.total, steps: range(next, underWay.step), after: [] });
    next = underWay.step + 1;
  }
  const last = bands.pop();
  if (last === undefined) return [];
  return [...bands, { ...last, after: range(next, reached) }];
}

/** Whole numbers from `first` to `last`, both included. */
function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}

/** The longest of `texts` (longest first) that is no wider than `width`; empty where none is. */
export function longestFitting(
  texts: readonly string[],
  width: number,
  widthOf: (text: string) => number,
): string {
  return texts.find((text) => widthOf(text) <= width) ?? '';
}
