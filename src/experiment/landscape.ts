/** Points on a side of the grid that a loss landscape is measured on, its middle one among them. */
export const SIDE = 25;

/** How far apart the points lie that are measured first, then, then at last: 7, 13 and 25 on a side. */
const STRIDES = [4, 2, 1] as const;

/** The plane through the network: along two random directions, or through two other networks of the recipe. */
export type PlaneKind = 'random' | 'three';

/** What the loss is measured on. */
export type LandscapeSplit = 'train' | 'test';

/** The square of a plane that is measured, in the plane's own units. */
export interface Square {
  readonly centre: readonly [x: number, y: number];
  /** Half of its side. */
  readonly half: number;
}

/** A network of the recipe, seen from the plane. */
export interface PathPoint {
  /**
   * A step's result, one of a step in the middle of its training, or a step's by itself; of step −1 the initial
   * network.
   */
  readonly kind: 'step' | 'training' | 'alone';
  readonly step: number;
  /** Where the nearest point of the plane lies. */
  readonly x: number;
  readonly y: number;
  /** Of its distance from the network in question, the part that lies in the plane, from 0 to 1. */
  readonly share: number;
}

export interface LandscapeFrame {
  readonly square: Square;
  /** The loss is the mean over so many: the first ones of the split. */
  readonly examples: number;
  /** The recipe's way, from the initial network on, then what lies beside it. */
  readonly path: readonly PathPoint[];
}

/** A point of the grid, measured. */
export interface LandscapeValue {
  /** Row by row from the lower left. */
  readonly cell: number;
  /** As docs/definitions.md has it; mean squared error for regression. */
  readonly loss: number;
  /** Classification alone. */
  readonly accuracy?: number;
}

/** The cells in the order in which they are measured: coarse ones first. */
export const CELLS: readonly number[] = STRIDES.flatMap((stride) =>
  Array.from({ length: SIDE * SIDE }, (_, cell) => cell).filter(
    (cell) => strideOf(cell) === stride,
  ),
);

/** The coarsest of the grids that a cell belongs to, by its stride. */
export function strideOf(cell: number): number {
  const [column, row] = [cell % SIDE, Math.floor(cell / SIDE)];
  return STRIDES.find((stride) => column % stride === 0 && row % stride === 0) ?? 1;
}

/** How many cells the grid of a stride has. */
export function cellsWithin(stride: number): number {
  return ((SIDE - 1) / stride + 1) ** 2;
}

/** Where a cell lies in the plane. */
export function placeOf(cell: number, { centre: [x, y], half }: Square): readonly [number, number] {
  const along = (index: number) => ((2 * index) / (SIDE - 1) - 1) * half;
  return [x + along(cell % SIDE), y + along(Math.floor(cell / SIDE))];
}
