/**
 * `k` centroids of these numbers by Lloyd's iterations: from `k` evenly spaced between the smallest and the
 * largest, each moves to the mean of the numbers that are nearest to it, of equally near ones to the
 * smaller, until nothing moves. One that has none stays where it is. Ascending.
 *
 * In one dimension each centroid's numbers are a stretch of the sorted ones, whose mean two prefix sums tell.
 * (Han, Mao & Dally 2016; Lloyd 1982.)
 */
export function kMeans(numbers: Float32Array, k: number): Float32Array {
  const sorted = numbers.toSorted();
  const [lowest = 0, highest = 0] = [sorted[0], sorted.at(-1)];
  const centroids = Float64Array.from(
    { length: k },
    (_, i) => lowest + ((highest - lowest) * i) / (k - 1),
  );
  const sums = new Float64Array(sorted.length + 1);
  sorted.forEach((value, i) => {
    sums[i + 1] = (sums[i] ?? 0) + value;
  });
  const ends = new Uint32Array(k);
  for (let moved = true; moved;) {
    moved = false;
    for (let j = 0; j < k; j++) {
      const end = j === k - 1 ? sorted.length : countUpTo(sorted, middle(centroids, j));
      if (end !== ends[j]) moved = true;
      ends[j] = end;
    }
    ends.forEach((end, j) => {
      const start = ends[j - 1] ?? 0;
      if (end > start) centroids[j] = ((sums[end] ?? 0) - (sums[start] ?? 0)) / (end - start);
    });
  }
  // Without a minus in front of a zero.
  return Float32Array.from(centroids, (centroid) => centroid + 0);
}

/** The index of the nearest of ascending levels; of equally near ones the lower. */
export function nearest(levels: Float32Array, value: number): number {
  let [low, high] = [0, levels.length - 1];
  while (low < high) {
    const between = (low + high) >> 1;
    if (value > middle(levels, between)) low = between + 1;
    else high = between;
  }
  return low;
}

function middle(ascending: Float32Array | Float64Array, i: number): number {
  return ((ascending[i] ?? 0) + (ascending[i + 1] ?? 0)) / 2;
}

/** How many of the sorted numbers are not above `bound`. */
function countUpTo(sorted: Float32Array, bound: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const between = (low + high) >> 1;
    if ((sorted[between] ?? 0) <= bound) low = between + 1;
    else high = between;
  }
  return low;
}
