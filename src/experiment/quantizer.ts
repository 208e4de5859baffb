import type { Parameter, Quantizer } from './checkpoint';

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

/** Of a weight that is on no level, a pruned one. */
export const NO_LEVEL = -1;

/**
 * Which level of its codebook each of a tensor's weights is on, counted through all grids.
 * @throws RangeError where a weight is on none: nothing quantized the tensor, or something changed it since.
 */
export function levelIndices(
  { shape, values }: Parameter,
  quantizer: Quantizer,
  mask: Uint8Array | undefined,
): Int32Array<ArrayBuffer> {
  const { levels = new Float32Array() } = quantizer;
  const perGrid = 2 ** quantizer.bits;
  const gridOf = gridAt(quantizer, shape.at(-1) ?? 1);
  return Int32Array.from(values, (value, i) => {
    if (mask?.[i] === 0) return NO_LEVEL;
    const first = gridOf(i) * perGrid;
    const level = first + levels.subarray(first, first + perGrid).indexOf(value);
    if (level < first) throw new RangeError(`Weight ${String(i)} is on no level.`);
    return level;
  });
}

/** The codebook whose levels have moved with the weights on them. */
export function withLevels(
  quantizer: Quantizer,
  values: Float32Array,
  indices: Int32Array,
): Quantizer {
  const levels = Float32Array.from(quantizer.levels ?? []);
  indices.forEach((level, i) => {
    if (level !== NO_LEVEL) levels[level] = values[i] ?? 0;
  });
  const perGrid = 2 ** quantizer.bits;
  for (let first = 0; first < levels.length; first += perGrid) {
    levels.subarray(first, first + perGrid).sort();
  }
  return { ...quantizer, levels };
}
