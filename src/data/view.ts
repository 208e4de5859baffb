import type { Batch, DatasetInfo, DatasetView } from '../experiment/dataset';
import type { DatasetRef } from '../experiment/experiment';
import type { Dataset, Split } from './dataset';

const CLASSES = 5;

/** Another task made of an open image set; it is loaded with it. */
export function viewed(
  whole: Dataset,
  ref: DatasetRef,
  info: DatasetInfo,
  view: DatasetView,
): Dataset {
  const split = splitAs(view, info);
  return {
    ...{ ref, info },
    train: split(whole.train, info.train),
    validation: split(whole.validation, info.validation),
    test: split(whole.test, info.test),
    watch: (listener) => whole.watch(listener),
    retry: () => {
      whole.retry();
    },
  };
}

function splitAs(view: DatasetView, { shape }: DatasetInfo) {
  const [height = 1, width = 1] = shape;
  switch (view) {
    case '0-4':
    case '5-9':
      return (split: Split, count: number) =>
        someClasses(split, count, view === '0-4' ? 0 : CLASSES);
    case 'inverted':
      return (split: Split) => changed(split, (inputs) => inputs.map((value) => 255 - value));
    case 'rotated':
      return (split: Split) => changed(split, (inputs) => turned(inputs, height, width));
    case 'shifted':
      throw new RangeError('Pictures have no such view.');
  }
}

/** The examples of five classes, which are counted from `first` on. All are loaded before the first is seen. */
function someClasses(split: Split, count: number, first: number): Split {
  let kept: Promise<{ readonly rows: Uint32Array; readonly labels: Int32Array }> | null = null;
  const find = () =>
    (kept ??= split.labels().then((labels) => {
      const isKept = (row: number) => {
        const label = labels[row] ?? -1;
        return label >= first && label < first + CLASSES;
      };
      const rows = Uint32Array.from(labels.keys()).filter(isKept);
      return { rows, labels: Int32Array.from(rows, (row) => (labels[row] ?? 0) - first) };
    }));
  return {
    count,
    shardSizes: [count],
    gather: async (indices) => {
      const { rows } = await find();
      const batch = await split.gather(Uint32Array.from(indices, (index) => rows[index] ?? 0));
      return { ...batch, labels: batch.labels.map((label) => label - first) };
    },
    labels: async () => (await find()).labels,
  };
}

/** The same examples with other grey values; they are no copies of what a device holds. */
function changed(split: Split, change: (inputs: Uint8Array) => Uint8Array): Split {
  return {
    ...split,
    gather: async (indices) => {
      const { inputs, origin: _, ...batch } = await split.gather(indices);
      return { ...batch, inputs: change(grey(inputs)) };
    },
  };
}

function grey(inputs: Batch['inputs']): Uint8Array {
  if (inputs instanceof Uint8Array) return inputs;
  throw new RangeError('Pictures come as grey values.');
}

/** Square pictures, each turned clockwise by a right angle. */
function turned(inputs: Uint8Array, height: number, width: number): Uint8Array {
  const to = new Uint8Array(inputs.length);
  for (let start = 0; start < inputs.length; start += height * width) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        to[start + x * width + (width - 1 - y)] = inputs[start + y * width + x] ?? 0;
      }
    }
  }
  return to;
}
