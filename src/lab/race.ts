import type { Updaters } from '../engine/updater';
import { randomOf } from '../experiment/random';
import type { Frame } from './landscapes';
import type { LabOptions, Racer } from './options';
import { outcomeOf } from './outcome';
import { startUndefined } from './problems';
import type { Track } from './results';
import { closedFormOf } from './stability';
import type { Surface } from './surface';

/** Beyond this a race is over: float32 numbers soon are no longer finite. */
const BOUND = 1e6;

export interface Course {
  readonly surface: Surface;
  readonly frame: Frame;
  readonly minima: readonly (readonly [number, number])[];
  /** The second derivatives of a quadratic, by parameter; null where it is none. */
  readonly curvatures: readonly number[] | null;
}

/**
 * The way of one optimizer down a function: the gradient at its point in double precision, noise from the seed
 * (the same for every optimizer), then the engine's own update in its own.
 * @throws WhittleError where the function has no value or slope at the start
 */
export function race(course: Course, options: LabOptions, racer: Racer, updaters: Updaters): Track {
  const { surface, frame, minima } = course;
  const { dimension } = surface;
  const { momentum, decay, noise, steps } = options;
  const { optimizer, learningRate } = racer;
  const start = startOf(options, dimension);
  const random = randomOf(options.seed);
  const slope = new Float64Array(dimension);
  const gradient = new Float32Array(dimension);
  const path = new Float32Array((steps + 1) * dimension);
  const lists = () => new Float64Array(steps + 1);
  const [losses, gradients, extents, curvatures] = [lists(), lists(), lists(), lists()];
  const distances = minima.length > 0 ? lists() : null;
  let bend: number;

  const updater = updaters(Float32Array.from(start), { optimizer, momentum, decay });
  let point: ArrayLike<number> = Float32Array.from(start);
  let count = 0;
  try {
    for (;;) {
      const here = surface.slopeAt(point, slope);
      const extent = extentOf(point);
      path.set(point, count * dimension);
      losses[count] = here.value;
      gradients[count] = here.gradientNorm;
      extents[count] = extent;
      curvatures[count] = here.largestCurvature;
      if (distances !== null) distances[count] = distanceTo(minima, point);
      bend = here.smallestCurvature;
      count += 1;
      const isFinite = Number.isFinite(here.value) && Number.isFinite(here.gradientNorm);
      if (count === 1 && !isFinite) throw startUndefined();
      if (count > steps || !isFinite || !(extent <= BOUND)) break;
      for (let i = 0; i < dimension; i++) {
        gradient[i] = (slope[i] ?? 0) + (noise > 0 ? noise * random.normal() : 0);
      }
      point = updater.update(gradient, learningRate);
    }
  } finally {
    updater.dispose();
  }

  const cut = (list: Float64Array) => list.slice(0, count);
  const evidence = {
    ...{ losses: cut(losses), gradients: cut(gradients), extents: cut(extents) },
    ...{ curvatures: cut(curvatures), bend },
  };
  const reach = Math.max(...Object.values<number>({ ...frame }).map(Math.abs));
  return {
    ...{ optimizer, learningRate, path: path.slice(0, count * dimension) },
    losses: evidence.losses,
    curvatures: evidence.curvatures,
    distances: distances && cut(distances),
    outcome: outcomeOf(evidence, racer, momentum, reach),
    closedForm:
      optimizer === 'sgd' && course.curvatures !== null
        ? closedFormOf(start, course.curvatures, learningRate, count - 1)
        : null,
  };
}

/** The start's x and y in turn. */
export function startOf({ x, y }: Pick<LabOptions, 'x' | 'y'>, dimension: number): number[] {
  return Array.from({ length: dimension }, (_, i) => (i % 2 === 0 ? x : y));
}

function extentOf(point: ArrayLike<number>): number {
  let extent = 0;
  for (let i = 0; i < point.length; i++) {
    const size = Math.abs(point[i] ?? 0);
    // NaN stays NaN.
    if (!(size <= extent)) extent = size;
  }
  return extent;
}

/** To the nearest of the minima, each of which has the same x and y in every pair of parameters. */
function distanceTo(
  minima: readonly (readonly [number, number])[],
  point: ArrayLike<number>,
): number {
  let nearest = Infinity;
  for (const minimum of minima) {
    let squares = 0;
    for (let i = 0; i < point.length; i++) {
      squares += ((point[i] ?? 0) - (minimum[i % 2] ?? 0)) ** 2;
    }
    nearest = Math.min(nearest, squares);
  }
  return Math.sqrt(nearest);
}
