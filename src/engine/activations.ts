import { add, erf, leakyRelu, mul, relu, sigmoid, tanh, type Tensor } from '@tensorflow/tfjs-core';
import type { Activation } from '../experiment/architecture';
import { LEAKY_SLOPE } from './constants';

/** The activation of `x`, element by element. GELU is the exact one, `x·Φ(x)` (Hendrycks & Gimpel 2016). */
export function activate(x: Tensor, activation: Activation): Tensor {
  switch (activation) {
    case 'relu':
      return relu(x);
    case 'leaky':
      return leakyRelu(x, LEAKY_SLOPE);
    case 'tanh':
      return tanh(x);
    case 'sigmoid':
      return sigmoid(x);
    case 'gelu':
      return mul(mul(x, 0.5), add(erf(mul(x, Math.SQRT1_2)), 1));
    case 'none':
      return x;
  }
}
