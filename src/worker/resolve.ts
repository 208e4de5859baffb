import type { Checkpoint } from '../experiment/checkpoint';
import type { Experiment } from '../experiment/experiment';
import { initialCheckpoint } from '../experiment/model';
import type { Step } from '../experiment/step';
import { baselineOf } from '../techniques/baseline';
import { keyAfter, keyAt } from './keys';
import type { At } from './protocol';
import type { Entry, Results } from './results';
import { isInstant } from './roles';
import { applyStep, type StepContext } from './technique';

export interface ResolveContext extends Pick<
  StepContext,
  'engine' | 'dataset' | 'pace' | 'signal'
> {
  readonly results: Results;
}

/**
 * The network at a point of an experiment: from the cache, or by instant steps from the nearest one that
 * is. Null where training would be needed.
 */
export async function checkpointAt(at: At, context: ResolveContext): Promise<Checkpoint | null> {
  const { experiment, step, alone = false } = at;
  const cached = entryAt(at, context);
  if (cached !== undefined) return cached.checkpoint;
  if (step < 0) return initialOf(experiment);
  const { results, engine } = context;
  const unfinished = alone ? undefined : results.partial(keyAt(experiment, engine.backend, step));
  if (unfinished !== undefined) return unfinished;
  const last = experiment.recipe[step];
  if (last === undefined || !isInstant(last)) return null;
  const base = await checkpointAt(beforeOf(at), context);
  return base && made(last, base, context);
}

/** What an instant step made last of each network, for the many questions about the step behind it. */
const latest = new WeakMap<Checkpoint, { readonly by: string; readonly checkpoint: Checkpoint }>();

/** The very same network for the same step, so that what was measured of it is remembered. */
async function made(step: Step, base: Checkpoint, context: ResolveContext): Promise<Checkpoint> {
  const by = keyAfter(context.engine.runtime, step);
  const before = latest.get(base);
  if (before?.by === by) return before.checkpoint;
  const checkpoint = await applyStep(step, base, context);
  latest.set(base, { by, checkpoint });
  return checkpoint;
}

/** The network that the last step of `at` is applied to. */
export function beforeOf({ experiment, step, alone = false }: At): At {
  return { experiment, step: alone ? baselineOf(experiment.recipe) : step - 1 };
}

/** The finished step at that point; undefined where it is not cached. */
export function entryAt(
  { experiment, step, alone = false }: At,
  { results, engine }: Pick<ResolveContext, 'results' | 'engine'>,
): Entry | undefined {
  return results.entry(results.keyOfPart(experiment, engine.backend, { step, alone }));
}

let newest: { readonly of: string; readonly checkpoint: Checkpoint } | null = null;

/** The initialized network, drawn once for many questions. */
function initialOf(experiment: Experiment): Checkpoint {
  const { dataset, model, seed } = experiment;
  const of = JSON.stringify([dataset, model, seed]);
  if (newest?.of !== of) newest = { of, checkpoint: initialCheckpoint(experiment) };
  return newest.checkpoint;
}
