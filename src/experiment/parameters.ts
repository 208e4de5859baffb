import type { Architecture, Layer, Shape } from './architecture';
import type { Parameter, ParameterRole } from './checkpoint';
import type { Random } from './random';
import { sizeOf } from './shapes';

/** A parameter without its values. */
export interface ParameterShape {
  /** `<layer>.<role>`. */
  readonly name: string;
  readonly role: ParameterRole;
  readonly shape: Shape;
}

/** The parameters of a layer, in the order in which they are drawn and stored. */
export function layerParameters(layer: Layer): readonly ParameterShape[] {
  const named = (role: ParameterRole, shape: Shape): ParameterShape => ({
    name: `${layer.name}.${role}`,
    role,
    shape,
  });
  switch (layer.type) {
    case 'dense':
      return [named('kernel', [sizeOf(layer.input), layer.units]), named('bias', [layer.units])];
    case 'conv': {
      const { kernel, filters } = layer;
      return [
        named('kernel', [kernel, kernel, channels(layer.input), filters]),
        named('bias', [filters]),
      ];
    }
    case 'batchnorm':
      return (['scale', 'shift', 'mean', 'variance'] as const).map((role) =>
        named(role, [channels(layer.input)]),
      );
    case 'maxpool':
    case 'avgpool':
    case 'dropout':
    case 'quantize':
    case 'flatten':
      return [];
  }
}

/** Every parameter of the network, in layer order. */
export function parameterShapes({ layers }: Pick<Architecture, 'layers'>): ParameterShape[] {
  return layers.flatMap(layerParameters);
}

/** Numbers in all parameters that count in a size: kernels, biases, batch-norm scale, shift, mean and variance. */
export function countParameters({ layers }: Pick<Architecture, 'layers'>): number {
  return parameterShapes({ layers }).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

/** Initial values: kernels drawn in layer order, row-major; biases and means 0, scales and variances 1. */
export function initialParameters(
  { layers }: Pick<Architecture, 'layers'>,
  random: Random,
): Record<string, Parameter> {
  return Object.fromEntries(
    layers.flatMap((layer) =>
      layerParameters(layer).map(({ name, role, shape }) => [
        name,
        { role, shape, values: initialValues(layer, role, sizeOf(shape), random) },
      ]),
    ),
  );
}

function initialValues(layer: Layer, role: ParameterRole, size: number, random: Random) {
  switch (role) {
    case 'kernel': {
      const deviation = kernelDeviation(layer);
      return Float32Array.from({ length: size }, () => deviation * random.normal());
    }
    case 'bias':
    case 'shift':
    case 'mean':
    case 'step':
      return new Float32Array(size);
    case 'scale':
    case 'variance':
      return new Float32Array(size).fill(1);
  }
}

/**
 * Standard deviation of the normal distribution that a kernel is drawn from: √(2/fanIn) (He et al.
 * 2015), √(2/(fanIn + fanOut)) (Glorot & Bengio 2010) or √(1/fanIn) (LeCun et al. 1998).
 */
export function kernelDeviation(layer: Layer): number {
  if (layer.type !== 'dense' && layer.type !== 'conv') return 0;
  const fanIn =
    layer.type === 'dense' ? sizeOf(layer.input) : layer.kernel ** 2 * channels(layer.input);
  const fanOut = layer.type === 'dense' ? layer.units : layer.kernel ** 2 * layer.filters;
  switch (layer.initializer) {
    case 'he':
      return Math.sqrt(2 / fanIn);
    case 'glorot':
      return Math.sqrt(2 / (fanIn + fanOut));
    case 'lecun':
      return Math.sqrt(1 / fanIn);
  }
}

function channels(input: Shape): number {
  return input.at(-1) ?? 1;
}
