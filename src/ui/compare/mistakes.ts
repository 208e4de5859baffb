/** `confusion[label][prediction]`, counts. */
export type ConfusionMatrix = readonly (readonly number[])[];

/** Examples off the diagonal: those that are called something else. */
export function mistakesIn(confusion: ConfusionMatrix): number {
  return offDiagonal(confusion).reduce((sum, count) => sum + count, 0);
}

/** The most frequent mistake of all the matrices: they share one scale, so that like is compared with like. */
export function largestMistake(matrices: readonly ConfusionMatrix[]): number {
  return Math.max(0, ...matrices.flatMap(offDiagonal));
}

/**
 * How strongly a mistake is shaded, 0 to 1, against the most frequent one. The square root keeps rare
 * ones visible beside it.
 */
export function shade(count: number, largest: number): number {
  return largest > 0 ? Math.sqrt(count / largest) : 0;
}

function offDiagonal(confusion: ConfusionMatrix): number[] {
  return confusion.flatMap((row, label) => row.filter((_, said) => said !== label));
}
