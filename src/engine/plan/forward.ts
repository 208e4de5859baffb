import type {
  Activation,
  BatchNormLayer,
  ConvLayer,
  DenseLayer,
  DropoutLayer,
  Layer,
  PoolLayer,
  QuantizeLayer,
} from '../../experiment/architecture';
import { sizeOf } from '../../experiment/shapes';
import { activationCode } from '../constants';
import { inFours, type Compiler } from './compiler';
import { channelsOf, geometryOf, paddingOf, poolGeometry } from './geometry';

/** What a layer leaves for its gradient. */
export interface Trace {
  readonly layer: Layer;
  readonly input: number;
  readonly output: number;
  /** Convolution: the padded input. GELU: what went into it. Batch norm: the moments. Dropout: the mask. */
  readonly extra: number;
}

export function writeInference(
  compiler: Compiler,
  layer: Layer,
  x: number,
  y: number,
  padded: number,
): number {
  switch (layer.type) {
    case 'dense':
      writeDense(compiler, layer, x, y);
      activateInPlace(compiler, layer, y);
      return y;
    case 'conv':
      writeConv(compiler, layer, writePad(compiler, layer, x, padded), y);
      activateInPlace(compiler, layer, y);
      return y;
    case 'maxpool':
    case 'avgpool':
      writePool(compiler, layer, x, y);
      return y;
    case 'batchnorm': {
      const channels = channelsOf(layer.input);
      const moments = compiler.take(3 * channels);
      compiler.operations.add('keptMoments', {
        ...{ mean: compiler.value(layer, 'mean'), variance: compiler.value(layer, 'variance') },
        ...{ channels, moments },
      });
      writeNormalize(compiler, layer, x, moments, y);
      return y;
    }
    case 'quantize':
      writeRoundValues(compiler, layer, x, y);
      return y;
    case 'dropout':
    case 'flatten':
      return x;
  }
}

/** The way through a layer that stays as it is: as in inference, with room of its own. */
export function writeFrozen(compiler: Compiler, layer: Layer, x: number): Trace {
  const { count } = compiler;
  const padded = layer.type === 'conv' ? count * sizeOf(paddingOf(layer).shape) : 0;
  const y = compiler.take(count * sizeOf(layer.output));
  const output = writeInference(compiler, layer, x, y, compiler.take(padded));
  return { layer, input: x, output, extra: 0 };
}

export function writeForward(
  compiler: Compiler,
  layer: Layer,
  index: number,
  x: number,
  dropout: boolean,
): Trace {
  const { count, operations } = compiler;
  const size = count * sizeOf(layer.output);
  const trace = (output: number, extra = 0): Trace => ({ layer, input: x, output, extra });
  switch (layer.type) {
    case 'dense': {
      const z = compiler.take(size);
      writeDense(compiler, layer, x, z);
      return activated(compiler, trace(z), layer.activation, size);
    }
    case 'conv': {
      const padding = paddingOf(layer);
      const room = padding.needed ? compiler.take(count * sizeOf(padding.shape)) : x;
      const from = writePad(compiler, layer, x, room);
      const z = compiler.take(size);
      writeConv(compiler, layer, from, z);
      return activated(compiler, { ...trace(z), input: from }, layer.activation, size);
    }
    case 'maxpool':
    case 'avgpool': {
      const y = compiler.take(size);
      writePool(compiler, layer, x, y);
      return trace(y);
    }
    case 'batchnorm': {
      const channels = channelsOf(layer.input);
      const moments = compiler.take(3 * channels);
      const y = compiler.take(size);
      operations.add('batchMoments', { x, rows: size / channels, channels, moments });
      writeNormalize(compiler, layer, x, moments, y);
      return trace(y, moments);
    }
    case 'quantize': {
      const y = compiler.take(size);
      writeRoundValues(compiler, layer, x, y);
      return trace(y);
    }
    case 'dropout': {
      if (!dropout || layer.rate === 0) return trace(x);
      const y = compiler.take(size);
      const mask = writeDropout(compiler, layer, index, x, y, size);
      return trace(y, mask);
    }
    case 'flatten':
      return trace(x);
  }
}

