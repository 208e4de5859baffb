/**
 * At most `limit` (at least 4) of `points`, in order, that draw like all of them: the first, the last,
 * and of every bucket of neighbours the least and the greatest value, so that no spike is lost.
 *
 * A bucket's size is a power of two and buckets start at the first point: while points are added at
 * the end the buckets stay where they are, and the drawn line does not shimmer.
 */
export function decimate<Point>(
  points: readonly Point[],
  valueOf: (point: Point) => number,
  limit: number,
): readonly Point[] {
  if (points.length <= limit) return points;
  const buckets = Math.max(1, Math.floor((limit - 2) / 2));
  let size = 2;
  while (Math.ceil(points.length / size) > buckets) size *= 2;

  const kept = new Set<number>([0]);
  for (let start = 0; start < points.length; start += size) {
    for (const index of extremes(points, valueOf, start, Math.min(start + size, points.length))) {
      kept.add(index);
    }
  }
  kept.add(points.length - 1);
  return [...kept].flatMap((index) => points.slice(index, index + 1));
}

/** Indices of the least and the greatest finite value in `[start, end)`, ascending; none where none is finite. */
function extremes<Point>(
  points: readonly Point[],
  valueOf: (point: Point) => number,
  start: number,
  end: number,
): number[] {
  let least = -1;
  let greatest = -1;
  let low = Infinity;
  let high = -Infinity;
  for (let index = start; index < end; index++) {
    const point = points[index];
    if (point === undefined) continue;
    const value = valueOf(point);
    if (!Number.isFinite(value)) continue;
    if (value < low) [low, least] = [value, index];
    if (value > high) [high, greatest] = [value, index];
  }
  if (least < 0) return [];
  return least === greatest ? [least] : [Math.min(least, greatest), Math.max(least, greatest)];
}
