import type { Quantizer } from './checkpoint';

export function gridCount({ bits, scales, levels }: Quantizer): number {
  return levels === undefined ? scales.length : levels.length / 2 ** bits;
}

/**
 * Which grid the number at a flat index of a tensor with so many outputs lies on. Grids of groups are in the
 * order of the groups, each with all outputs.
 */
export function gridAt(quantizer: Quantizer, outputs: number): (index: number) => number {
  if (gridCount(quantizer) === 1) return () => 0;
  const { group } = quantizer;
  if (group === undefined) return (index) => index % outputs;
  return (index) => Math.floor(index / outputs / group) * outputs + (index % outputs);
}

/** The quantizer with those of its grids alone for which `keeps` says so. */
export function withGrids(quantizer: Quantizer, keeps: (grid: number) => boolean): Quantizer {
  const { bits, scales, zeroPoints, levels } = quantizer;
  return {
    ...quantizer,
    scales: scales.filter((_, grid) => keeps(grid)),
    zeroPoints: zeroPoints.filter((_, grid) => keeps(grid)),
    ...(levels && { levels: levels.filter((_, i) => keeps(Math.floor(i / 2 ** bits))) }),
  };
}
