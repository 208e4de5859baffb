import type { Parameter } from '../../experiment/checkpoint';
import { fanIn, type Kernel } from '../kernels';
import { groupsOf, type Group } from './groups';
import { blocks, nOfM, singleWeights, type Masks } from './patterns';
import type { Scores } from './scores';
import type { PruneOptions } from './spec';

/** The masks that the options give on these kernels: by thresholds, or by scores. */
export function chooseWeights(
  kernels: readonly Kernel[],
  options: PruneOptions,
  scores: Scores,
): Masks {
  const { criterion, pattern } = options;
  if (criterion === 'threshold') return belowThreshold(kernels, () => options.threshold);
  if (criterion === 'scaled') {
    return belowThreshold(kernels, ({ parameter }) => scaledThreshold(parameter, options.lambda));
  }
  if (pattern === 'nm') {
    return Object.fromEntries(
      kernels.map((kernel) => [kernel.name, nOfM(kernel, scores, options.n, options.m)]),
    );
  }
  const choose = ({ members, sparsity }: Group<Kernel>) =>
    pattern === 'blocks'
      ? blocks(members, scores, options.block, sparsity)
      : singleWeights(members, scores, sparsity);
  return Object.assign({}, ...groupsOf(kernels, options).map(choose)) as Masks;
}

/** Prunes |w| < t, with a threshold for each kernel. */
function belowThreshold(kernels: readonly Kernel[], threshold: (kernel: Kernel) => number): Masks {
  return Object.fromEntries(
    kernels.map((kernel) => {
      const t = threshold(kernel);
      const { parameter, mask } = kernel;
      const keep = Uint8Array.from(parameter.values, (w, i) =>
        Math.abs(w) < t || mask?.[i] === 0 ? 0 : 1,
      );
      return [kernel.name, keep];
    }),
  );
}

/** `t = λ ‖W‖₂ / fanIn`, with the Frobenius norm of the kernel. */
export function scaledThreshold(kernel: Parameter, lambda: number): number {
  const squares = kernel.values.reduce((sum, w) => sum + w * w, 0);
  return (lambda * Math.sqrt(squares)) / fanIn(kernel);
}
