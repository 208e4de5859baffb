import type { Racer } from './options';
import { stableRate } from './stability';
import type { Outcome, Track } from './results';

/** A slope below this is level, and a curvature below it none. */
const LEVEL = 1e-3;
/** So many times as far from the middle as the picture reaches is far outside. */
const FAR = 10;

/** What an outcome is judged by. */
export interface Evidence extends Pick<Track, 'losses' | 'curvatures'> {
  /** Norm of the gradient at every step. */
  readonly gradients: Float64Array;
  /** Largest distance from zero of any parameter at every step. */
  readonly extents: Float64Array;
  /** The smallest curvature at the end. */
  readonly bend: number;
}

export function outcomeOf(
  evidence: Evidence,
  racer: Racer,
  momentum: number,
  /** How far the picture reaches from zero. */
  reach: number,
): Outcome {
  const { losses, gradients, extents, curvatures, bend } = evidence;
  const [first = NaN] = losses;
  const last = losses.at(-1) ?? NaN;
  const far = tailWhere(extents, (extent) => !(extent <= FAR * reach));
  if (far !== null) {
    if (last < first) return { kind: 'unbounded', step: far };
    const onset = tailWhere(losses, (loss) => !(loss <= first)) ?? far;
    // The step to it was taken at the point before.
    const curvedAt = steepest(curvatures, Math.max(1, onset));
    const curvature = curvatures[curvedAt] ?? NaN;
    const limit = stableRate(racer.optimizer, momentum, curvature);
    return { kind: 'diverged', step: far, onset, curvature, curvedAt, limit };
  }
  if (!Number.isFinite(last) || !Number.isFinite(gradients.at(-1))) {
    return { kind: 'lost', step: losses.length - 1 };
  }
  const level = tailWhere(gradients, (norm) => norm < LEVEL);
  if (level === null) return { kind: 'moving' };
  if (bend < -LEVEL) return { kind: 'saddle', step: level };
  const isFlat = (curvatures.at(-1) ?? NaN) < LEVEL;
  return { kind: isFlat ? 'flat' : 'converged', step: level };
}

/** The first entry from which on all are as asked; null where the last is not. */
function tailWhere(values: Float64Array, holds: (value: number) => boolean): number | null {
  let from: number | null = null;
  for (let i = values.length - 1; i >= 0 && holds(values[i] ?? NaN); i--) from = i;
  return from;
}

/** The index of the largest of the first `count` values. */
function steepest(values: Float64Array, count: number): number {
  let at = 0;
  for (let i = 1; i < Math.min(count, values.length); i++) {
    if ((values[i] ?? -Infinity) > (values[at] ?? -Infinity)) at = i;
  }
  return at;
}
