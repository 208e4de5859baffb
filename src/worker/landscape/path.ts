import type { Checkpoint } from '../../experiment/checkpoint';
import type { BackendId, Experiment } from '../../experiment/experiment';
import type { PathPoint } from '../../experiment/landscape';
import { keyAt } from '../keys';
import type { Results } from '../results';
import { partsOf } from '../roles';
import type { Trails } from '../trails';

/** A network that the recipe has come by. */
export type PathNetwork = Pick<PathPoint, 'kind' | 'step'> & Pick<Checkpoint, 'parameters'>;

/** The recipe's way as far as it is known, from the initial network on; then what lies beside it. */
export function pathOf(
  experiment: Experiment,
  initial: Checkpoint,
  backend: BackendId,
  { results, trails }: { readonly results: Results; readonly trails: Trails },
): readonly PathNetwork[] {
  const path: PathNetwork[] = [{ kind: 'step', step: -1, parameters: initial.parameters }];
  const reached = results.reached(experiment, backend);
  for (let step = 0; step <= reached; step++) {
    const key = keyAt(experiment, backend, step);
    for (const { parameters } of trails.of(key)) path.push({ kind: 'training', step, parameters });
    const entry = results.entry(key);
    if (entry) path.push({ kind: 'step', step, parameters: entry.checkpoint.parameters });
  }
  for (const part of partsOf(experiment.recipe).filter(({ alone }) => alone)) {
    const entry = results.entry(results.keyOfPart(experiment, backend, part));
    const { step } = part;
    if (entry) path.push({ kind: 'alone', step, parameters: entry.checkpoint.parameters });
  }
  return path;
}
