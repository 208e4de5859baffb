import type { Relief } from '../../lab/results';
import type { Heights } from './heights';

/** A point of the box [−1, 1]² × [0, 1] that the function in the round fills. */
export type BoxPoint = readonly [x: number, y: number, height: number];

/** The function as ground in that box, as coarse as it is drawn. */
export interface Ground {
  /** Corners along each side. */
  readonly side: number;
  /** At `side` × `side` corners from the lower left, row by row; NaN where there is none. */
  readonly heights: Float64Array;
}

/** Every so many points of the grid are a corner of the ground. */
const EVERY = 2;

export function groundOf(
  { values, side }: Pick<Relief, 'values' | 'side'>,
  heights: Heights,
): Ground {
  const corners = Math.floor((side - 1) / EVERY) + 1;
  return {
    side: corners,
    heights: Float64Array.from({ length: corners * corners }, (_, i) => {
      const [column, row] = [EVERY * (i % corners), EVERY * Math.floor(i / corners)];
      const value = values[row * side + column] ?? NaN;
      return Number.isNaN(value) ? NaN : heights.of(value);
    }),
  };
}

/** Where the corners of a column or row lie, from −1 to 1. */
export function cornerAt({ side }: Ground, index: number): number {
  return (2 * index) / (side - 1) - 1;
}

/** How high the ground is, between its corners as well (bilinear); NaN beyond it and in its gaps. */
export function heightAt({ side, heights }: Ground, x: number, y: number): number {
  if (!(Math.abs(x) <= 1 && Math.abs(y) <= 1)) return NaN;
  const [across, up] = [((x + 1) / 2) * (side - 1), ((y + 1) / 2) * (side - 1)];
  const [column, row] = [
    Math.min(side - 2, Math.floor(across)),
    Math.min(side - 2, Math.floor(up)),
  ];
  const [right, above] = [across - column, up - row];
  const first = row * side + column;
  const low = (heights[first] ?? NaN) * (1 - right) + (heights[first + 1] ?? NaN) * right;
  const high =
    (heights[first + side] ?? NaN) * (1 - right) + (heights[first + side + 1] ?? NaN) * right;
  return low * (1 - above) + high * above;
}
