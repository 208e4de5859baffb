import { channelsOf, fanIn, type Kernel } from '../kernels';
import type { Scores } from './scores';
import { pruneLowest } from './select';

/** Keep-masks by parameter name, 1 keeps and 0 prunes; what was pruned before stays pruned. */
export type Masks = Readonly<Record<string, Uint8Array>>;

/** Of all `n` weights of these kernels together, the `round(sparsity · n)` with the lowest scores go. */
export function singleWeights(kernels: readonly Kernel[], scores: Scores, sparsity: number): Masks {
  const tensors = kernels.map((kernel) => ({
    scores: scoresOf(kernel, scores),
    mask: kernel.mask,
  }));
  const weights = tensors.reduce((sum, tensor) => sum + tensor.scores.length, 0);
  const masks = pruneLowest(tensors, Math.round(sparsity * weights));
  return Object.fromEntries(kernels.map(({ name }, i) => [name, masks[i] ?? new Uint8Array()]));
}

/**
 * Of each `m` consecutive weights that an output reads, the `n` with the highest scores stay; of equal ones
 * the lower index goes first, and what was pruned before goes before all others. A convolution reads height,
 * width and channels, flattened. The last group is filled up with zeros.
 */
export function nOfM(kernel: Kernel, scores: Scores, n: number, m: number): Uint8Array {
  const all = scoresOf(kernel, scores);
  const [inputs, units] = [fanIn(kernel.parameter), channelsOf(kernel.parameter)];
  const keep = kernel.mask?.slice() ?? new Uint8Array(all.length).fill(1);
  const group = new Float32Array(m);
  for (let unit = 0; unit < units; unit++) {
    for (let start = 0; start < inputs; start += m) {
      for (let i = 0; i < m; i++) {
        const at = (start + i) * units + unit;
        group[i] = start + i >= inputs ? 0 : keep[at] === 0 ? -Infinity : (all[at] ?? 0);
      }
      for (let i = 0; i < m && start + i < inputs; i++) {
        if (lowerThan(group, i) < m - n) keep[(start + i) * units + unit] = 0;
      }
    }
  }
  return keep;
}

/** How many go before the `i`-th. */
function lowerThan(group: Float32Array, i: number): number {
  const score = group[i] ?? 0;
  let count = 0;
  group.forEach((other, j) => {
    if (other < score || (other === score && j < i)) count += 1;
  });
  return count;
}

/**
 * Kernels as matrices of inputs × outputs in blocks of `side` × `side`, smaller ones at the right and lower
 * edges. Of all blocks of these kernels together, the `round(sparsity · blocks)` go whose weights have the
 * lowest mean score.
 */
export function blocks(
  kernels: readonly Kernel[],
  scores: Scores,
  side: number,
  sparsity: number,
): Masks {
  const grids = kernels.map((kernel) => gridOf(kernel, scoresOf(kernel, scores), side));
  const count = grids.reduce((sum, grid) => sum + grid.scores.length, 0);
  const kept = pruneLowest(grids, Math.round(sparsity * count));
  return Object.fromEntries(
    kernels.map(({ name, mask }, k) => {
      const keep = (grids[k]?.blockOf ?? new Uint32Array()).map((block, i) =>
        mask?.[i] === 0 ? 0 : (kept[k]?.[block] ?? 1),
      );
      return [name, Uint8Array.from(keep)];
    }),
  );
}

/** The blocks of a kernel: their scores, which are pruned already, and which a weight lies in. */
function gridOf({ parameter, mask }: Kernel, scores: Float32Array, side: number) {
  const units = channelsOf(parameter);
  const across = Math.ceil(units / side);
  const count = across * Math.ceil(fanIn(parameter) / side);
  const blockOf = Uint32Array.from(
    scores,
    (_, i) => across * Math.floor(i / units / side) + Math.floor((i % units) / side),
  );
  const sums = new Float64Array(count);
  const weights = new Uint32Array(count);
  const left = new Uint8Array(count);
  scores.forEach((score, i) => {
    const block = blockOf[i] ?? 0;
    sums[block] = (sums[block] ?? 0) + score;
    weights[block] = (weights[block] ?? 0) + 1;
    if (mask?.[i] !== 0) left[block] = 1;
  });
  return {
    scores: Float32Array.from(sums, (sum, block) => sum / (weights[block] ?? 1)),
    mask: left,
    blockOf,
  };
}

function scoresOf({ name, parameter }: Kernel, scores: Scores): Float32Array {
  return scores[name] ?? parameter.values.map(Math.abs);
}
