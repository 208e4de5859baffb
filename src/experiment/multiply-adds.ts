import type { Architecture } from './architecture';
import type { Parameter } from './checkpoint';
import { layerParameters } from './parameters';
import type { MultiplyAdds } from './report';
import { sizeOf } from './shapes';

/**
 * Multiply-adds of dense and convolutional layers for one example. `dense` counts every product that
 * a runtime without any notion of zeros makes: convolutions at every position of their output, padding
 * included. `effective` leaves out the products with a zero weight. Biases, pools, batch norm and
 * activations are not counted, as is usual.
 */
export function multiplyAdds(
  architecture: Pick<Architecture, 'layers'>,
  parameters: Readonly<Record<string, Parameter>>,
): MultiplyAdds {
  return kernelsOf(architecture).reduce(
    (sum, { name, weights, positions }) => {
      const values = parameters[name]?.values ?? new Float32Array();
      return {
        dense: sum.dense + positions * weights,
        effective: sum.effective + positions * countNonzero(values),
      };
    },
    { dense: 0, effective: 0 },
  );
}

/** `multiplyAdds(…).dense`, which depends on the architecture alone. */
export function denseMultiplyAdds(architecture: Pick<Architecture, 'layers'>): number {
  return kernelsOf(architecture).reduce(
    (sum, { weights, positions }) => sum + positions * weights,
    0,
  );
}

/** Values that are not zero; both zeros count as zero. */
export function countNonzero(values: Float32Array): number {
  let count = 0;
  for (const value of values) if (value !== 0) count += 1;
  return count;
}

/** The network's kernels: how many weights each has, and at how many positions it is used. */
function kernelsOf({ layers }: Pick<Architecture, 'layers'>) {
  return layers.flatMap((layer) =>
    layerParameters(layer)
      .filter(({ role }) => role === 'kernel')
      .map(({ name, shape }) => ({
        name,
        weights: sizeOf(shape),
        positions: sizeOf(layer.output) / (shape.at(-1) ?? 1),
      })),
  );
}
