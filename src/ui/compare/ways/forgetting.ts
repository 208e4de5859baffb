import type { HistoryPoint, Variant } from '../../../experiment/report';
import { variantId } from '../../../experiment/variant-id';

interface Measured {
  /** Since the transfer began. */
  readonly iteration: number;
  readonly score: number;
}

/** How a network does on two tasks while it goes from one to the other, each with its own head. */
export interface Forgetting {
  /** Scores are mean squared errors, not accuracies. */
  readonly isError: boolean;
  /** On the task before: what it was, and what is left. */
  readonly before: number;
  readonly after: number;
  /** From the one to the other. */
  readonly old: readonly Measured[];
  /** On the new one; nothing where that is scored otherwise. */
  readonly now: readonly Measured[];
}

/** What is left of the task before a transfer, along its training; null where that was not measured. */
export function forgettingOf(
  step: number,
  variants: readonly Variant[],
  history: readonly HistoryPoint[],
): Forgetting | null {
  const before = variants.find(({ id }) => id === variantId(step - 1))?.metrics;
  const way = history.filter((point) => point.step === step);
  const isError = before?.accuracy === undefined;
  const known = isError ? before?.mse : before.accuracy;
  const start = (way[0]?.iteration ?? 1) - 1;
  const along = (scoreOf: (point: HistoryPoint) => number | undefined) =>
    way.flatMap((point): readonly Measured[] => {
      const score = scoreOf(point);
      return score === undefined ? [] : [{ iteration: point.iteration - start, score }];
    });
  const left = along(({ oldLoss, oldAccuracy }) => (isError ? oldLoss : oldAccuracy));
  const last = left.at(-1);
  if (known === undefined || last === undefined) return null;
  return {
    ...{ isError, before: known, after: last.score },
    old: [{ iteration: 0, score: known }, ...left],
    now: along(({ testLoss, testAccuracy }) =>
      !isError ? testAccuracy : testAccuracy === undefined ? testLoss : undefined,
    ),
  };
}
