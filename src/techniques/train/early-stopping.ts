/**
 * Whether training stops: `patience` epochs in a row have not brought a validation loss below the best
 * before them (Prechelt 1998). Patience 0 never stops.
 */
export function isExhausted(validationLosses: readonly number[], patience: number): boolean {
  if (patience === 0 || validationLosses.length === 0) return false;
  return validationLosses.length - 1 - bestEpoch(validationLosses) >= patience;
}

/** Index of the lowest loss, the first of equal ones; −1 without any. */
export function bestEpoch(validationLosses: readonly number[]): number {
  return validationLosses.indexOf(Math.min(...validationLosses));
}
