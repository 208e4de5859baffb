import type { DatasetInfo } from '../experiment/dataset';
import type { DatasetRef } from '../experiment/experiment';
import { randomFrom, seedState } from '../experiment/random';
import type { Random } from '../experiment/random';
import type { Dataset } from './dataset';
import { inMemoryDataset } from './in-memory';
import type { Table } from './in-memory';

/** Sets the data's generator apart from the one that draws weights and batches ("data" in ASCII). */
const DATA_STREAM = 0x64617461;

/** The generator of an experiment's data: it depends on the seed, and on nothing that training draws. */
export function dataRandom(seed: number): Random {
  return randomFrom(seedState((seed ^ DATA_STREAM) >>> 0));
}

/** One example, drawn. */
export interface Example {
  readonly inputs: readonly number[];
  /** Classification. */
  readonly label?: number;
  /** Regression. */
  readonly target?: number;
}

/**
 * Draws the `index`-th example of a split. It takes the same number of draws from the generator
 * whatever the noise, so that the noise slider moves the points and does not deal new ones.
 */
export type DrawExample = (random: Random, index: number, noise: number) => Example;

/** Draws what holds for a whole set (the weights of a linear task, say), then tells how its examples are drawn. */
export type GeneratedSet = (random: Random) => DrawExample;

/** A data set made from the seed: what holds for all of it is drawn first, then the examples. */
export function generatedDataset(
  ref: DatasetRef,
  info: DatasetInfo,
  noise: number,
  seed: number,
  set: GeneratedSet,
): Dataset {
  const random = dataRandom(seed);
  const draw = set(random);
  const table = (count: number) =>
    tableOf(Array.from({ length: count }, (_, index) => draw(random, index, noise)));
  // Written out in this order: it is part of what a seed means.
  const train = table(info.train);
  const validation = table(info.validation);
  const test = table(info.test);
  return inMemoryDataset(ref, info, { train, validation, test });
}

export function tableOf(examples: readonly Example[]): Table {
  return {
    count: examples.length,
    inputs: Float32Array.from(examples.flatMap(({ inputs }) => inputs)),
    labels: Int32Array.from(examples.flatMap(({ label }) => (label === undefined ? [] : [label]))),
    targets: Float32Array.from(
      examples.flatMap(({ target }) => (target === undefined ? [] : [target])),
    ),
  };
}

/** A point of class `label`, each coordinate with normal noise of standard deviation `noise`. */
export function noisyPoint(
  random: Random,
  x: number,
  y: number,
  label: number,
  noise: number,
): Example {
  return { inputs: [x + noise * random.normal(), y + noise * random.normal()], label };
}
