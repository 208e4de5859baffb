import { kernelGrids } from '../../engine/kernel-grids';
import type { Checkpoint, Parameter, Quantizer } from '../../experiment/checkpoint';
import { WhittleError } from '../../experiment/problem';
import { kernelsOf, type Kernel } from '../kernels';
import { kMeans, nearest } from './codebook';
import { fitGrid, rangeOf, schemeAt, snap, type Weights } from './grid';
import { bitsOf } from './layer-bits';
import type { QuantizeOptions } from './spec';

/**
 * The checkpoint with every kernel on grids of `bits` bits, or of its layer's own; biases and batch norm
 * stay float32.
 *
 * A kernel that was quantized before gets a new quantizer in place of the old. Pruned weights stay
 * zero under every scheme and take no part in means, percentiles and centroids.
 * @throws WhittleError `notFinite`, naming the tensor, where a weight is NaN or infinite.
 */
export function quantize(checkpoint: Checkpoint, options: QuantizeOptions): Checkpoint {
  const parameters: Record<string, Parameter> = { ...checkpoint.parameters };
  const quantizers: Record<string, Quantizer> = { ...checkpoint.quantizers };
  for (const kernel of kernelsOf(checkpoint)) {
    const bits = bitsOf(kernel.layer, options);
    const { values, quantizer } = quantizeKernel(kernel, { ...options, bits });
    parameters[kernel.name] = { ...kernel.parameter, values };
    quantizers[kernel.name] = quantizer;
  }
  return { ...checkpoint, parameters, quantizers };
}

/** A kernel's values on its grids, exactly the float32 numbers that the quantizer stands for. */
export function quantizeKernel(
  { name, parameter, mask }: Kernel,
  options: QuantizeOptions,
): { values: Float32Array; quantizer: Quantizer } {
  if (!parameter.values.every(Number.isFinite)) throw notFinite(name);
  const { bits } = options;
  const values = parameter.values.slice();
  const shares = sharesOf(parameter, options).map((share) => ({ values, mask, ...share }));
  const grouped = options.granularity === 'group' ? { group: options.group } : {};
  const scheme = schemeAt(bits, options.scheme);
  if (scheme === 'codebook') {
    const levels = shares.flatMap((weights) => Array.from(cluster(weights, 2 ** bits)));
    const none = { scales: new Float32Array(), zeroPoints: new Int32Array() };
    const quantizer = { scheme, bits, ...grouped, ...none, levels: Float32Array.from(levels) };
    return { values, quantizer };
  }
  const range = rangeOf(options.range, options.percentile);
  const grids = shares.map((weights) => {
    const grid = fitGrid(scheme, bits, weights, range);
    snap(scheme, bits, grid, weights);
    return grid;
  });
  const scales = Float32Array.from(grids, ({ scale }) => scale);
  const zeroPoints = Int32Array.from(grids, ({ zeroPoint }) => zeroPoint);
  return { values, quantizer: { scheme, bits, ...grouped, scales, zeroPoints } };
}

/** Which of a kernel's weights share a grid, in the order of the grids. */
function sharesOf(
  parameter: Parameter,
  options: QuantizeOptions,
): readonly Pick<Weights, 'offset' | 'stride' | 'end'>[] {
  const { rows, columns, blockRows, blocks } = kernelGrids(options, parameter.shape);
  return Array.from({ length: blocks * columns }, (_, grid) => {
    const first = Math.floor(grid / columns) * blockRows;
    return {
      offset: first * columns + (grid % columns),
      stride: columns,
      end: Math.min(rows, first + blockRows) * columns,
    };
  });
}

/** Replaces weights by the nearest of `k` centroids, pruned ones by 0, and returns the centroids. */
function cluster({ values, mask, offset, stride, end }: Weights, k: number): Float32Array {
  const kept: number[] = [];
  for (let i = offset; i < end; i += stride) if (mask?.[i] !== 0) kept.push(i);
  const levels = kMeans(
    Float32Array.from(kept, (i) => values[i] ?? 0),
    k,
  );
  for (let i = offset; i < end; i += stride) if (mask?.[i] === 0) values[i] = 0;
  for (const i of kept) values[i] = levels[nearest(levels, values[i] ?? 0)] ?? 0;
  return levels;
}

function notFinite(name: string): WhittleError {
  return new WhittleError({
    code: 'notFinite',
    params: { tensor: name },
    message: `The weights of ${name} are not all finite numbers, so they cannot be quantized. Train again with a smaller learning rate.`,
  });
}
