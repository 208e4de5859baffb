import type { Dataset } from '../data/dataset';
import type { Engine } from '../engine/trainer';
import type { Checkpoint } from '../experiment/checkpoint';
import type { Experiment } from '../experiment/experiment';
import { initialCheckpoint } from '../experiment/model';
import { baselineOf } from '../techniques/baseline';
import { keyAt } from './keys';
import type { At } from './protocol';
import type { Entry, Results } from './results';
import { isInstant } from './roles';
import { applyStep } from './technique';

export interface ResolveContext {
  readonly engine: Engine;
  readonly dataset: Dataset;
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
  return base && applyStep(last, base, context);
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
