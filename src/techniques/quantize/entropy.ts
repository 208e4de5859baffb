/** Bins of the histogram, as in the source below. */
const BINS = 2048;

/**
 * What a grid that covers a share of `[low, high]` loses of the distribution of these numbers: the
 * Kullback–Leibler divergence, in nats, of what the grid tells apart from the histogram whose outermost bins
 * take in what lies beyond (Migacz 2017, 8-bit inference with TensorRT). A level's numbers are thought to be
 * spread evenly over its bins that are not empty. Zeros are left out: every grid has them, and behind ReLU
 * nothing would count but to have them apart.
 */
export function entropyLoss(
  numbers: Float32Array,
  low: number,
  high: number,
): (share: number, round: (number: number) => number) => number {
  const width = (high - low) / BINS;
  const counts = new Float64Array(BINS);
  for (const number of numbers) {
    if (number === 0) continue;
    const bin = Math.max(0, Math.min(BINS - 1, Math.floor((number - low) / width)));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const middle = (bin: number) => low + (bin + 0.5) * width;
  return (share, round) => {
    const first = Math.max(0, Math.ceil((share * low - low) / width - 0.5));
    const last = Math.min(BINS - 1, Math.floor((share * high - low) / width - 0.5));
    const inside = counts.slice(first, last + 1);
    const held = inside.slice();
    const add = (bin: number, count: number) => {
      held[bin] = (held[bin] ?? 0) + count;
    };
    add(0, sum(counts.subarray(0, first)));
    add(held.length - 1, sum(counts.subarray(last + 1)));
    const levels = new Map<number, { mass: number; bins: number }>();
    const levelOf = (bin: number) => round(middle(first + bin));
    held.forEach((count, bin) => {
      if (count === 0) return;
      const level = levels.get(levelOf(bin)) ?? { mass: 0, bins: 0 };
      level.mass += inside[bin] ?? 0;
      level.bins += 1;
      levels.set(levelOf(bin), level);
    });
    const [all, kept] = [sum(held), sum(inside)];
    if (kept === 0) return Infinity;
    return held.reduce((loss, count, bin) => {
      if (count === 0) return loss;
      const { mass, bins } = levels.get(levelOf(bin)) ?? { mass: 0, bins: 1 };
      return loss + (count / all) * Math.log(count / all / (mass / bins / kept));
    }, 0);
  };
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
