import type { Batch, DatasetInfo } from '../experiment/dataset';
import type { DatasetRef } from '../experiment/experiment';
import type { Dataset, Split } from './dataset';

/** Examples that lie in memory as they go into a network, row-major. */
export interface Table {
  readonly count: number;
  /** `[count, features]` */
  readonly inputs: Float32Array;
  /** Classification: `[count]`; else empty. */
  readonly labels: Int32Array;
  /** Regression: `[count, outputs]`; else empty. */
  readonly targets: Float32Array;
}

/** The rows of `table` at `indices`, in that order. */
export function gatherRows(table: Table, indices: ArrayLike<number>): Batch {
  const { inputs, labels, targets } = table;
  return {
    count: indices.length,
    inputs: pick(inputs, inputs.length / table.count, indices, Float32Array),
    labels: pick(labels, labels.length / table.count, indices, Int32Array),
    targets: pick(targets, targets.length / table.count, indices, Float32Array),
  };
}

/** Rows of `width` numbers each. */
function pick<Values extends Float32Array | Int32Array>(
  values: Values,
  width: number,
  indices: ArrayLike<number>,
  make: new (length: number) => Values,
): Values {
  const picked = new make(indices.length * width);
  for (let i = 0; i < indices.length; i++) {
    const row = indices[i] ?? 0;
    picked.set(values.subarray(row * width, (row + 1) * width), i * width);
  }
  return picked;
}

/** @throws RangeError where an index is not one of a split's examples: a mistake in the caller. */
export function checkIndices(indices: ArrayLike<number>, count: number): void {
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i] ?? -1;
    if (!Number.isInteger(index) || index < 0 || index >= count) {
      throw new RangeError(`Example ${String(indices[i])} of ${String(count)} does not exist.`);
    }
  }
}

/** A split of `count` examples whose table is there, or is on its way. */
export function tableSplit(count: number, table: Table | Promise<Table>): Split {
  return {
    count,
    shardSizes: [count],
    gather: async (indices) => {
      checkIndices(indices, count);
      return gatherRows(await table, indices);
    },
    labels: async () => (await table).labels,
  };
}

/** A data set made on the spot: nothing is loaded, so nothing can fail. */
export function inMemoryDataset(
  ref: DatasetRef,
  info: DatasetInfo,
  tables: { readonly train: Table; readonly validation: Table; readonly test: Table },
): Dataset {
  return {
    ref,
    info,
    train: tableSplit(info.train, tables.train),
    validation: tableSplit(info.validation, tables.validation),
    test: tableSplit(info.test, tables.test),
    watch: (listener) => {
      listener({ loadedBytes: 0, totalBytes: 0, failed: [] });
      return () => undefined;
    },
    retry: () => undefined,
  };
}
