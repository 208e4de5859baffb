import { inMemoryDataset, type Table } from '../../data/in-memory';
import type { DatasetInfo } from '../../experiment/dataset';
import { randomOf } from '../../experiment/random';

function points(seed: number, count: number): Table {
  const random = randomOf(seed);
  const inputs = Float32Array.from({ length: 2 * count }, () => random.normal());
  const labels = Int32Array.from({ length: count }, (_, i) =>
    Number((inputs[2 * i] ?? 0) + (inputs[2 * i + 1] ?? 0) > 0),
  );
  return { count, inputs, labels, targets: new Float32Array() };
}

const info: DatasetInfo = {
  id: 'line',
  task: 'classification',
  shape: [2],
  classes: ['below', 'above'],
  outputs: 2,
  train: 50,
  validation: 20,
  test: 30,
  officialSplit: false,
  planar: true,
};

/** Two classes on either side of a line: 50 training, 20 validation and 30 test examples. */
export const line = inMemoryDataset('line', info, {
  train: points(1, 50),
  validation: points(2, 20),
  test: points(3, 30),
});
