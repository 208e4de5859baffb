import type { GeneratedSet } from './generated';
import { noisyPoint } from './generated';

/** Points keep this distance from the axes, before noise. */
const GAP = 0.1;
const SIDE = 0.8;

/** Four squares, one a quadrant: class A where both coordinates have the same sign, class B elsewhere. */
export const xor: GeneratedSet = () => (random, index, noise) => {
  const label = index % 2;
  // Consecutive pairs take opposite quadrants, so that each holds a quarter of the points.
  const signX = (index >> 1) % 2 === 0 ? 1 : -1;
  const signY = label === 0 ? signX : -signX;
  const x = signX * (GAP + SIDE * random.uniform());
  const y = signY * (GAP + SIDE * random.uniform());
  return noisyPoint(random, x, y, label, noise);
};
