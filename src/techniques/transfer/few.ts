import type { Split } from '../../data/dataset';
import type { DatasetInfo } from '../../experiment/dataset';
import type { Random } from '../../experiment/random';

/**
 * A split of few examples, drawn at random: as many of each class, or in all where the targets are numbers. A
 * class with fewer gives all that it has; 0 takes the whole split.
 */
export async function few(
  split: Split,
  { task, outputs }: Pick<DatasetInfo, 'task' | 'outputs'>,
  examples: number,
  random: Random,
): Promise<Split> {
  if (examples === 0) return split;
  const order = random.permutation(split.count);
  const rows = task === 'regression' ? order.slice(0, examples) : await balanced();

  async function balanced(): Promise<Uint32Array> {
    const labels = await split.labels();
    const missing = new Array<number>(outputs).fill(examples);
    return order.filter((row) => {
      const label = labels[row] ?? 0;
      const left = missing[label] ?? 0;
      missing[label] = left - 1;
      return left > 0;
    });
  }

  const pick = (indices: ArrayLike<number>) =>
    Uint32Array.from(indices, (index) => rows[index] ?? 0);
  return {
    count: rows.length,
    shardSizes: [rows.length],
    gather: (indices) => split.gather(pick(indices)),
    labels: async () => {
      const labels = await split.labels();
      return Int32Array.from(task === 'regression' ? [] : rows, (row) => labels[row] ?? 0);
    },
  };
}
