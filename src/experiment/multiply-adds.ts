import type { Architecture, ConvLayer, DenseLayer, Layer } from './architecture';
import type { Parameter } from './checkpoint';
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
  return architecture.layers.filter(multiplies).reduce(
    (sum, layer) => {
      const values = parameters[`${layer.name}.kernel`]?.values ?? new Float32Array();
      return {
        dense: sum.dense + positions(layer) * kernelSize(layer),
        effective: sum.effective + positions(layer) * countNonzero(values),
      };
    },
    { dense: 0, effective: 0 },
  );
}

/** `multiplyAdds(…).dense`, which depends on the architecture alone. */
export function denseMultiplyAdds({ layers }: Pick<Architecture, 'layers'>): number {
  return layers
    .filter(multiplies)
    .reduce((sum, layer) => sum + positions(layer) * kernelSize(layer), 0);
}

/** Values that are not zero; both zeros count as zero. */
export function countNonzero(values: Float32Array): number {
  let count = 0;
  for (const value of values) if (value !== 0) count += 1;
  return count;
}

function multiplies(layer: Layer): layer is DenseLayer | ConvLayer {
  return layer.type === 'dense' || layer.type === 'conv';
}

/** How often each weight is used. */
function positions(layer: DenseLayer | ConvLayer): number {
  return layer.type === 'dense' ? 1 : sizeOf(layer.output.slice(0, 2));
}

function kernelSize(layer: DenseLayer | ConvLayer): number {
  return layer.type === 'dense'
    ? sizeOf(layer.input) * layer.units
    : layer.kernel ** 2 * (layer.input.at(-1) ?? 1) * layer.filters;
}
