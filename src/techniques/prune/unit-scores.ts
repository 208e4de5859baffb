import type { Checkpoint, Parameter } from '../../experiment/checkpoint';
import { channelsOf } from '../kernels';
import { hiddenLayers } from './hidden-layers';
import type { PruneOptions } from './spec';

/** Units to keep by layer name, ascending; a layer that is not named keeps all. */
export type KeptUnits = Readonly<Record<string, readonly number[]>>;

/** The norm of each unit's incoming weights, its bias left out. */
export function unitScores(kernel: Parameter, norm: PruneOptions['norm']): Float64Array {
  const units = channelsOf(kernel);
  const scores = new Float64Array(units);
  kernel.values.forEach((w, i) => {
    const unit = i % units;
    scores[unit] = (scores[unit] ?? 0) + (norm === 'l1' ? Math.abs(w) : w * w);
  });
  return norm === 'l1' ? scores : scores.map(Math.sqrt);
}

/**
 * Keeps the units with the largest scores; of equal ones the later. Scope `layer`: `round(s · units)`
 * go from each hidden layer. Scope `global`: that share of all hidden units together, ranked by the
 * plain norm, which favours layers with a large fan-in. Each layer keeps at least one unit.
 */
export function chooseUnits(
  checkpoint: Checkpoint,
  { scope, sparsity, norm }: Pick<PruneOptions, 'scope' | 'sparsity' | 'norm'>,
): KeptUnits {
  const layers = hiddenLayers(checkpoint.architecture).flatMap(({ name }) => {
    const kernel = checkpoint.parameters[`${name}.kernel`];
    return kernel === undefined ? [] : [{ name, scores: unitScores(kernel, norm) }];
  });
  const groups = scope === 'global' ? [layers] : layers.map((layer) => [layer]);
  return Object.fromEntries(groups.flatMap((group) => keepLargest(group, sparsity)));
}

interface ScoredLayer {
  readonly name: string;
  readonly scores: Float64Array;
}

function keepLargest(
  layers: readonly ScoredLayer[],
  sparsity: number,
): [name: string, kept: number[]][] {
  const ranked = layers
    .flatMap(({ name, scores }) => Array.from(scores, (score, unit) => ({ name, unit, score })))
    // The sort is stable, so equal scores stay in the order of layers and units.
    .sort((a, b) => a.score - b.score);
  const kept = new Map(
    layers.map(({ name, scores }) => [name, new Set(Array.from(scores, (_, unit) => unit))]),
  );
  let left = Math.round(sparsity * ranked.length);
  for (const { name, unit } of ranked) {
    const units = kept.get(name);
    if (left === 0) break;
    if (units === undefined || units.size === 1) continue;
    units.delete(unit);
    left -= 1;
  }
  return Array.from(kept, ([name, units]) => [name, Array.from(units)]);
}
