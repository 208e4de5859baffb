import type {
  BatchNormLayer,
  ConvLayer,
  DenseLayer,
  Layer,
  PoolLayer,
} from '../../experiment/architecture';
import { sizeOf } from '../../experiment/shapes';
import { channelsOf, geometryOf, paddingOf, poolGeometry } from '../plan/geometry';
import type { GpuCompiler } from './compiler';
import { activate, multiply, roundValues } from './shaders/activation';
import { batchMoments, normalize, normalizeByAverages, type NormShape } from './shaders/batch-norm';
import { convForward, type ConvShape } from './shaders/conv';
import { denseForward, type DenseShape } from './shaders/dense';
import { pool, type PoolShape } from './shaders/pool';

/** What a layer leaves for its gradient. */
export interface Trace {
  readonly layer: Layer;
  readonly input: GPUBuffer;
  readonly output: GPUBuffer;
  /** GELU: what went into it. Batch norm: the moments. Dropout: the mask. */
  readonly extra?: GPUBuffer;
}

export interface Mode {
  /** Batch norm by the batch's own moments, and everything kept for the gradient. */
  readonly training: boolean;
  readonly dropout: boolean;
  /** A buffer for so many numbers of a layer's output. */
  readonly output: (length: number) => GPUBuffer;
}

/** A layer's way from `x` to its output. */
export function writeForward(
  compiler: GpuCompiler,
  layer: Layer,
  index: number,
  x: GPUBuffer,
  { training, dropout, output }: Mode,
): Trace {
  const { weights } = compiler;
  const size = compiler.count * sizeOf(layer.output);
  switch (layer.type) {
    case 'dense':
    case 'conv': {
      const forward = (activation: DenseLayer['activation']) =>
        layer.type === 'dense'
          ? denseForward(denseShape(compiler, layer), activation)
          : convForward(convShape(compiler, layer), activation);
      // The gradient of GELU needs what went in.
      const apart = training && layer.activation === 'gelu';
      const z = output(size);
      compiler.add(forward(apart ? 'none' : layer.activation), x, weights, z);
      if (!apart) return { layer, input: x, output: z, extra: z };
      const y = output(size);
      compiler.add(activate('gelu', size), z, y);
      return { layer, input: x, output: y, extra: z };
    }
    case 'maxpool':
    case 'avgpool': {
      const y = output(size);
      compiler.add(pool(poolShape(compiler, layer)), x, y);
      return { layer, input: x, output: y };
    }
    case 'batchnorm': {
      const shape = normShape(compiler, layer);
      const y = output(size);
      if (!training) {
        compiler.add(normalizeByAverages(shape), x, weights, y);
        return { layer, input: x, output: y };
      }
      const moments = compiler.take(3 * shape.channels);
      compiler.add(batchMoments(shape), x, moments);
      compiler.add(normalize(shape), x, moments, weights, y);
      return { layer, input: x, output: y, extra: moments };
    }
    case 'quantize': {
      const y = output(size);
      compiler.add(roundValues(size, layer), x, y);
      return { layer, input: x, output: y };
    }
    case 'dropout': {
      if (!dropout || layer.rate === 0) return { layer, input: x, output: x };
      const [y, mask] = [output(size), compiler.take(size)];
      compiler.dropouts.push({ mask, length: size, rate: layer.rate, index });
      compiler.add(multiply(size), x, mask, y);
      return { layer, input: x, output: y, extra: mask };
    }
    case 'flatten':
      return { layer, input: x, output: x };
  }
}

export function denseShape(compiler: GpuCompiler, layer: DenseLayer): DenseShape {
  return {
    ...{ count: compiler.count, inputs: sizeOf(layer.input), units: layer.units },
    ...{ kernel: compiler.startOf(layer, 'kernel'), bias: compiler.startOf(layer, 'bias') },
  };
}

export function convShape(compiler: GpuCompiler, layer: ConvLayer): ConvShape {
  const { needed, sides } = paddingOf(layer);
  const { outHeight, outWidth, filters, kernel, stride } = geometryOf(layer);
  return {
    ...{
      count: compiler.count,
      height: sides.height,
      width: sides.width,
      channels: sides.channels,
    },
    ...{ outHeight, outWidth, filters, size: kernel, stride },
    ...{ top: sides.top, left: sides.left, padded: needed },
    ...{ kernel: compiler.startOf(layer, 'kernel'), bias: compiler.startOf(layer, 'bias') },
  };
}

export function poolShape({ count }: GpuCompiler, layer: PoolLayer): PoolShape {
  return { count, ...poolGeometry(layer), average: layer.type === 'avgpool' };
}

export function normShape(compiler: GpuCompiler, layer: BatchNormLayer): NormShape {
  const channels = channelsOf(layer.input);
  return {
    ...{ rows: (compiler.count * sizeOf(layer.output)) / channels, channels },
    ...{ scale: compiler.startOf(layer, 'scale'), shift: compiler.startOf(layer, 'shift') },
    ...{ mean: compiler.startOf(layer, 'mean'), variance: compiler.startOf(layer, 'variance') },
  };
}
