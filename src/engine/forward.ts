import {
  add,
  avgPool,
  conv2d,
  matMul,
  maxPool,
  mul,
  reshape,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { Architecture, BatchNormLayer, Layer } from '../experiment/architecture';
import { activate } from './activations';
import { batchMoments, normalize, type Moments } from './batch-norm';
import { dropoutMask } from './dropout';
import { layerSeed } from './dropout-values';
import { roundValues } from './round-values';
import { tensorOf, type Tensors } from './tensors';

/** What differs between training and inference. */
export type Mode =
  | { readonly training: false }
  | {
      readonly training: true;
      /** Null: no dropout. */
      readonly dropoutSeed: number | null;
      /** So many of the first layers work as in inference. */
      readonly frozen: number;
      /** Told the moments of each batch-norm layer's input, which the moving averages follow. */
      readonly onMoments: (layer: BatchNormLayer, moments: Moments) => void;
    };

export const INFERENCE: Mode = { training: false };

/**
 * The network's outputs (logits, or values), `[count, outputs]`, for inputs `[count, ...architecture.input]`.
 * Depends on its arguments alone. `same` pads as TensorFlow does: the odd row and column come last.
 */
export function forward(
  architecture: Architecture,
  parameters: Tensors,
  inputs: Tensor,
  mode: Mode,
): Tensor {
  return architecture.layers.reduce((x, layer, index) => {
    const isFrozen = mode.training && index < mode.frozen;
    return applyLayer(layer, index, parameters, x, isFrozen ? INFERENCE : mode);
  }, inputs);
}

function applyLayer(layer: Layer, index: number, parameters: Tensors, x: Tensor, mode: Mode) {
  const parameter = (role: string) => tensorOf(parameters, `${layer.name}.${role}`);
  switch (layer.type) {
    case 'dense': {
      const product = matMul(rows(x), parameter('kernel') as Tensor2D);
      return activate(add(product, parameter('bias')), layer.activation);
    }
    case 'conv': {
      const kernel = parameter('kernel') as Tensor4D;
      const product = conv2d(pictures(x), kernel, layer.stride, layer.padding);
      return activate(add(product, parameter('bias')), layer.activation);
    }
    case 'maxpool':
      return maxPool(pictures(x), layer.size, layer.stride, 'valid');
    case 'avgpool':
      return avgPool(pictures(x), layer.size, layer.stride, 'valid');
    case 'batchnorm': {
      const moments: Moments = mode.training
        ? batchMoments(x)
        : { mean: parameter('mean'), variance: parameter('variance') };
      if (mode.training) mode.onMoments(layer, moments);
      return normalize(x, moments, parameter('scale'), parameter('shift'));
    }
    case 'quantize':
      return roundValues(x, layer);
    case 'dropout':
      return mode.training && mode.dropoutSeed !== null && layer.rate > 0
        ? mul(x, dropoutMask(x.shape, layer.rate, layerSeed(mode.dropoutSeed, index)))
        : x;
    case 'flatten':
      return rows(x);
  }
}

/** `[count, features]`: a dense layer reads a picture row by row, channels innermost. */
function rows(x: Tensor): Tensor2D {
  return x.rank === 2 ? (x as Tensor2D) : reshape(x, [x.shape[0], -1]);
}

/** `[count, height, width, channels]`; the architecture's checked shapes leave nothing else here. */
function pictures(x: Tensor): Tensor4D {
  return x as Tensor4D;
}
