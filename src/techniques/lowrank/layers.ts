import type { Architecture, DenseLayer, Layer } from '../../experiment/architecture';
import { sizeOf } from '../../experiment/shapes';

/** A kernel's shorter side. Taking one of 1024 × 1024 apart took 15 s when tried, and the time grows with its cube. */
export const MAX_SIDE = 1024;

export function denseLayers({ layers }: Architecture): DenseLayer[] {
  return layers.filter((layer) => layer.type === 'dense');
}

/** Inputs and outputs: the shape of the kernel. */
export function sidesOf({ input, units }: DenseLayer): readonly [inputs: number, outputs: number] {
  return [sizeOf(input), units];
}

/**
 * The highest rank at which two thin layers have fewer parameters than this one, which is 0 where none
 * does: with the r biases of the first, `r (inputs + outputs + 1) < inputs · outputs`.
 */
export function largestRank(layer: DenseLayer): number {
  const [inputs, outputs] = sidesOf(layer);
  return Math.ceil((inputs * outputs) / (inputs + outputs + 1)) - 1;
}

/** The rank where it makes the layer smaller, else null. */
export function smallerAt(layer: DenseLayer, rank: number): number | null {
  return rank <= largestRank(layer) ? rank : null;
}

/** The layers that a dense one becomes: to its rank, without activation, and from there on as before. */
export function thinLayers(layer: DenseLayer, rank: number): readonly [DenseLayer, DenseLayer] {
  const [first, second] = [`${layer.name}a`, `${layer.name}b`];
  return [
    {
      ...{ ...layer, name: first, units: rank, output: [rank] },
      ...{ activation: 'none', initializer: 'glorot' },
    },
    { ...layer, name: second, input: [rank] },
  ];
}

/** The network with two thin layers in place of every dense one that `rankOf` gives a rank. */
export function factored(
  architecture: Architecture,
  rankOf: (layer: DenseLayer) => number | null,
): Architecture {
  const layers = architecture.layers.flatMap((layer): readonly Layer[] => {
    const rank = layer.type === 'dense' ? rankOf(layer) : null;
    return layer.type === 'dense' && rank !== null ? thinLayers(layer, rank) : [layer];
  });
  return { ...architecture, layers };
}
