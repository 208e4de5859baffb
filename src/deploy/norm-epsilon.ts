import { BATCH_NORM_EPSILON } from '../engine/constants';

interface Scaling {
  readonly scale: Float32Array;
  readonly variance: Float32Array;
}

/**
 * Scale and variance with which batch norm does here, where ε is always the same, what it does elsewhere with
 * another: `γ / √(v + ε)` stays. A variance that had to be negative for that is 0, and the scale takes on the rest.
 * Where `v + ε` is not positive, no number comes out.
 */
export function withOurEpsilon({ scale, variance }: Scaling, given: number): Scaling {
  // A float32 of the same ε is that ε.
  const isOurs = Math.fround(given) === Math.fround(BATCH_NORM_EPSILON);
  const epsilon = isOurs ? BATCH_NORM_EPSILON : given;
  const ours = variance.map((v) => Math.max(0, v + (epsilon - BATCH_NORM_EPSILON)));
  return {
    scale: scale.map((gamma, i) => {
      const [v = 0, v2 = 0] = [variance[i], ours[i]];
      return gamma * Math.sqrt((v2 + BATCH_NORM_EPSILON) / (v + epsilon));
    }),
    variance: ours,
  };
}
