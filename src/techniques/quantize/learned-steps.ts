import { kernelGrids } from '../../engine/kernel-grids';
import { stepOf, type Rounding, type Roundings } from '../../engine/trainer';
import type { Checkpoint, Parameter, Quantizer } from '../../experiment/checkpoint';
import { gridAt } from '../../experiment/quantizer';
import { channelsOf, kernelsOf, type Kernel } from '../kernels';
import { roundHalfEven } from './round';

/** A kernel whose grids are learned. */
interface LearnedKernel extends Kernel {
  readonly rounding: Rounding;
}

/** The checkpoint with a step for every learned grid: `2 mean|w| / √q_max` of the weights kept (Esser et al. 2020, section 2.2). */
export function withSteps<
  Network extends Pick<Checkpoint, 'architecture' | 'parameters' | 'masks'>,
>(network: Network, roundings: Roundings): Network {
  const steps = learnedKernels(network, roundings).map((kernel): [string, Parameter] => {
    const { blocks, columns } = kernelGrids(kernel.rounding, kernel.parameter.shape);
    const empty = { scales: new Float32Array(blocks * columns), zeroPoints: new Int32Array() };
    const gridOf = gridAt(quantizerOf(kernel, empty), channelsOf(kernel.parameter));
    const sums = new Float64Array(blocks * columns);
    const kept = new Uint32Array(blocks * columns);
    kernel.parameter.values.forEach((w, i) => {
      if (kernel.mask?.[i] === 0) return;
      const grid = gridOf(i);
      sums[grid] = (sums[grid] ?? 0) + Math.abs(w);
      kept[grid] = (kept[grid] ?? 0) + 1;
    });
    const values = Float32Array.from(sums, (sum, grid) => {
      const mean = sum / Math.max(1, kept[grid] ?? 0);
      // Zeros alone have no step of their own: theirs is 1.
      return mean === 0 ? 0 : Math.log((2 * mean) / Math.sqrt(largestCode(kernel.rounding)));
    });
    return [stepOf(kernel.name), { role: 'step', shape: [values.length], values }];
  });
  return { ...network, parameters: { ...network.parameters, ...Object.fromEntries(steps) } };
}

/** The checkpoint with every kernel on learned grids rounded to them, the others from `fitted`, and without the steps. */
export function onLearnedGrids(
  checkpoint: Checkpoint,
  roundings: Roundings,
  fitted = checkpoint,
): Checkpoint {
  const parameters = Object.fromEntries(
    Object.entries(fitted.parameters).filter(([, { role }]) => role !== 'step'),
  );
  const quantizers: Record<string, Quantizer> = { ...fitted.quantizers };
  for (const kernel of learnedKernels(checkpoint, roundings)) {
    const { name, parameter, rounding } = kernel;
    const steps = checkpoint.parameters[stepOf(name)]?.values ?? new Float32Array();
    const scales = Float32Array.from(steps, Math.exp);
    const zeroPoints = new Int32Array(scales.length);
    const quantizer = quantizerOf(kernel, { scales, zeroPoints });
    const gridOf = gridAt(quantizer, channelsOf(parameter));
    const largest = largestCode(rounding);
    const values = parameter.values.map((w, i) => {
      const scale = scales[gridOf(i)] ?? 1;
      return scale * Math.max(-largest, Math.min(largest, roundHalfEven(w / scale)));
    });
    parameters[name] = { ...parameter, values };
    quantizers[name] = quantizer;
  }
  return { ...fitted, parameters, quantizers };
}

function learnedKernels(
  network: Pick<Checkpoint, 'architecture' | 'parameters' | 'masks'>,
  roundings: Roundings,
): LearnedKernel[] {
  return kernelsOf(network).flatMap((kernel) => {
    const rounding = roundings[kernel.name];
    return rounding?.scheme === 'learned' ? [{ ...kernel, rounding }] : [];
  });
}

function quantizerOf(
  { rounding }: LearnedKernel,
  grids: Pick<Quantizer, 'scales' | 'zeroPoints'>,
): Quantizer {
  const { bits, granularity, group } = rounding;
  return {
    scheme: bits === 2 ? 'ternary' : 'symmetric',
    ...{ bits, ...grids },
    ...(granularity === 'group' && { group }),
  };
}

function largestCode({ bits }: Rounding): number {
  return 2 ** (bits - 1) - 1;
}
