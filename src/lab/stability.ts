import type { RacerId } from './options';

/**
 * The largest learning rate that does not diverge on a bowl of curvature λ > 0: gradient descent multiplies the
 * distance by `1 − ηλ`, so `2/λ`; with momentum μ (Polyak 1964) `2(1 + μ)/λ`; with Nesterov's look-ahead, as
 * `engine/transforms` has it, `2(1 + μ)/((1 + 2μ)λ)`. Null for optimizers that divide by the size of the gradient
 * or take its sign alone.
 */
export function stableRate(optimizer: RacerId, momentum: number, curvature: number): number | null {
  if (!(curvature > 0)) return null;
  switch (optimizer) {
    case 'sgd':
      return 2 / curvature;
    case 'momentum':
      return (2 * (1 + momentum)) / curvature;
    case 'nesterov':
      return (2 * (1 + momentum)) / ((1 + 2 * momentum) * curvature);
    case 'rmsprop':
    case 'adagrad':
    case 'adam':
    case 'adamw':
    case 'lion':
      return null;
  }
}

/** Where gradient descent on `½ Σ λᵢθᵢ²` is after each step: `(1 − ηλᵢ)ᵗ θᵢ`, `[steps + 1, dimension]`. */
export function closedFormOf(
  start: readonly number[],
  curvatures: readonly number[],
  learningRate: number,
  steps: number,
): Float64Array {
  const size = start.length;
  const points = new Float64Array((steps + 1) * size);
  const factors = start.map((_, i) => 1 - learningRate * (curvatures[i] ?? 0));
  for (let i = 0; i < points.length; i++) {
    points[i] = (factors[i % size] ?? 0) ** Math.floor(i / size) * (start[i % size] ?? 0);
  }
  return points;
}
