import type { Checkpoint, Parameter } from '../experiment/checkpoint';

/** A tensor whose weights are prunable and quantizable. */
export interface Kernel {
  readonly name: string;
  /** The layer that it belongs to. */
  readonly layer: string;
  readonly parameter: Parameter;
  /** 1 keeps, 0 is pruned; absent: nothing is pruned. */
  readonly mask: Uint8Array | undefined;
}

/** The kernels of a checkpoint in layer order, which is the order of the global flat index. */
export function kernelsOf(
  checkpoint: Pick<Checkpoint, 'architecture' | 'parameters' | 'masks'>,
): Kernel[] {
  return checkpoint.architecture.layers.flatMap((layer) => {
    const name = `${layer.name}.kernel`;
    const parameter = checkpoint.parameters[name];
    if (parameter === undefined) return [];
    return [{ name, layer: layer.name, parameter, mask: checkpoint.masks[name] }];
  });
}

/** Weights that one output reads: the product of all axes but the last. */
export function fanIn(kernel: Parameter): number {
  return kernel.shape.slice(0, -1).reduce((product, side) => product * side, 1);
}

/** Output channels: the last axis. */
export function channelsOf(kernel: Parameter): number {
  return kernel.shape.at(-1) ?? 1;
}

/** How many of its weights are pruned. */
export function prunedOf({ mask }: Pick<Kernel, 'mask'>): number {
  return mask?.reduce((count, bit) => count + 1 - bit, 0) ?? 0;
}
