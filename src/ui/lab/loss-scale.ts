import type { Race, Relief, Track } from '../../lab/results';
import { linearAxis, logAxis, type Axis } from '../charts/ticks';

/** How losses are drawn against the step. */
export interface LossScale {
  readonly kind: 'log' | 'linear';
  readonly axis: Axis;
  /** What is drawn of a loss: on a logarithmic scale how far it is above the lowest; NaN where there is nothing. */
  readonly of: (loss: number) => number;
  /** From 0 at the bottom of the axis to 1 at its top. */
  readonly share: (drawn: number) => number;
}

/** Nobody reads further down, or further up from where the races begin. */
const DEEPEST = 1e-18;
const HIGHEST = 1e6;
const TICKS = 6;

/**
 * Logarithmic, from the function's lowest known value; linear where a track falls below it, as on a saddle, over
 * what the picture shows.
 */
export function lossScaleOf(relief: Relief, { tracks, dimension }: Race): LossScale {
  const pairs = dimension / 2;
  const lowest = pairs * relief.lowest;
  const first = tracks[0]?.losses[0] ?? lowest;
  if (relief.minima.length === 0) {
    const shown = tracks.flatMap(({ losses }) => [...losses]).filter((loss) => loss >= lowest);
    const axis = linearAxis([...shown.filter((loss) => loss <= HIGHEST * Math.abs(first))], 5);
    return scale('linear', axis, (loss) => loss);
  }
  // A typed formula may go lower somewhere else.
  const base = tracks.reduce((least, { losses }) => Math.min(least, ...finite(losses)), lowest);
  const of = (loss: number) => (loss > base ? loss - base : NaN);
  const top = Math.max(of(first) || 0, DEEPEST);
  const drawn = tracks
    .flatMap(({ losses }) => [...losses])
    .map(of)
    .filter((value) => value >= top * DEEPEST && value <= top * HIGHEST);
  return scale('log', logAxis(drawn, TICKS), of);
}

function scale(kind: LossScale['kind'], axis: Axis, of: LossScale['of']): LossScale {
  const place = kind === 'log' ? Math.log : (value: number) => value;
  const [low, high] = [place(axis.domain[0]), place(axis.domain[1])];
  return { kind, axis, of, share: (drawn) => (place(drawn) - low) / (high - low) };
}

function finite(losses: Float64Array): Float64Array {
  return losses.filter(Number.isFinite);
}

/** The step at which an optimizer began to diverge, where it did. */
export function onsetOf({ outcome }: Track): number | null {
  return outcome.kind === 'diverged' ? outcome.onset : null;
}
