import type { Checkpoint } from '../../experiment/checkpoint';
import { kernelsOf } from '../kernels';
import { quantizeKernel } from './quantize';
import type { QuantizeOptions } from './spec';

/** The network with the weights of one layer on grids of so many bits, and the others as they are. */
export function quantizeLayer(
  checkpoint: Checkpoint,
  options: QuantizeOptions,
  layer: string,
  bits: number,
): Checkpoint {
  const kernel = kernelsOf(checkpoint).find((each) => each.layer === layer);
  if (kernel === undefined) return checkpoint;
  const { name, parameter } = kernel;
  const { values, quantizer } = quantizeKernel(kernel, { ...options, bits });
  return {
    ...checkpoint,
    parameters: { ...checkpoint.parameters, [name]: { ...parameter, values } },
    quantizers: { ...checkpoint.quantizers, [name]: quantizer },
  };
}
