import type { GeneratedSet } from './generated';
import { noisyPoint } from './generated';

const DISC = 0.4;
const RING_INNER = 0.7;
const RING_OUTER = 0.9;

/** Class A fills a disc about the origin, class B a ring around it; both evenly by area. */
export const circles: GeneratedSet = () => (random, index, noise) => {
  const label = index % 2;
  const [inner, outer] = label === 0 ? [0, DISC] : [RING_INNER, RING_OUTER];
  // Even by area: the square of the radius is uniform.
  const radius = Math.sqrt(inner ** 2 + random.uniform() * (outer ** 2 - inner ** 2));
  const angle = 2 * Math.PI * random.uniform();
  return noisyPoint(random, radius * Math.cos(angle), radius * Math.sin(angle), label, noise);
};
