import type { GeneratedSet } from './generated';
import { noisyPoint } from './generated';

const TURNS = 1.5;
const INNER = 0.05;
const OUTER = 0.95;
/** Distance from an arm to the next, which is the other class's: half of what a turn adds. */
export const ARM_GAP = (OUTER - INNER) / TURNS / 2;

/**
 * Two Archimedean spirals wound into one another, half a turn apart. Noise is in units of the gap
 * between the arms: at 0.5 a standard deviation reaches halfway to the other class.
 */
export const spiral: GeneratedSet = () => (random, index, noise) => {
  const label = index % 2;
  const along = random.uniform();
  const radius = INNER + (OUTER - INNER) * along;
  const angle = 2 * Math.PI * (TURNS * along + label / 2);
  const [x, y] = [radius * Math.cos(angle), radius * Math.sin(angle)];
  return noisyPoint(random, x, y, label, noise * ARM_GAP);
};
