import type { Checkpoint } from '../experiment/checkpoint';
import { createCache } from './cache';
import type { Key } from './keys';

/** A network on its way through a step's training. */
export interface TrailPoint {
  readonly iteration: number;
  readonly parameters: Checkpoint['parameters'];
}

/** Networks that are kept of one step. */
const MOST = 16;
/** Of larger networks none is. */
const LARGEST_BYTES = 4e6;
const BUDGET_BYTES = 64e6;

/** The way of a step's training, as it grows. */
export interface Trail {
  /**
   * Offers a point. Of sixteen all are kept, of more every second, then every fourth …: which depends on their
   * number alone, since the step began or went on after a reload, and only what is kept is read.
   */
  readonly add: (snapshot: () => Promise<Checkpoint>) => Promise<void>;
  readonly points: () => readonly TrailPoint[];
}

/** @param network as the step begins with: of a large one nothing is kept, and nothing read */
export function createTrail(network: Pick<Checkpoint, 'parameters'>): Trail {
  if (bytesOf(network.parameters) > LARGEST_BYTES) {
    return { points: () => [], add: () => Promise.resolve() };
  }
  let points: TrailPoint[] = [];
  let every = 1;
  let offered = 0;
  return {
    points: () => points,
    add: async (snapshot) => {
      const isDue = offered % every === 0;
      offered += 1;
      if (!isDue) return;
      const { parameters, iteration } = await snapshot();
      if (points.length === MOST) {
        points = points.filter((_, i) => i % 2 === 0);
        every *= 2;
      }
      // After a lost backend some of the way is gone once more.
      const before = points.filter((point) => point.iteration < iteration);
      points = [...before, { iteration, parameters }];
    },
  };
}

/** Trails by the steps that left them. */
export type Trails = ReturnType<typeof createTrails>;

export function createTrails() {
  const cache = createCache<readonly TrailPoint[]>(BUDGET_BYTES, (points) =>
    points.reduce((sum, { parameters }) => sum + bytesOf(parameters), 0),
  );
  return {
    put: (key: Key, trail: Trail) => {
      cache.set(key, trail.points());
    },
    of: (key: Key): readonly TrailPoint[] => cache.get(key) ?? [],
  };
}

function bytesOf(parameters: Checkpoint['parameters']): number {
  return Object.values(parameters).reduce((sum, { values }) => sum + values.byteLength, 0);
}
