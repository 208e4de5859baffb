import type { Activation, ConvLayer } from '../../experiment/architecture';
import { sizeOf } from '../../experiment/shapes';
import { activationCode } from '../constants';
import { inFours, type Compiler } from './compiler';
import { gridOf, type Trace } from './forward';
import { channelsOf, geometryOf, paddingOf, poolGeometry } from './geometry';

/**
 * Turns the gradient at `dy` by a layer's output into those by its parameters and, at what is returned,
 * by its input. `to` is free for it; null where nobody asks.
 */
export function writeBackward(
  compiler: Compiler,
  { layer, input, output, extra }: Trace,
  dy: number,
  to: number | null,
): number {
  const { count, operations } = compiler;
  const size = count * sizeOf(layer.output);
  switch (layer.type) {
    case 'dense': {
      const [n, k] = [layer.units, sizeOf(layer.input)];
      writeActivationGradient(compiler, layer.activation, output, extra, dy, size);
      const kernel = compiler.gradient(layer, 'kernel');
      compiler.product({ a: input, b: dy, c: kernel, m: k, n, k: count, transposed: 'a' });
      const sums = compiler.gradient(layer, 'bias');
      operations.add('columnSums', { values: dy, rows: count, columns: n, sums });
      if (to === null) return dy;
      const weights = compiler.value(layer, 'kernel');
      compiler.product({ a: dy, b: weights, c: to, m: count, n: k, k: n, transposed: 'b' });
      return to;
    }
    case 'conv':
      writeActivationGradient(compiler, layer.activation, output, extra, dy, size);
      return writeConvBackward(compiler, layer, input, dy, to);
    case 'maxpool':
    case 'avgpool':
      if (to === null) return dy;
      operations.add('poolGradient', {
        ...{ x: input, y: output, dy, dx: to, ...poolGeometry(layer), count },
      });
      return to;
    case 'batchnorm': {
      const channels = channelsOf(layer.input);
      operations.add('normalizeGradient', {
        ...{ x: input, rows: size / channels, channels, moments: extra, dy, dx: dy },
        scale: compiler.value(layer, 'scale'),
        scaleGradient: compiler.gradient(layer, 'scale'),
        shiftGradient: compiler.gradient(layer, 'shift'),
      });
      return dy;
    }
    case 'quantize': {
      const rounded = { x: input, gradient: dy, count: size, ...gridOf(layer) };
      operations.add('roundValuesGradient', rounded);
      return dy;
    }
    case 'dropout':
      if (extra !== 0) operations.add('multiply', { values: dy, by: extra, to: dy, count: size });
      return dy;
    case 'flatten':
      return dy;
  }
}

function writeActivationGradient(
  compiler: Compiler,
  activation: Activation,
  output: number,
  extra: number,
  gradient: number,
  count: number,
): void {
  if (activation === 'none') return;
  const y = activation === 'gelu' ? extra : output;
  const kind = activationCode(activation);
  compiler.operations.add('activationGradient', { kind, y, gradient, count });
}

function writeConvBackward(
  compiler: Compiler,
  layer: ConvLayer,
  x: number,
  dy: number,
  to: number | null,
): number {
  const { count, operations } = compiler;
  const { kernel, filters } = layer;
  const geometry = geometryOf(layer);
  const positions = geometry.outHeight * geometry.outWidth;
  const weights = kernel * kernel * geometry.channels;
  operations.add('kernelGradient', {
    ...{ x, dy, gradient: compiler.gradient(layer, 'kernel'), ...geometry, count },
    ...compiler.room((8 * Math.ceil(filters / 8) + 4) * positions),
  });
  operations.add('columnSums', {
    ...{ values: dy, rows: count * positions, columns: filters },
    sums: compiler.gradient(layer, 'bias'),
  });
  if (to === null) return dy;
  const packed = compiler.share('right', 8 * Math.ceil(weights / 8) * filters);
  operations.add('packRight', {
    ...{ b: compiler.value(layer, 'kernel'), stride: 4 * filters, k: filters, n: weights },
    ...{ transposed: 1, packed },
  });
  const room = compiler.room(inFours(positions) * filters + positions * weights);
  const padding = paddingOf(layer);
  const dx = padding.needed ? compiler.take(count * sizeOf(padding.shape)) : to;
  operations.add('pictureGradient', { dy, packed, dx, ...room, ...geometry, count });
  if (padding.needed) operations.add('unpad', { from: dx, to, ...padding.sides, count });
  return to;
}
