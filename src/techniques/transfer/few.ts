import type { Dataset, Split } from '../../data/dataset';
import { checkIndices } from '../../data/in-memory';
import type { DatasetInfo } from '../../experiment/dataset';
import type { Random } from '../../experiment/random';

/**
 * Which examples of a split are learned from, drawn at random: as many of each class, or in all where the targets
 * are numbers. A class with fewer gives all that it has; 0 takes every one, and null stands for that.
 */
export async function drawFew(
  split: Split,
  { task, outputs }: Pick<DatasetInfo, 'task' | 'outputs'>,
  examples: number,
  random: Random,
): Promise<Uint32Array | null> {
  if (examples === 0) return null;
  const order = random.permutation(split.count);
  if (task === 'regression') return order.slice(0, examples);
  const labels = await split.labels();
  const missing = new Array<number>(outputs).fill(examples);
  return order.filter((row) => {
    const label = labels[row] ?? 0;
    const left = missing[label] ?? 0;
    missing[label] = left - 1;
    return left > 0;
  });
}

/** Of the same set and rows the very same, so that what was found out with it is remembered. */
const known = new WeakMap<Dataset, WeakMap<Uint32Array, Dataset>>();

/** The data set with only these rows of its training split; with all of them where none are given. */
export function learningFrom(dataset: Dataset, rows: Uint32Array | null | undefined): Dataset {
  if (!rows) return dataset;
  const ofSet = known.get(dataset) ?? new WeakMap<Uint32Array, Dataset>();
  known.set(dataset, ofSet);
  const found = ofSet.get(rows) ?? { ...dataset, train: rowsOf(dataset.train, rows) };
  ofSet.set(rows, found);
  return found;
}

function rowsOf(split: Split, rows: Uint32Array): Split {
  return {
    count: rows.length,
    shardSizes: [rows.length],
    gather: (indices) => {
      checkIndices(indices, rows.length);
      return split.gather(Uint32Array.from(indices, (index) => rows[index] ?? 0));
    },
    labels: async () => {
      const labels = await split.labels();
      return Int32Array.from(labels.length === 0 ? [] : rows, (row) => labels[row] ?? 0);
    },
  };
}
