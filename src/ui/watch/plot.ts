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
