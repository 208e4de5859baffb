import type { DatasetInfo } from '../../experiment/dataset';
import type { Random } from '../../experiment/random';

type Part = 'train' | 'validation' | 'test';

/**
 * Deals examples to the parts, by their places in `labels`. Each class is shuffled and spread evenly along
 * a line, its k-th of n at (k + ½) / n; the line is cut where the parts end. So every part, and every
 * beginning of one, holds the classes in the shares that they have, as nearly as whole examples can.
 */
export function splitLabelled(
  labels: Int32Array,
  outputs: number,
  counts: Pick<DatasetInfo, Part>,
  random: Random,
): Readonly<Record<Part, Uint32Array>> {
  const sizes = new Uint32Array(outputs);
  for (const label of labels) sizes[label] = (sizes[label] ?? 0) + 1;
  const dealt = new Uint32Array(outputs);
  const places = new Float64Array(labels.length);
  const shuffled = random.permutation(labels.length);
  for (const example of shuffled) {
    const label = labels[example] ?? 0;
    const k = dealt[label] ?? 0;
    places[example] = (k + 0.5) / (sizes[label] ?? 1);
    dealt[label] = k + 1;
  }
  return cut(
    shuffled.sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0) || a - b),
    counts,
  );
}

/** Deals examples to the parts at random. */
export function splitAtRandom(
  counts: Pick<DatasetInfo, Part>,
  random: Random,
): Readonly<Record<Part, Uint32Array>> {
  return cut(random.permutation(counts.train + counts.validation + counts.test), counts);
}

function cut(
  line: Uint32Array,
  { train, validation, test }: Pick<DatasetInfo, Part>,
): Readonly<Record<Part, Uint32Array>> {
  const known = train + validation;
  return {
    train: line.slice(0, train),
    validation: line.slice(train, known),
    test: line.slice(known, known + test),
  };
}
