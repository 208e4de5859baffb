import type { Metrics } from '../../experiment/report';
import type { Confusion } from './sentence';

/** Fewer of one kind are not worth naming. */
const FEWEST = 3;
/** Nor is a kind that is but a small part of what went wrong. */
const LEAST_SHARE = 0.1;

type Matrix = readonly (readonly number[])[];

/** The mistake that the network makes most often; null where no single one is ahead. */
export function commonestMistake(
  { confusion = [] }: Metrics,
  classes: readonly string[],
): Confusion | null {
  return ahead(confusion, classes, FEWEST);
}

/** The mistake that has become more frequent by most, where `wrong` more examples are wrong. */
export function grownMistake(
  before: Metrics,
  after: Metrics,
  wrong: number,
  classes: readonly string[],
): Confusion | null {
  const growth = after.confusion?.map((row, label) =>
    row.map((count, answer) => count - (before.confusion?.[label]?.[answer] ?? 0)),
  );
  return ahead(growth ?? [], classes, Math.max(FEWEST, LEAST_SHARE * wrong));
}

/** The largest entry off the diagonal, if it is at least `fewest` and no other equals it. */
function ahead(matrix: Matrix, classes: readonly string[], fewest: number): Confusion | null {
  const cells = matrix
    .flatMap((row, label) => row.map((count, answer) => ({ label, answer, count })))
    .filter(({ label, answer }) => label !== answer)
    .sort((a, b) => b.count - a.count);
  const [first, second] = cells;
  if (first === undefined || first.count < fewest || first.count === second?.count) return null;
  return {
    label: classes[first.label] ?? '',
    answer: classes[first.answer] ?? '',
    count: first.count,
  };
}
