import type { Parameter } from '../../experiment/checkpoint';
import { fanIn, type Kernel } from '../kernels';
import { pruneSmallest } from './select';
import type { PruneOptions } from './spec';

/** Keep-masks by parameter name, 1 keeps and 0 prunes; what was pruned before stays pruned. */
export type Masks = Readonly<Record<string, Uint8Array>>;

/** The masks that a criterion of docs/definitions.md gives on these kernels. */
export function chooseWeights(kernels: readonly Kernel[], options: PruneOptions): Masks {
  switch (options.criterion) {
    case 'magnitude':
      return options.scope === 'global'
        ? magnitude(kernels, options.sparsity)
        : Object.fromEntries(
            kernels.flatMap((kernel) => Object.entries(magnitude([kernel], options.sparsity))),
          );
    case 'threshold':
      return belowThreshold(kernels, () => options.threshold);
    case 'scaled':
      return belowThreshold(kernels, ({ parameter }) => scaledThreshold(parameter, options.lambda));
  }
}

/** Of all `n` weights of these kernels together, `round(sparsity · n)` are pruned: the smallest |w|. */
export function magnitude(kernels: readonly Kernel[], sparsity: number): Masks {
  const weights = kernels.reduce((sum, { parameter }) => sum + parameter.values.length, 0);
  const masks = pruneSmallest(
    kernels.map(({ parameter, mask }) => ({ values: parameter.values, mask })),
    Math.round(sparsity * weights),
  );
  return Object.fromEntries(kernels.map(({ name }, i) => [name, masks[i] ?? new Uint8Array()]));
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
