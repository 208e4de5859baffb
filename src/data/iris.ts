import type { DatasetInfo, Field } from '../experiment/dataset';
import type { DatasetRef } from '../experiment/experiment';
import type { Random } from '../experiment/random';
import type { Dataset } from './dataset';
import { Downloads } from './downloads';
import { fetchBytes } from './fetch-bytes';
import { dataRandom, tableOf } from './generated';
import type { Example } from './generated';
import { tableSplit } from './in-memory';
import type { Table } from './in-memory';
import { irisManifest, readManifest } from './manifest';

type Part = 'train' | 'validation' | 'test';

/**
 * 150 irises of three species by four lengths (Fisher 1936), split by the seed so that each part
 * holds the species equally. Features are standardized by the mean and standard deviation of the
 * training part alone: the others stay unseen.
 */
export function openIris(
  ref: DatasetRef,
  info: DatasetInfo,
  seed: number,
  address: string,
): Dataset {
  const downloads = new Downloads();
  const parts = downloads
    .add({
      name: info.id,
      bytes: 0,
      load: async (onProgress) => {
        const bytes = await fetchBytes(`${address}manifest.json`, null, onProgress);
        return readManifest(irisManifest, bytes);
      },
    })
    .then(({ inputs, labels }) => {
      const examples = inputs.map((row, i) => ({ inputs: row, label: labels[i] ?? 0 }));
      return standardize(splitByClass(examples, info, dataRandom(seed)));
    });
  const split = (part: Part) =>
    tableSplit(
      info[part],
      parts.then((all) => all[part]),
    );
  return {
    ref,
    info,
    train: split('train'),
    validation: split('validation'),
    test: split('test'),
    fields: async () => (await parts).fields,
    watch: (listener) => downloads.watch(listener),
    retry: () => {
      downloads.retry();
    },
  };
}

/** Shuffles each class and deals its examples to the parts in equal shares; classes take turns within a part. */
export function splitByClass<E extends Example>(
  examples: readonly E[],
  info: Pick<DatasetInfo, Part | 'outputs'>,
  random: Random,
): Record<Part, readonly E[]> {
  const classes = Array.from({ length: info.outputs }, (_, label) => {
    const members = examples.filter((example) => example.label === label);
    return Array.from(random.permutation(members.length), (i) => members[i]);
  });
  const deal = (from: number, count: number) =>
    Array.from({ length: count }, (_, i) => {
      const member = classes[i % info.outputs]?.[Math.floor((from + i) / info.outputs)];
      if (member === undefined) throw new RangeError('A class has too few examples to split.');
      return member;
    });
  return {
    train: deal(0, info.train),
    validation: deal(info.train, info.validation),
    test: deal(info.train + info.validation, info.test),
  };
}

const FEATURES = ['sepal length, cm', 'sepal width, cm', 'petal length, cm', 'petal width, cm'];

function standardize(
  parts: Record<Part, readonly Example[]>,
): Record<Part, Table> & { readonly fields: readonly Field[] } {
  const { train } = parts;
  const features = FEATURES.map((name, feature) => {
    const values = train.map(({ inputs }) => inputs[feature] ?? 0);
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
    return { name, mean, deviation: Math.sqrt(variance) };
  });
  const scaled = (examples: readonly Example[]) =>
    tableOf(
      examples.map((example) => ({
        ...example,
        inputs: features.map(
          ({ mean, deviation }, i) => ((example.inputs[i] ?? 0) - mean) / deviation,
        ),
      })),
    );
  const { validation, test } = parts;
  const fields = features.map((feature): Field => ({ kind: 'number', ...feature }));
  return { fields, train: scaled(train), validation: scaled(validation), test: scaled(test) };
}
