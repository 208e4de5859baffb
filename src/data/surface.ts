import type { GeneratedSet } from './generated';

/** The surface without noise: a hill and a valley, z in [−1, 1] for x and y in [−1, 1]. */
export function heightAt(x: number, y: number): number {
  return Math.sin(Math.PI * x) * Math.cos((Math.PI * y) / 2);
}

/** z = sin(πx) · cos(πy/2) + ε at points spread evenly over [−1, 1]², with ε ~ N(0, noise²). */
export const surface: GeneratedSet = () => (random, _index, noise) => {
  const x = 2 * random.uniform() - 1;
  const y = 2 * random.uniform() - 1;
  return { inputs: [x, y], target: heightAt(x, y) + noise * random.normal() };
};
