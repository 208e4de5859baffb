import { metricsOf } from '../../engine/metrics';
import type { Checkpoint } from '../../experiment/checkpoint';
import type { Experiment } from '../../experiment/experiment';
import {
  placeOf,
  type LandscapeFrame,
  type LandscapeValue,
  type PathPoint,
  type Square,
} from '../../experiment/landscape';
import { WhittleError } from '../../experiment/problem';
import { randomOf } from '../../experiment/random';
import { baselineOf } from '../../techniques/baseline';
import { learningFrom } from '../../techniques/transfer/few';
import type { Work } from '../measure';
import { abortable, nextTask } from '../pace';
import { indicesFrom, predictBatch } from '../predict';
import type { LandscapeChoice } from '../protocol';
import type { PathNetwork } from './path';
import {
  filterNormalized,
  isAlike,
  networkAt,
  planeThrough,
  projectionOnto,
  type Plane,
  type Rest,
} from './plane';

/** Enough to tell one network from the next, few enough for hundreds of networks. */
const EXAMPLES = 1_000;
/** Around what is on the plane, a quarter on each side. */
const MARGIN = 1.5;
/** The page draws no faster. */
const TELL_EVERY_MS = 100;

/** The network that the landscape is of, and those of the recipe. */
interface Networks {
  readonly chosen: Checkpoint;
  readonly path: readonly PathNetwork[];
}

/**
 * Measures the loss at cells of a grid on a plane through a network, in their order, with room for other work
 * between two of them. It depends on its arguments alone.
 * @throws WhittleError `planeNeedsThree` where the recipe has no three networks that span a plane
 */
export async function drawLandscape(
  { seed, recipe }: Experiment,
  { chosen, path }: Networks,
  choice: LandscapeChoice & { readonly cells: readonly number[] },
  work: Work,
  tell: (frame: LandscapeFrame, values: readonly LandscapeValue[]) => void,
): Promise<void> {
  const rest = async () => {
    await work.pace();
    work.signal.throwIfAborted();
  };
  const alike = path.filter(({ parameters }) => isAlike(parameters, chosen.parameters));
  const random = choice.plane === 'random';
  const plane = random
    ? await randomPlane(chosen, seed, choice.draw, rest)
    : await planeThrough(chosen.parameters, inTurn(alike, baselineOf(recipe)), rest);
  if (plane === null) throw new WhittleError(NEEDS_THREE);
  const project = projectionOnto(plane);
  const points: PathPoint[] = [];
  for (const { kind, step, parameters } of alike) {
    await rest();
    points.push({ kind, step, ...project(parameters) });
  }
  const square: Square = random
    ? { centre: [0, 0], half: choice.radius }
    : around(
        points.filter(({ kind }) => kind === 'step'),
        choice.radius,
      );
  const split = learningFrom(work.dataset, chosen.examples)[choice.split];
  const examples = Math.min(EXAMPLES, split.count);
  const frame = { square, examples, path: points };
  tell(frame, []);

  // The same for all cells; a thousand examples take a few megabytes.
  const sample = await abortable(split.gather(indicesFrom(0, examples)), work.signal);
  // Along random directions pruned weights stay zero; between networks they need not.
  const { architecture } = chosen;
  const masks = random ? chosen.masks : {};
  let values: LandscapeValue[] = [];
  let told = performance.now();
  for (const cell of choice.cells) {
    const parameters = networkAt(plane, ...placeOf(cell, square));
    const made = await predictBatch(work, { architecture, parameters, masks }, sample);
    const { loss, accuracy } = metricsOf(architecture.task, made, architecture.outputs);
    // Where the outputs are too large for numbers, the loss is as well.
    values.push({
      cell,
      loss: Number.isNaN(loss) ? Infinity : loss,
      ...(accuracy !== undefined && { accuracy }),
    });
    if (performance.now() - told >= TELL_EVERY_MS) {
      tell(frame, values);
      [values, told] = [[], performance.now()];
    }
    await nextTask();
    work.signal.throwIfAborted();
  }
  tell(frame, values);
}

async function randomPlane(
  chosen: Checkpoint,
  seed: number,
  draw: number,
  rest: Rest,
): Promise<Plane> {
  // Each draw has a seed of its own, and none is the experiment's.
  const random = randomOf((seed ^ Math.imul(draw + 1, 0x9e3779b9)) >>> 0);
  const u = await filterNormalized(chosen, random, rest);
  return { origin: chosen.parameters, u, v: await filterNormalized(chosen, random, rest) };
}

/** Which networks are to lie on a plane: the initial one, the baseline, then the newest ones. */
function inTurn(path: readonly PathNetwork[], baseline: number) {
  const steps = path.filter(({ kind }) => kind === 'step');
  const first = steps.filter(({ step }) => step === -1 || step === baseline);
  const rest = steps.filter((each) => !first.includes(each)).toReversed();
  return [...first, ...rest].map(({ parameters }) => parameters);
}

/** The square around these points and the origin, `radius` times as wide as it need be. */
function around(points: readonly PathPoint[], radius: number): Square {
  const extent = (values: readonly number[]) => [Math.min(0, ...values), Math.max(0, ...values)];
  const [left = 0, right = 0] = extent(points.map(({ x }) => x));
  const [bottom = 0, top = 0] = extent(points.map(({ y }) => y));
  const side = Math.max(right - left, top - bottom);
  return { centre: [(left + right) / 2, (bottom + top) / 2], half: (radius * MARGIN * side) / 2 };
}

const NEEDS_THREE = {
  code: 'planeNeedsThree',
  params: {},
  message:
    'A plane needs three networks of the same shape that do not lie on one line, and this recipe has not made them yet. Choose random directions, or run more steps.',
};
