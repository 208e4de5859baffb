import type { Checkpoint } from '../../experiment/checkpoint';
import { channelsOf } from '../kernels';
import { hiddenLayers, normBehind, readerOf, type UnitLayer } from '../unit-layers';
import type { Scores } from './scores';
import { groupsOf, type Group, type GroupOptions } from './groups';

/** Units to keep by layer name, ascending; a layer that is not named keeps all. */
export type KeptUnits = Readonly<Record<string, readonly number[]>>;

/** A score for each unit, by the name of its layer, in layer order: the lowest go first. */
export type UnitScores = Readonly<Record<string, Float64Array>>;

/** The norm of each hidden unit's incoming weights, its bias left out. */
export function weightNorms(checkpoint: Checkpoint, norm: 1 | 2): UnitScores {
  return byHiddenLayer(checkpoint, ({ name }) => {
    const kernel = checkpoint.parameters[`${name}.kernel`];
    if (kernel === undefined) return null;
    const units = channelsOf(kernel);
    const sums = sumBy(kernel.values, units, (w, i) => [
      norm === 1 ? Math.abs(w) : w * w,
      i % units,
    ]);
    return norm === 1 ? sums : sums.map(Math.sqrt);
  });
}

/** |γ| of the batch norm behind each hidden layer; layers without one are left out (Liu et al. 2017). */
export function normScales(checkpoint: Checkpoint): UnitScores {
  return byHiddenLayer(checkpoint, (layer) => {
    const norm = normBehind(checkpoint.architecture, layer);
    const scale = checkpoint.parameters[`${norm?.name ?? ''}.scale`];
    return scale === undefined ? null : Float64Array.from(scale.values, Math.abs);
  });
}

/**
 * What the loss of a batch would lose with each hidden unit, to first order: its activation times the
 * loss's gradient by it (Molchanov et al. 2017). That is the sum of `w · ∂L/∂w`, which `products` are, over
 * the weights that read it.
 */
export function activationProducts(checkpoint: Checkpoint, products: Scores): UnitScores {
  return byHiddenLayer(checkpoint, (layer) => {
    const name = `${readerOf(checkpoint.architecture, layer)?.name ?? ''}.kernel`;
    const [kernel, values] = [checkpoint.parameters[name], products[name]];
    if (kernel === undefined || values === undefined) return null;
    const units = layer.output.at(-1) ?? 1;
    const outputs = channelsOf(kernel);
    // Channels are the last axis of what a kernel reads, flattened or not.
    return sumBy(values, units, (value, i) => [value, Math.floor(i / outputs) % units]);
  });
}

function byHiddenLayer(
  { architecture }: Checkpoint,
  score: (layer: UnitLayer) => Float64Array | null,
): UnitScores {
  return Object.fromEntries(
    hiddenLayers(architecture).flatMap((layer) => {
      const scores = score(layer);
      return scores === null ? [] : [[layer.name, scores]];
    }),
  );
}

function sumBy(
  values: Float32Array,
  length: number,
  place: (value: number, i: number) => readonly [addend: number, at: number],
): Float64Array {
  const sums = new Float64Array(length);
  values.forEach((value, i) => {
    const [addend, at] = place(value, i);
    sums[at] = (sums[at] ?? 0) + addend;
  });
  return sums;
}

/**
 * Keeps the units with the largest scores; of equal ones the later. Scope `layer`: `round(s · units)`
 * go from each layer. Scope `global`: that share of all units together, ranked by the plain score;
 * a norm favours layers with a large fan-in. Each layer keeps at least one unit.
 */
export function chooseUnits(scores: UnitScores, options: GroupOptions): KeptUnits {
  const layers = Object.entries(scores).map(([layer, of]) => ({ layer, scores: of }));
  return Object.fromEntries(groupsOf(layers, options).flatMap(keepLargest));
}

interface ScoredLayer {
  readonly layer: string;
  readonly scores: Float64Array;
}

function keepLargest({ members, sparsity }: Group<ScoredLayer>): [layer: string, kept: number[]][] {
  const ranked = members
    .flatMap(({ layer, scores }) => Array.from(scores, (score, unit) => ({ layer, unit, score })))
    // The sort is stable, so equal scores stay in the order of layers and units.
    .sort((a, b) => a.score - b.score);
  const kept = new Map(
    members.map(({ layer, scores }) => [layer, new Set(Array.from(scores, (_, unit) => unit))]),
  );
  let left = Math.round(sparsity * ranked.length);
  for (const { layer, unit } of ranked) {
    const units = kept.get(layer);
    if (left === 0) break;
    if (units === undefined || units.size === 1) continue;
    units.delete(unit);
    left -= 1;
  }
  return Array.from(kept, ([layer, units]) => [layer, Array.from(units)]);
}
