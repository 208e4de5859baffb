import type { DatasetRef } from './experiment';
import type { Shape, Task } from './architecture';
import { ownInfo } from './own-dataset';

/** Facts about a data set; pure, so that the page shows them before anything is loaded. */
export interface DatasetInfo {
  readonly id: string;
  readonly task: Task;
  /** One example without the batch axis: `[28, 28, 1]`, `[features]`. */
  readonly shape: Shape;
  /** Class names (language-neutral where possible), or the regression target's name. */
  readonly classes: readonly string[];
  /** Logits, or regression targets. */
  readonly outputs: number;
  readonly train: number;
  /** Held out of the training set, for early stopping; of the image sets it is the same for every seed. */
  readonly validation: number;
  readonly test: number;
  /** Whether the test part is the one that published results are measured on. */
  readonly officialSplit: boolean;
  /** Whether examples are two-dimensional points, so that a decision surface can be drawn. */
  readonly planar: boolean;
}

/** What a feature's numbers were before a network sees them: it gets (value − mean) / deviation. */
export interface Feature {
  readonly name: string;
  readonly mean: number;
  readonly deviation: number;
}

/** A column of a table as a network sees it: a number, or one input a category, 1 where it is of that one. */
export type Field =
  | ({ readonly kind: 'number' } & Feature)
  | { readonly kind: 'category'; readonly name: string; readonly categories: readonly string[] };

/** A few examples on their way into a network. */
export interface Batch {
  readonly count: number;
  /** `[count, ...shape]`, row-major. Bytes are grey values or colours: a network sees value / 255. */
  readonly inputs: Float32Array | Uint8Array;
  /** Classification: the class of each example, `[count]`. Empty for regression. */
  readonly labels: Int32Array;
  /** Regression: `[count, outputs]`. Empty for classification. */
  readonly targets: Float32Array;
  /** What a teacher says of each example, `[count, outputs]`: logits. Where a network learns from one. */
  readonly teacher?: Float32Array;
  /** Which pictures the inputs are copies of, for a device that holds them all. */
  readonly origin?: Origin;
}

export interface Origin {
  readonly store: PictureStore;
  /** For each example which of the store's pictures it is. */
  readonly rows: Uint32Array<ArrayBuffer>;
}

/** Pictures of one size in blocks of as many each, which arrive in any order. */
export interface PictureStore {
  /** Bytes of a block. */
  readonly blockBytes: number;
  /** `[pictures of a block, ...shape]` each; undefined until it has arrived. */
  readonly blocks: readonly (Uint8Array | undefined)[];
}

/** Grey values as floats, by the byte: a table is faster than a division. */
const GREY = Float32Array.from({ length: 256 }, (_, value) => value / 255);

/** What a batch of examples is to give, `[count, outputs]`: targets as they are, labels as one-hot rows. */
export function targetsOf({ count, labels, targets }: Batch, outputs: number): Float32Array {
  if (labels.length === 0) return targets;
  const values = new Float32Array(count * outputs);
  labels.forEach((label, row) => {
    values[row * outputs + label] = 1;
  });
  return values;
}

/** What the teacher says of a batch. @throws RangeError where it said nothing, or too little. */
export function teacherOf({ count, teacher }: Batch, outputs: number): Float32Array {
  if (teacher?.length === count * outputs) return teacher;
  throw new RangeError('A batch to learn from a teacher has no logits of one.');
}

/** Inputs as a network sees them. */
export function seen(inputs: Batch['inputs']): Float32Array {
  if (inputs instanceof Float32Array) return inputs;
  const values = new Float32Array(inputs.length);
  for (let i = 0; i < inputs.length; i++) values[i] = GREY[inputs[i] ?? 0] ?? 0;
  return values;
}

export interface LoadProgress {
  readonly loadedBytes: number;
  /** 0 where nothing has to be loaded, and until the sizes are known. */
  readonly totalBytes: number;
  /** Shards, by name, that failed after every retry; `retry` starts them again. */
  readonly failed: readonly string[];
}

const CLASSES_OF_POINTS = ['A', 'B'] as const;

function planar(id: string): DatasetInfo {
  return {
    id,
    task: 'classification',
    shape: [2],
    classes: CLASSES_OF_POINTS,
    outputs: 2,
    train: 400,
    validation: 100,
    test: 500,
    officialSplit: false,
    planar: true,
  };
}

function pictures(id: string, classes: readonly string[], officialSplit: boolean): DatasetInfo {
  return {
    id,
    task: 'classification',
    shape: [28, 28, 1],
    classes,
    outputs: 10,
    train: 55_000,
    validation: 5_000,
    test: 10_000,
    officialSplit,
    planar: false,
  };
}

