import type { LabOptions, RacerId } from '../../lab/options';
import type { Race, Track } from '../../lab/results';

/** A sentence about a race, by its key below `lab.finding`, with the numbers that it tells. */
export interface Finding {
  readonly key: string;
  readonly optimizer: RacerId;
  readonly numbers: Readonly<Record<string, number>>;
  readonly tone: 'good' | 'bad' | 'plain';
}

/** So far from every known minimum is in another valley. */
const BESIDE = 0.1;

/** What a race shows, the most telling first: who diverged and why, then who arrived first, or came closest. */
export function findingsOf({ tracks }: Race, options: LabOptions): readonly Finding[] {
  const troubles = tracks.flatMap(troubleOf);
  const first = firstToArrive(tracks);
  const closest = closestOf(tracks);
  if (first !== null) return [...troubles, first, ...otherValley(tracks, first)];
  return closest === null ? troubles : [...troubles, { ...closest, ...noiseOf(options, closest) }];
}

function troubleOf({ optimizer, outcome, learningRate }: Track): readonly Finding[] {
  switch (outcome.kind) {
    case 'diverged': {
      const { step, onset, curvature, curvedAt, limit } = outcome;
      const numbers = { step, onset, curvature, curvedAt, rate: learningRate };
      const tone = 'bad';
      if (limit === null) return [{ key: 'divergedAdaptive', optimizer, numbers, tone }];
      const key = learningRate > limit ? 'diverged' : 'divergedBelow';
      return [{ key, optimizer, tone, numbers: { ...numbers, limit, plain: 2 / curvature } }];
    }
    case 'unbounded':
      return [{ key: 'unbounded', optimizer, numbers: { step: outcome.step }, tone: 'bad' }];
    case 'lost':
      return [{ key: 'lost', optimizer, numbers: { step: outcome.step }, tone: 'bad' }];
    case 'flat':
      return [{ key: 'flat', optimizer, numbers: { step: outcome.step }, tone: 'plain' }];
    case 'saddle':
      return [{ key: 'saddle', optimizer, numbers: { step: outcome.step }, tone: 'plain' }];
    case 'converged':
    case 'moving':
      return [];
  }
}

function firstToArrive(tracks: readonly Track[]): Finding | null {
  const arrived = tracks.flatMap(({ optimizer, outcome }) =>
    outcome.kind === 'converged' ? [{ optimizer, step: outcome.step }] : [],
  );
  const [first, second] = arrived.toSorted((a, b) => a.step - b.step);
  if (first === undefined) return null;
  const { optimizer, step } = first;
  if (second === undefined) {
    return { key: 'arrived', optimizer, numbers: { step }, tone: 'good' };
  }
  const numbers = { step, next: second.step, count: arrived.length };
  return { key: 'first', optimizer, numbers, tone: 'good' };
}

/** Whoever comes to rest may do so beside the minimum that is known. */
function otherValley(tracks: readonly Track[], { optimizer }: Finding): readonly Finding[] {
  const distance = tracks.find((track) => track.optimizer === optimizer)?.distances?.at(-1) ?? 0;
  if (distance < BESIDE) return [];
  return [{ key: 'otherValley', optimizer, numbers: { distance }, tone: 'plain' }];
}

/** Of those still under way the one with the lowest loss. */
function closestOf(tracks: readonly Track[]): Finding | null {
  const moving = tracks.filter(({ outcome }) => outcome.kind === 'moving');
  const loss = ({ losses }: Track) => losses.at(-1) ?? Infinity;
  const [best] = moving.toSorted((a, b) => loss(a) - loss(b));
  if (best === undefined) return null;
  const { optimizer, losses, distances } = best;
  const numbers = { loss: loss(best), steps: losses.length - 1 };
  const distance = distances?.at(-1);
  return distance === undefined
    ? { key: 'lowest', optimizer, numbers, tone: 'plain' }
    : { key: 'closest', optimizer, numbers: { ...numbers, distance }, tone: 'plain' };
}

function noiseOf({ noise }: LabOptions, { key, numbers }: Finding): Partial<Finding> {
  return noise > 0 && key === 'closest'
    ? { key: 'closestNoisy', numbers: { ...numbers, noise } }
    : {};
}
