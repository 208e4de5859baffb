/** A point on a grid, in steps from its first column and row. */
type Point = readonly [x: number, y: number];

/**
 * The lines along which values on a square grid are equal to `level`, as the `d` of an SVG path whose unit is a
 * step of the grid: marching squares (Lorensen & Cline 1987, in the plane). `every`: only each so many-th
 * column and row is looked at. A square with a value that is no number has no line.
 */
export function contourPath(
  valueAt: (column: number, row: number) => number,
  side: number,
  every: number,
  level: number,
): string {
  let path = '';
  for (let row = 0; row + every < side; row += every) {
    for (let column = 0; column + every < side; column += every) {
      const corners: readonly Point[] = [
        [column, row],
        [column + every, row],
        [column + every, row + every],
        [column, row + every],
      ];
      const values = corners.map(([x, y]) => valueAt(x, y));
      if (!values.every(Number.isFinite)) continue;
      for (const [[ax, ay], [bx, by]] of segments(corners, values, level)) {
        path += `M${short(ax)} ${short(ay)}L${short(bx)} ${short(by)}`;
      }
    }
  }
  return path;
}

function short(value: number): string {
  return String(Number(value.toFixed(3)));
}

/** Where the level crosses the edges of one square, two by two. */
function segments(
  corners: readonly Point[],
  values: readonly number[],
  level: number,
): (readonly [Point, Point])[] {
  const crossings = corners.flatMap((from, i): Point[] => {
    const next = (i + 1) % corners.length;
    const [to, a, b] = [corners[next] ?? from, values[i] ?? 0, values[next] ?? 0];
    if (a > level === b > level) return [];
    const share = (level - a) / (b - a);
    return [[from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])]];
  });
  const [p, q, r, s] = crossings;
  if (p === undefined || q === undefined) return [];
  if (r === undefined || s === undefined) return [[p, q]];
  // A saddle: the middle tells whether the first corner is cut off or joined with the one across.
  const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
  const joined = middle > level === (values[0] ?? 0) > level;
  return joined
    ? [
        [p, q],
        [r, s],
      ]
    : [
        [s, p],
        [q, r],
      ];
}