function writeRoundValues(compiler: Compiler, layer: QuantizeLayer, x: number, y: number): void {
  const count = compiler.count * sizeOf(layer.output);
  compiler.operations.add('roundValues', { x, y, count, ...gridOf(layer) });
}

/** An activation grid as operations take it. */
export function gridOf({ bits, scale, zeroPoint }: QuantizeLayer) {
  return { gridScale: scale, zeroPoint, largest: 2 ** bits - 1 };
}

function writeDropout(
  compiler: Compiler,
  layer: DropoutLayer,
  index: number,
  x: number,
  y: number,
  size: number,
): number {
  const address = compiler.take(size);
  compiler.dropouts.push({ address, length: size, rate: layer.rate, index });
  compiler.operations.add('multiply', { values: x, by: address, to: y, count: size });
  return address;
}

/** The trace with the activation behind it; what a GELU's gradient needs is what went in. */
function activated(compiler: Compiler, trace: Trace, activation: Activation, size: number): Trace {
  const z = trace.output;
  // ReLU is cut off where the product is stored.
  if (activation === 'none' || activation === 'relu') return trace;
  const y = activation === 'gelu' ? compiler.take(size) : z;
  compiler.operations.add('activate', { kind: activationCode(activation), z, y, count: size });
  return { ...trace, output: y, extra: z };
}

function activateInPlace(compiler: Compiler, layer: DenseLayer | ConvLayer, at: number): void {
  if (layer.activation === 'none' || layer.activation === 'relu') return;
  compiler.operations.add('activate', {
    ...{ kind: activationCode(layer.activation), z: at, y: at },
    count: compiler.count * sizeOf(layer.output),
  });
}

function writeDense(compiler: Compiler, layer: DenseLayer, x: number, z: number): void {
  compiler.product({
    ...{ a: x, b: compiler.value(layer, 'kernel'), c: z, bias: compiler.value(layer, 'bias') },
    ...{ m: compiler.count, n: layer.units, k: sizeOf(layer.input) },
    relu: layer.activation === 'relu',
  });
}

/** Pads the input where the layer pads; returns where it lies then. */
function writePad(compiler: Compiler, layer: ConvLayer, x: number, padded: number): number {
  const padding = paddingOf(layer);
  if (!padding.needed) return x;
  compiler.operations.add('pad', { from: x, to: padded, ...padding.sides, count: compiler.count });
  return padded;
}

function writeConv(compiler: Compiler, layer: ConvLayer, x: number, z: number): void {
  const { kernel, filters } = layer;
  const geometry = geometryOf(layer);
  const weights = kernel * kernel * geometry.channels;
  const packed = compiler.share('right', 8 * Math.ceil(filters / 8) * weights);
  compiler.operations.add('packRight', {
    ...{ b: compiler.value(layer, 'kernel'), stride: 4 * filters, k: weights, n: filters },
    ...{ transposed: 0, packed },
  });
  compiler.operations.add('convolve', {
    ...{ x, packed, bias: compiler.value(layer, 'bias'), y: z, ...geometry },
    // Where each window begins, and the windows.
    ...compiler.room(inFours(geometry.outHeight * geometry.outWidth) * (1 + weights)),
    ...{ relu: Number(layer.activation === 'relu'), count: compiler.count },
  });
}

function writePool(compiler: Compiler, layer: PoolLayer, x: number, y: number): void {
  compiler.operations.add('pool', { x, y, ...poolGeometry(layer), count: compiler.count });
}

function writeNormalize(
  compiler: Compiler,
  layer: BatchNormLayer,
  x: number,
  moments: number,
  y: number,
): void {
  const channels = channelsOf(layer.input);
  const rows = (compiler.count * sizeOf(layer.output)) / channels;
  const [scale, shift] = [compiler.value(layer, 'scale'), compiler.value(layer, 'shift')];
  compiler.operations.add('normalize', { x, rows, channels, moments, scale, shift, y });
}
