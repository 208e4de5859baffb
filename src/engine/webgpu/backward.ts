import type { Activation } from '../../experiment/architecture';
import { sizeOf } from '../../experiment/shapes';
import type { GpuCompiler } from './compiler';
import { convShape, denseShape, normShape, poolShape, type Trace } from './forward';
import { activationGradient, multiply, roundValuesGradient } from './shaders/activation';
import { normGradient, normInputGradient } from './shaders/batch-norm';
import {
  convGradient,
  convGradientSlices,
  convInputGradient,
  sliceLength,
  slicesOf,
} from './shaders/conv';
import { denseGradient, denseInputGradient } from './shaders/dense';
import { poolGradient } from './shaders/pool';

/** The activation whose output a layer takes in, with what its slope is told by. */
interface Below {
  readonly activation: Activation;
  readonly y: readonly GPUBuffer[];
}

const NOTHING: Below = { activation: 'none', y: [] };

/**
 * Turns the gradient by the last layer's output into those by all parameters. What flows to a layer with
 * an activation has passed it already: whoever computes it multiplies by the slope on the way.
 */
export function writeBackward(
  compiler: GpuCompiler,
  traces: readonly Trace[],
  frozen: number,
  gradients: GPUBuffer,
  outputGradient: GPUBuffer,
): void {
  let dy = outputGradient;
  const last = belowOf(traces);
  if (last.activation !== 'none') {
    const size = compiler.count * sizeOf(compiler.architecture.layers.at(-1)?.output ?? []);
    compiler.add(activationGradient(last.activation, size), ...last.y, dy);
  }
  // Only what lies behind the first trained layer is of use to anyone.
  const first = traces.findIndex(
    ({ layer }, index) => index >= frozen && TRAINED.includes(layer.type),
  );
  if (first === -1) return;
  for (let index = traces.length - 1; index >= first; index--) {
    const trace = traces[index];
    if (trace === undefined) return;
    const below = index > first ? belowOf(traces.slice(0, index)) : null;
    dy = writeLayer(compiler, trace, gradients, dy, below);
  }
}

const TRAINED: readonly string[] = ['dense', 'conv', 'batchnorm'];

/** The activation of the last of these layers; what only passes numbers on is looked through. */
function belowOf(traces: readonly Trace[]): Below {
  const trace = traces.findLast(({ input, output }) => input !== output);
  if (trace === undefined) return NOTHING;
  const { layer, extra } = trace;
  if ((layer.type !== 'dense' && layer.type !== 'conv') || extra === undefined) return NOTHING;
  return { activation: layer.activation, y: layer.activation === 'none' ? [] : [extra] };
}

/** Returns the gradient by the layer's input; where `below` is null nobody asks for it. */
function writeLayer(
  compiler: GpuCompiler,
  { layer, input, output, extra }: Trace,
  gradients: GPUBuffer,
  dy: GPUBuffer,
  below: Below | null,
): GPUBuffer {
  const { weights } = compiler;
  const size = compiler.count * sizeOf(layer.input);
  switch (layer.type) {
    case 'dense': {
      const shape = denseShape(compiler, layer);
      compiler.add(denseGradient(shape), input, dy, gradients);
      if (below === null) return dy;
      const dx = compiler.take(size);
      compiler.add(denseInputGradient(shape, below.activation), dy, weights, ...below.y, dx);
      return dx;
    }
    case 'conv': {
      const shape = convShape(compiler, layer);
      const parts = compiler.take(slicesOf(shape) * sliceLength(shape));
      compiler.add(convGradientSlices(shape), input, dy, parts);
      compiler.add(convGradient(shape), parts, gradients);
      if (below === null) return dy;
      const dx = compiler.take(size);
      compiler.add(convInputGradient(shape, below.activation), dy, weights, ...below.y, dx);
      return dx;
    }
    case 'maxpool':
    case 'avgpool': {
      if (below === null) return dy;
      const dx = compiler.take(size);
      const pooled = layer.type === 'maxpool' ? [input, output] : [];
      const shape = poolShape(compiler, layer);
      // What the pool took in is the activation's output itself, but for GELU: one buffer is bound twice.
      compiler.add(poolGradient(shape, below.activation), dy, ...pooled, ...below.y, dx);
      return dx;
    }
    case 'batchnorm': {
      const shape = normShape(compiler, layer);
      const moments = extra ?? input;
      compiler.add(normGradient(shape), input, moments, dy, gradients);
      if (below === null) return dy;
      const dx = compiler.take(size);
      compiler.add(normInputGradient(shape), input, moments, dy, weights, gradients, dx);
      return passed(compiler, below, dx, size);
    }
    case 'quantize': {
      if (below === null) return dy;
      const dx = compiler.take(size);
      compiler.add(roundValuesGradient(size, layer), input, dy, dx);
      return passed(compiler, below, dx, size);
    }
    case 'dropout': {
      if (extra === undefined || below === null) return dy;
      const dx = compiler.take(size);
      compiler.add(multiply(size), dy, extra, dx);
      return passed(compiler, below, dx, size);
    }
    case 'flatten':
      return dy;
  }
}

/** The gradient past the activation below, of what does not multiply by its slope itself. */
function passed(compiler: GpuCompiler, below: Below, dx: GPUBuffer, size: number): GPUBuffer {
  if (below.activation !== 'none') {
    compiler.add(activationGradient(below.activation, size), ...below.y, dx);
  }
  return dx;
}
