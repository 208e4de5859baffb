import type { Checkpoint } from '../experiment/checkpoint';
import type { Latency } from '../experiment/report';
import type { Step } from '../experiment/step';
import { timeNetworks } from './latency';
import { measure, type Work } from './measure';
import type { Entry } from './results';
import type { Part } from './roles';
import { applyStep } from './technique';

/** A compression step by itself: applied to the baseline, and measured. */
export async function applyAlone(
  step: Step,
  baseline: { readonly checkpoint: Checkpoint; readonly trainingMs: number },
  work: Work,
): Promise<Entry> {
  const checkpoint = await applyStep(step, baseline.checkpoint, work);
  const measured = await measure(checkpoint, work);
  return { checkpoint, measured, points: [], trainingMs: baseline.trainingMs };
}

/** Times the variants that play a part in the comparison, in turn with the baseline's network. */
export async function timeVariants(
  variants: readonly { readonly part: Part; readonly entry: Entry }[],
  baseline: Checkpoint,
  work: Work,
): Promise<ReadonlyMap<Part, readonly Latency[]>> {
  const others = variants.filter(({ entry }) => entry.checkpoint !== baseline);
  const networks = [baseline, ...others.map(({ entry }) => entry.checkpoint)];
  const times = await timeNetworks(networks, work);
  return new Map(
    variants.map(({ part, entry }) => [part, times[networks.indexOf(entry.checkpoint)] ?? []]),
  );
}