const CATALOG: readonly DatasetInfo[] = [
  pictures('mnist', ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'], true),
  pictures(
    'fashion-mnist',
    [
      'T-shirt',
      'Trouser',
      'Pullover',
      'Dress',
      'Coat',
      'Sandal',
      'Shirt',
      'Sneaker',
      'Bag',
      'Boot',
    ],
    false,
  ),
  {
    id: 'iris',
    task: 'classification',
    shape: [4],
    classes: ['setosa', 'versicolor', 'virginica'],
    outputs: 3,
    train: 90,
    validation: 15,
    test: 45,
    officialSplit: false,
    planar: false,
  },
  planar('circles'),
  planar('xor'),
  planar('gaussians'),
  planar('spiral'),
  {
    id: 'linear',
    task: 'regression',
    shape: [10],
    classes: ['y'],
    outputs: 1,
    train: 800,
    validation: 200,
    test: 1_000,
    officialSplit: false,
    planar: false,
  },
  {
    id: 'surface',
    task: 'regression',
    shape: [2],
    classes: ['z'],
    outputs: 1,
    train: 800,
    validation: 200,
    test: 1_000,
    officialSplit: false,
    planar: true,
  },
];

/** Sets whose noise the reference may give: `spiral:0.2`. What it is a unit of, each set's file says. */
const NOISY: readonly string[] = ['circles', 'xor', 'gaussians', 'spiral', 'linear', 'surface'];
export const DEFAULT_NOISE = 0.1;
export const MAX_NOISE = 0.5;

export const DATASETS: readonly DatasetInfo[] = CATALOG;

/**
 * Another task made of a set, the last part of its reference: `mnist:0-4` has the first five classes alone,
 * `mnist:inverted` dark ink on white, `mnist:rotated` pictures turned clockwise by a right angle, `linear:shifted`
 * other weights and another bias near those of `linear`.
 */
export type DatasetView = '0-4' | '5-9' | 'inverted' | 'rotated' | 'shifted';

/**
 * How far the weights and the bias of `linear:shifted` lie from those of `linear`, in their own standard
 * deviations.
 */
export const LINEAR_SHIFT = 0.3;

/** Of image sets the examples with the first five classes; the others have the rest. */
const FIRST_FIVE = {
  mnist: { train: 28_052, validation: 2_544, test: 5_139 },
  'fashion-mnist': { train: 27_500, validation: 2_500, test: 5_000 },
} as const;

/** The views that there are of a set, by its id. */
export function viewsOf(id: string): readonly DatasetView[] {
  if (id in FIRST_FIVE) return ['0-4', '5-9', 'inverted', 'rotated'];
  return id === 'linear' ? ['shifted'] : [];
}

export interface ResolvedDataset {
  readonly info: DatasetInfo;
  /** Standard deviation, of sets that have noise. */
  readonly noise: number | null;
  readonly view: DatasetView | null;
}

/** The set, its noise and the view of it that a reference names; null where it names none. */
export function resolveDataset(ref: DatasetRef): ResolvedDataset | null {
  const [id = '', ...parts] = ref.split(':');
  const set = CATALOG.find((candidate) => candidate.id === id);
  if (set === undefined) {
    const own = ownInfo(ref);
    return own && { info: own, noise: null, view: null };
  }
  const view = viewsOf(id).find((each) => each === parts.at(-1)) ?? null;
  const [given, ...rest] = view === null ? parts : parts.slice(0, -1);
  if (rest.length > 0) return null;
  const info = view === null ? set : seenAs(set, view);
  const noisy = NOISY.includes(id);
  if (given === undefined) return { info, noise: noisy ? DEFAULT_NOISE : null, view };
  const noise = Number(given);
  if (!noisy || !/^\d+(\.\d+)?$/.test(given) || noise > MAX_NOISE) return null;
  return { info, noise, view };
}

/** The reference to a set, its noise left out where it is the usual one. */
export function datasetRef(id: string, noise: number | null, view: DatasetView | null): DatasetRef {
  const given = noise === null || noise === DEFAULT_NOISE ? [] : [String(noise)];
  return [id, ...given, ...(view === null ? [] : [view])].join(':');
}

/** Each view once: who asks twice gets the very same. */
const views = new Map<string, DatasetInfo>();

function seenAs(info: DatasetInfo, view: DatasetView): DatasetInfo {
  const key = `${info.id}:${view}`;
  const known = views.get(key) ?? viewOf(info, view);
  views.set(key, known);
  return known;
}

function viewOf(info: DatasetInfo, view: DatasetView): DatasetInfo {
  if (view !== '0-4' && view !== '5-9') return { ...info, officialSplit: false };
  const { train, validation, test } = FIRST_FIVE[info.id === 'mnist' ? 'mnist' : 'fashion-mnist'];
  const part = { ...info, outputs: 5, officialSplit: false };
  return view === '0-4'
    ? { ...part, train, validation, test, classes: info.classes.slice(0, 5) }
    : {
        ...{ ...part, classes: info.classes.slice(5) },
        train: info.train - train,
        validation: info.validation - validation,
        test: info.test - test,
      };
}
