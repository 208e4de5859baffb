import { valueOf, type Expression } from './expression';
import { jetOf } from './jet';

/** What is known of a function at a point. */
export interface Slope {
  readonly value: number;
  /** Its Euclidean norm. */
  readonly gradientNorm: number;
  /** Largest and smallest second derivative in any direction: the ends of the Hessian's spectrum. */
  readonly largestCurvature: number;
  readonly smallestCurvature: number;
}

/** A function of so many parameters: a formula's sum over pairs of them. */
export interface Surface {
  readonly dimension: number;
  readonly valueAt: (point: ArrayLike<number>) => number;
  /** Writes the gradient at the point into `gradient`. */
  readonly slopeAt: (point: ArrayLike<number>, gradient: Float64Array) => Slope;
}

export function surfaceOf(expression: Expression, pairs: number): Surface {
  const dimension = 2 * pairs;
  const starts = Array.from({ length: pairs }, (_, pair) => 2 * pair);
  return {
    dimension,
    valueAt: (point) =>
      starts.reduce((sum, i) => sum + valueOf(expression, point[i] ?? 0, point[i + 1] ?? 0), 0),
    slopeAt: (point, gradient) => {
      let [value, squares, largest, smallest] = [0, 0, -Infinity, Infinity];
      for (const i of starts) {
        const jet = jetOf(expression, point[i] ?? 0, point[i + 1] ?? 0);
        gradient[i] = jet.x;
        gradient[i + 1] = jet.y;
        value += jet.value;
        squares += jet.x ** 2 + jet.y ** 2;
        const [low, high] = eigenvalues(jet.xx, jet.xy, jet.yy);
        largest = Math.max(largest, high);
        smallest = Math.min(smallest, low);
      }
      return {
        ...{ value, gradientNorm: Math.sqrt(squares) },
        ...{ largestCurvature: largest, smallestCurvature: smallest },
      };
    },
  };
}

/** Of the symmetric matrix `[[a, b], [b, c]]`, the smaller first. */
export function eigenvalues(a: number, b: number, c: number): readonly [number, number] {
  const middle = (a + c) / 2;
  const half = Math.hypot((a - c) / 2, b);
  return [middle - half, middle + half];
}
