import type { GeneratedSet } from './generated';

const FEATURES = 10;

/**
 * y = w · x + b + ε with ten features x ~ N(0, 1), weights and bias drawn once from N(0, 1), and
 * ε ~ N(0, noise²): no model reaches a mean squared error below noise² but by luck.
 */
export const linear: GeneratedSet = (fixed) => {
  const weights = Array.from({ length: FEATURES }, () => fixed.normal());
  const bias = fixed.normal();
  return (random, _index, noise) => {
    const inputs = weights.map(() => random.normal());
    const clean = inputs.reduce((sum, x, i) => sum + x * (weights[i] ?? 0), bias);
    return { inputs, target: clean + noise * random.normal() };
  };
};
