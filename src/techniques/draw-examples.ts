import type { Dataset } from '../data/dataset';
import type { Batch } from '../experiment/dataset';
import type { Random } from '../experiment/random';

const EXAMPLES = 128;

/** Training examples drawn at random, 128 a batch, none twice. */
export async function drawBatches(
  { train }: Dataset,
  count: number,
  random: Random,
): Promise<readonly Batch[]> {
  const order = random.permutation(train.count);
  const batches: Batch[] = [];
  for (let start = 0; start < order.length && batches.length < count; start += EXAMPLES) {
    batches.push(await train.gather(order.subarray(start, start + EXAMPLES)));
  }
  return batches;
}

/**
 * About 128 training examples, as many of each class as of every other, drawn at random. A class with too
 * few gives all that it has; where the targets are numbers, any examples do.
 */
export async function drawBalanced({ train, info }: Dataset, random: Random): Promise<Batch> {
  const order = random.permutation(train.count);
  if (info.task === 'regression') return train.gather(order.subarray(0, EXAMPLES));
  const each = Math.max(1, Math.round(EXAMPLES / info.outputs));
  const missing = new Array<number>(info.outputs).fill(each);
  const chosen: number[] = [];
  for (let start = 0; start < order.length && missing.some(Boolean); start += EXAMPLES) {
    const indices = order.subarray(start, start + EXAMPLES);
    const { labels } = await train.gather(indices);
    indices.forEach((index, i) => {
      const label = labels[i] ?? 0;
      const left = missing[label] ?? 0;
      if (left === 0) return;
      missing[label] = left - 1;
      chosen.push(index);
    });
  }
  return train.gather(chosen);
}
