// @ts-check

/**
 * Between the values in order, linearly.
 *
 * @param {readonly number[]} values
 * @param {number} share
 */
export function quantile(values, share) {
  const ordered = values.toSorted((a, b) => a - b);
  const at = share * (ordered.length - 1);
  const below = ordered[Math.floor(at)] ?? NaN;
  const above = ordered[Math.ceil(at)] ?? NaN;
  return below + (at - Math.floor(at)) * (above - below);
}

/** @param {readonly number[]} values */
export function median(values) {
  return quantile(values, 0.5);
}

/**
 * How many times `one` is `other`: the median of the rounds' own ratios, in which what slows a whole round
 * down cancels.
 *
 * @param {readonly (number | null)[]} one By round; null where it sat out.
 * @param {readonly (number | null)[]} other
 */
export function pairedRatio(one, other) {
  return median(
    one.flatMap((value, round) => {
      const beside = other[round] ?? null;
      return value === null || beside === null ? [] : [value / beside];
    }),
  );
}
