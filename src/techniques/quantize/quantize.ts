import type { Checkpoint, Parameter, Quantizer } from '../../experiment/checkpoint';
import { WhittleError } from '../../experiment/problem';
import { channelsOf, kernelsOf, type Kernel } from '../kernels';
import { fitGrid, schemeAt, snap } from './grid';
import type { QuantizeOptions } from './spec';

/**
 * The checkpoint with every kernel on a grid of `bits` bits; biases and batch norm stay float32.
 *
 * A kernel that was quantized before gets a new quantizer in place of the old. Pruned weights stay
 * zero under every scheme and take no part in the mean |w| of the ternary and binary ones.
 * @throws WhittleError `notFinite`, naming the tensor, where a weight is NaN or infinite.
 */
export function quantize(checkpoint: Checkpoint, options: QuantizeOptions): Checkpoint {
  const parameters: Record<string, Parameter> = { ...checkpoint.parameters };
  const quantizers: Record<string, Quantizer> = { ...checkpoint.quantizers };
  for (const kernel of kernelsOf(checkpoint)) {
    const { values, quantizer } = quantizeKernel(kernel, options);
    parameters[kernel.name] = { ...kernel.parameter, values };
    quantizers[kernel.name] = quantizer;
  }
  return { ...checkpoint, parameters, quantizers };
}

/** A kernel's values on the grid, exactly `fround((q − zeroPoint) · scale)`, and the grid. */
export function quantizeKernel(
  { name, parameter, mask }: Kernel,
  { bits, scheme: wanted, granularity }: QuantizeOptions,
): { values: Float32Array; quantizer: Quantizer } {
  if (!parameter.values.every(Number.isFinite)) throw notFinite(name);
  const values = parameter.values.slice();
  const grids = granularity === 'channel' ? channelsOf(parameter) : 1;
  const scheme = schemeAt(bits, wanted);
  const scales = new Float32Array(grids);
  const zeroPoints = new Int32Array(grids);
  for (let channel = 0; channel < grids; channel++) {
    const weights = { values, mask, offset: channel, stride: grids };
    const grid = fitGrid(scheme, bits, weights);
    snap(scheme, bits, grid, weights);
    scales[channel] = grid.scale;
    zeroPoints[channel] = grid.zeroPoint;
  }
  return { values, quantizer: { scheme, bits, scales, zeroPoints } };
}

function notFinite(name: string): WhittleError {
  return new WhittleError({
    code: 'notFinite',
    params: { tensor: name },
    message: `The weights of ${name} are not all finite numbers, so they cannot be quantized. Train again with a smaller learning rate.`,
  });
}
