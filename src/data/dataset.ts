import type { Batch, DatasetInfo, Feature, Field, LoadProgress } from '../experiment/dataset';
import type { DatasetRef } from '../experiment/experiment';
import type { OwnAbout } from '../experiment/own-dataset';

/** One part of a data set. Images are `uint8` in memory, and in a batch. */
export interface Split {
  readonly count: number;
  /**
   * Sizes of the shards, in order: examples `0 … sizes[0]−1` lie in the first. Data made in memory is
   * one shard.
   */
  readonly shardSizes: readonly number[];
  /** The examples at `indices`, in that order; waits for the shards that hold them. */
  gather(indices: ArrayLike<number>): Promise<Batch>;
  /** The class of every example, `[count]`; empty for regression. Waits for all shards. */
  labels(): Promise<Int32Array>;
}

/** What a user's set is called, and its classes or what is foretold; `given`: how its pictures were made. */
export type OwnNames = Pick<OwnAbout, 'name' | 'classes' | 'given'>;

/** An open data set: streams in the background from the moment it is opened. */
export interface Dataset {
  readonly ref: DatasetRef;
  readonly info: DatasetInfo;
  readonly train: Split;
  readonly validation: Split;
  readonly test: Split;
  /** The columns of a table that was standardized; absent where the numbers are as they were. */
  readonly fields?: () => Promise<readonly Field[]>;
  /** Of a user's set, whose `info` has numbers for names. */
  readonly own?: () => Promise<OwnNames>;
  /** Of a regression whose target was standardized too; absent where it is as it was. */
  readonly target?: () => Promise<Feature>;
  /** Calls back at once and on every change until all is loaded. Returns a function that stops it. */
  watch(listener: (progress: LoadProgress) => void): () => void;
  /** Loads failed shards again. */
  retry(): void;
}
