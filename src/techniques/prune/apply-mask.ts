import type { Checkpoint, Parameter } from '../../experiment/checkpoint';
import type { Masks } from './patterns';
import { without } from '../without';

/**
 * The checkpoint with its kernels pruned by keep-masks at strength δ: a weight that the mask drops
 * becomes (1−δ)·w.
 *
 * δ = 1 removes it, and the mask holds it at zero through all later training. Any lesser δ only
 * shrinks it: no mask is added, later training may grow it again. A tensor on quantization levels
 * stays on them when weights are removed (every scheme keeps a pruned weight at zero) and leaves them
 * when weights shrink.
 */
export function applyMasks(checkpoint: Checkpoint, masks: Masks, delta: number): Checkpoint {
  return Object.entries(masks).reduce((result, [name, keep]) => {
    const parameter = result.parameters[name];
    if (parameter === undefined || !keep.includes(0)) return result;
    return delta === 1
      ? withMask(result, name, parameter, keep)
      : shrunk(result, name, parameter, keep, delta);
  }, checkpoint);
}

function withMask(
  checkpoint: Checkpoint,
  name: string,
  parameter: Parameter,
  keep: Uint8Array,
): Checkpoint {
  const values = parameter.values.map((w, i) => (keep[i] === 0 ? 0 : w));
  return {
    ...checkpoint,
    parameters: { ...checkpoint.parameters, [name]: { ...parameter, values } },
    masks: { ...checkpoint.masks, [name]: keep },
  };
}

function shrunk(
  checkpoint: Checkpoint,
  name: string,
  parameter: Parameter,
  keep: Uint8Array,
  delta: number,
): Checkpoint {
  const values = parameter.values.map((w, i) => (keep[i] === 0 ? (1 - delta) * w : w));
  if (values.every((w, i) => w === parameter.values[i])) return checkpoint;
  return {
    ...checkpoint,
    parameters: { ...checkpoint.parameters, [name]: { ...parameter, values } },
    quantizers: without(checkpoint.quantizers, name),
  };
}
