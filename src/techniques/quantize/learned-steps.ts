import { stepOf } from '../../engine/trainer';
import type { Checkpoint, Parameter, Quantizer } from '../../experiment/checkpoint';
import { channelsOf, kernelsOf } from '../kernels';
import { roundHalfEven } from './round';

/** How many bits, and whether every output has a step of its own. */
export interface StepSettings {
  readonly bits: number;
  readonly perOutput: boolean;
}

/** The checkpoint with a step for every grid: `2 mean|w| / √q_max` of the weights kept (Esser et al. 2020, section 2.2). */
export function withSteps<
  Network extends Pick<Checkpoint, 'architecture' | 'parameters' | 'masks'>,
>(network: Network, { bits, perOutput }: StepSettings): Network {
  const steps = kernelsOf(network).map(({ name, parameter, mask }): [string, Parameter] => {
    const grids = perOutput ? channelsOf(parameter) : 1;
    const [sums, kept] = [new Float64Array(grids), new Uint32Array(grids)];
    parameter.values.forEach((w, i) => {
      if (mask?.[i] === 0) return;
      sums[i % grids] = (sums[i % grids] ?? 0) + Math.abs(w);
      kept[i % grids] = (kept[i % grids] ?? 0) + 1;
    });
    const values = Float32Array.from(sums, (sum, grid) => {
      const mean = sum / Math.max(1, kept[grid] ?? 0);
      // Zeros alone have no step of their own: theirs is 1.
      return mean === 0 ? 0 : Math.log((2 * mean) / Math.sqrt(largestCode(bits)));
    });
    return [stepOf(name), { role: 'step', shape: [grids], values }];
  });
  return { ...network, parameters: { ...network.parameters, ...Object.fromEntries(steps) } };
}

/** The checkpoint with every kernel rounded to the grid whose step it has learned, and without the steps. */
export function onLearnedGrids(checkpoint: Checkpoint, { bits }: StepSettings): Checkpoint {
  const parameters = Object.fromEntries(
    Object.entries(checkpoint.parameters).filter(([, { role }]) => role !== 'step'),
  );
  const quantizers: Record<string, Quantizer> = { ...checkpoint.quantizers };
  const largest = largestCode(bits);
  for (const { name, parameter } of kernelsOf(checkpoint)) {
    const steps = checkpoint.parameters[stepOf(name)]?.values ?? new Float32Array();
    const scales = Float32Array.from(steps, Math.exp);
    const values = parameter.values.map((w, i) => {
      const scale = scales[i % scales.length] ?? 1;
      return scale * Math.max(-largest, Math.min(largest, roundHalfEven(w / scale)));
    });
    parameters[name] = { ...parameter, values };
    quantizers[name] = {
      scheme: bits === 2 ? 'ternary' : 'symmetric',
      ...{ bits, scales, zeroPoints: new Int32Array(scales.length) },
    };
  }
  return { ...checkpoint, parameters, quantizers };
}

function largestCode(bits: number): number {
  return 2 ** (bits - 1) - 1;
}
