import type { Histogram } from '../../worker/protocol';

/** The axes of a histogram. Two that are compared share one, so that like is compared with like. */
export interface HistogramAxes {
  readonly low: number;
  readonly high: number;
  /** The bin that reaches the top: weights for one unit of the horizontal axis. */
  readonly density: number;
}

/** Axes that hold all of `histograms`: symmetric around zero, so that zero stays where it is. */
export function histogramAxes(histograms: readonly Histogram[]): HistogramAxes {
  let reach = 0;
  let density = 0;
  for (const { edges, counts } of histograms) {
    reach = Math.max(reach, Math.abs(edges[0] ?? 0), Math.abs(edges.at(-1) ?? 0));
    for (const [bin, count] of counts.entries()) {
      density = Math.max(density, count / binWidth(edges, bin));
    }
  }
  const half = reach > 0 ? reach : 1;
  return { low: -half, high: half, density: density > 0 ? density : 1 };
}

function binWidth(edges: readonly number[], bin: number): number {
  const width = (edges[bin + 1] ?? 0) - (edges[bin] ?? 0);
  return width > 0 ? width : 1;
}

/** The bars as one SVG path in a field of `width` × `height`: one element to draw, however many bins. */
export function barsPath(
  { edges, counts }: Histogram,
  { low, high, density }: HistogramAxes,
  width: number,
  height: number,
): string {
  const x = (value: number) => (((value - low) / (high - low)) * width).toFixed(1);
  return counts
    .map((count, bin) => {
      if (count === 0) return '';
      const top = height * (1 - count / binWidth(edges, bin) / density);
      const [left, right] = [x(edges[bin] ?? 0), x(edges[bin + 1] ?? 0)];
      return `M${left} ${String(height)}V${top.toFixed(1)}H${right}V${String(height)}Z`;
    })
    .join('');
}

/** All weights of the histogram's tensor. */
export function totalOf({ counts, pruned }: Histogram): number {
  return counts.reduce((sum, count) => sum + count, pruned);
}
