/** The likeliest class of an answer, and its probability. */
export interface Saying {
  readonly best: number;
  readonly share: number;
}

/** What probabilities say; null where there are none. */
export function sayingOf(shares: Float32Array): Saying | null {
  let best = -1;
  shares.forEach((share, i) => {
    if (share > (shares[best] ?? -Infinity)) best = i;
  });
  return best < 0 ? null : { best, share: shares[best] ?? 0 };
}

/** Whether all name the same class; one alone agrees with itself. */
export function agree(sayings: readonly Saying[]): boolean {
  return sayings.every(({ best }) => best === sayings[0]?.best);
}
