import { LINEAR_SHIFT } from '../experiment/dataset';
import type { GeneratedSet } from './generated';

const FEATURES = 10;

/**
 * y = w · x + b + ε with ten features x ~ N(0, 1), weights and bias drawn once from N(0, 1), and
 * ε ~ N(0, noise²): no model reaches a mean squared error below noise² but by luck.
 */
export const linear = linearTask(0);

/** A related task: w + 0.3 v and b + 0.3 c in place of w and b, with v and c ~ N(0, 1). */
export const shiftedLinear = linearTask(LINEAR_SHIFT);

function linearTask(shift: number): GeneratedSet {
  return (fixed) => {
    const first = Array.from({ length: FEATURES + 1 }, () => fixed.normal());
    // Not drawn where nothing is shifted: what a seed means stays as it was.
    const moved = shift === 0 ? first : first.map((value) => value + shift * fixed.normal());
    const [weights, bias = 0] = [moved.slice(0, FEATURES), moved[FEATURES]];
    return (random, _index, noise) => {
      const inputs = weights.map(() => random.normal());
      const clean = inputs.reduce((sum, x, i) => sum + x * (weights[i] ?? 0), bias);
      return { inputs, target: clean + noise * random.normal() };
    };
  };
}
