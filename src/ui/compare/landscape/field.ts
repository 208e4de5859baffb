import { SIDE, strideOf, type LandscapeFrame } from '../../../experiment/landscape';
import { linePath, ringsOf } from '../../charts/contours';

/** The loss on a logarithmic scale, as it is drawn. */
export interface Field {
  /** Base-10 logarithms by cell; of a cell that is not measured yet that of the nearest coarser one, or NaN. */
  readonly values: Float64Array;
  readonly low: number;
  readonly high: number;
  /** Distance of the columns and rows that are all measured; null before the coarsest grid is. */
  readonly stride: number | null;
}

/** A loss of zero has no logarithm. */
const LEAST = 1e-6;
/** Losses further than this above the least are drawn alike, or one cliff would hide all hills. */
const DECADES = 4;

export function fieldOf(losses: Float64Array): Field {
  const logs = losses.map((loss) => Math.log10(Math.max(LEAST, loss)));
  const known = logs.filter((value) => !Number.isNaN(value));
  const low = known.reduce((least, value) => Math.min(least, value), Infinity);
  const capped = logs.map((value) => Math.min(value, low + DECADES));
  const high = capped.reduce((most, value) => (value > most ? value : most), -Infinity);
  return {
    values: capped.map((_, cell) => nearestKnown(capped, cell)),
    ...{ low, high },
    stride: [1, 2, 4].find((stride) => isComplete(losses, stride)) ?? null,
  };
}

function nearestKnown(values: Float64Array, cell: number): number {
  const [column, row] = [cell % SIDE, Math.floor(cell / SIDE)];
  for (const stride of [1, 2, 4]) {
    const at = (index: number) => Math.round(index / stride) * stride;
    const value = values[at(row) * SIDE + at(column)];
    if (value !== undefined && !Number.isNaN(value)) return value;
  }
  return NaN;
}

function isComplete(losses: Float64Array, stride: number): boolean {
  return losses.every((loss, cell) => strideOf(cell) < stride || !Number.isNaN(loss));
}

/** Lines of equal loss as SVG paths, in cells from the upper left; none before a whole grid is measured. */
export function linesOf(field: Field, count: number): readonly string[] {
  const { stride, values, low, high } = field;
  if (stride === null || !(high > low)) return [];
  const side = (SIDE - 1) / stride + 1;
  const whole = values.filter((_, cell) => strideOf(cell) >= stride);
  // Rows of the grid run upwards, those of a picture downwards.
  const place = (column: number, row: number) =>
    [stride * column, SIDE - 1 - stride * row] as const;
  return ringsOf(whole, side, levelsOf(field, count)).map((rings) => linePath(rings, side, place));
}

/** Levels of the lines, evenly between the least and the greatest. */
export function levelsOf({ low, high }: Field, count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => low + ((i + 1) / (count + 1)) * (high - low));
}

/** Where a point of the plane lies, in cells from the lower left; the middle of the first cell is 0. */
export function cellsOf(
  x: number,
  y: number,
  { square: { centre, half } }: Pick<LandscapeFrame, 'square'>,
): readonly [column: number, row: number] {
  const middle = (SIDE - 1) / 2;
  return [middle * (1 + (x - centre[0]) / half), middle * (1 + (y - centre[1]) / half)];
}
