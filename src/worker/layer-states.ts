import type { Checkpoint } from '../experiment/checkpoint';
import { channelsOf, kernelsOf } from '../techniques/kernels';
import type { LayerState } from './protocol';

/** What a step has made of each layer with weights. */
export function layerStates(before: Checkpoint, after: Checkpoint): readonly LayerState[] {
  return kernelsOf(after).map(({ name, layer, parameter, mask }) => {
    const earlier = before.parameters[name] ?? parameter;
    const gone = mask?.reduce((count, bit) => count + 1 - bit, 0) ?? 0;
    return {
      layer,
      weights: parameter.values.length,
      pruned: gone / parameter.values.length,
      removed: 1 - channelsOf(parameter) / channelsOf(earlier),
      bits: after.quantizers[name]?.bits ?? null,
    };
  });
}
