/** Pixels around every plot, the same for all, so that iterations lie below one another. */
export const Y_AXIS_WIDTH = 46;
export const X_AXIS_HEIGHT = 20;
export const MARGIN = { top: 6, right: 10, bottom: 0, left: 0 } as const;

/** Where an iteration lies, in pixels from the left of a chart that is `width` wide. */
export function xOf(iteration: number, end: number, width: number): number {
  const plot = width - Y_AXIS_WIDTH - MARGIN.right;
  return Y_AXIS_WIDTH + (plot * iteration) / Math.max(1, end);
}

/** The iteration at a pixel, from 0 to `end`. */
export function iterationAt(x: number, end: number, width: number): number {
  const plot = Math.max(1, width - Y_AXIS_WIDTH - MARGIN.right);
  const share = (x - Y_AXIS_WIDTH) / plot;
  return Math.round(Math.min(1, Math.max(0, share)) * end);
}

/** What is drawn at one iteration: a value for each line, null where it has none, NaN where the line breaks off. */
export interface CurveRow {
  readonly iteration: number;
  readonly [key: string]: number | null;
}

type Scale = (value: number) => number | undefined;

/**
 * The SVG path of one line: from value to value, over gaps too but for breaks, at a slope or (`stepped`) level
 * up to the next iteration. A single value is a dot.
 */
export function curvePath(
  rows: readonly CurveRow[],
  key: string,
  xOf: Scale,
  yOf: Scale,
  stepped: boolean,
): string {
  let path = '';
  /** Since the line began, or began anew. */
  let count = 0;
  for (const row of rows) {
    const value = row[key] ?? null;
    if (Number.isNaN(value)) {
      if (count === 1) path += DOT;
      count = 0;
      continue;
    }
    const x = xOf(row.iteration);
    const y = value === null ? undefined : yOf(value);
    if (x === undefined || y === undefined) continue;
    const [across, down] = [x.toFixed(1), y.toFixed(1)];
    count += 1;
    if (count === 1) path += `M${across} ${down}`;
    else path += stepped ? `H${across}V${down}` : `L${across} ${down}`;
  }
  return count === 1 ? `${path}${DOT}` : path;
}

/** A circle around where the path is. */
const DOT = 'm-2 0a2 2 0 1 0 4 0a2 2 0 1 0 -4 0';
