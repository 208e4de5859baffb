import type { Checkpoint } from '../experiment/checkpoint';
import { channelsOf, kernelsOf, prunedOf } from '../techniques/kernels';
import type { LayerState } from './protocol';

/** What a step has made of each layer with weights. */
export function layerStates(before: Checkpoint, after: Checkpoint): readonly LayerState[] {
  return kernelsOf(after).map((kernel) => {
    const { name, layer, parameter } = kernel;
    const earlier = before.parameters[name] ?? parameter;
    return {
      layer,
      weights: parameter.values.length,
      pruned: prunedOf(kernel) / parameter.values.length,
      removed: 1 - channelsOf(parameter) / channelsOf(earlier),
      bits: after.quantizers[name]?.bits ?? null,
    };
  });
}
