import { contours } from 'd3-contour';

type Point = readonly [column: number, row: number];
/** Closed: it ends where it begins. */
type Ring = readonly Point[];
/** Where a point of the grid lies in a picture. */
type Place = (column: number, row: number) => Point;

/** For each level the rings around all that is at least as high, on a grid of `side` × `side` values. */
export function ringsOf(
  values: ArrayLike<number>,
  side: number,
  levels: readonly number[],
): readonly (readonly Ring[])[] {
  const layersOf = contours().size([side, side]);
  const list = Array.from(values);
  return levels.map((level) =>
    layersOf
      .contour(list, level)
      .coordinates.flat()
      // d3's cells have the points of the grid in their middles.
      .map((ring) => ring.map(([x = NaN, y = NaN]) => [x - 0.5, y - 0.5] as const)),
  );
}

/** The rings as the `d` of an SVG path, to be filled by `evenodd`. Beyond the grid nothing is high. */
export function areaPath(rings: readonly Ring[], place: Place): string {
  return rings.map((ring) => `M${ring.map((point) => text(place(...point))).join('L')}Z`).join('');
}

/** The lines of a level alone: the rings without what closes them, half a cell beyond the grid. */
export function linePath(rings: readonly Ring[], side: number, place: Place): string {
  const isOutside = (point: Point) => point.some((at) => at < 0 || at > side - 1);
  return rings
    .flatMap((ring) =>
      ring.map((point, i) => {
        const before = ring[i - 1];
        if (isOutside(point)) return '';
        return `${before === undefined || isOutside(before) ? 'M' : 'L'}${text(place(...point))}`;
      }),
    )
    .join('');
}

function text([x, y]: Point): string {
  const short = (value: number) => String(Number(value.toFixed(3)));
  return `${short(x)} ${short(y)}`;
}
