import type { GeneratedSet } from './generated';
import { noisyPoint } from './generated';

/** Class A lies about (−c, −c), class B about (c, c). */
export const GAUSSIAN_CENTRE = 0.35;
/** Standard deviation of each coordinate, before noise. */
export const GAUSSIAN_SPREAD = 0.2;

/**
 * Two round normal clouds. With noise n a coordinate's standard deviation is σ = √(0.2² + n²), and
 * no classifier is right more often than Φ(√2 · 0.35 / σ).
 */
export const gaussians: GeneratedSet = () => (random, index, noise) => {
  const label = index % 2;
  const centre = label === 0 ? -GAUSSIAN_CENTRE : GAUSSIAN_CENTRE;
  const x = centre + GAUSSIAN_SPREAD * random.normal();
  const y = centre + GAUSSIAN_SPREAD * random.normal();
  return noisyPoint(random, x, y, label, noise);
};
