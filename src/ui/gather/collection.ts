import { MAX_OWN_CLASSES, MIN_OWN_EXAMPLES } from '../../experiment/own-dataset';
import type { PictureSet } from '../../worker/protocol';

/** A class of the user's with its examples, each `[height, width, channels]`. */
export interface GatheredClass {
  readonly name: string;
  readonly examples: readonly Uint8Array[];
}

/** Classes that are being drawn or recorded. */
export type Shape3 = PictureSet['shape'];

export interface Collection {
  readonly name: string;
  readonly shape: Shape3;
  /** How its pictures were made, unless they were drawn. */
  readonly given?: PictureSet['given'];
  readonly classes: readonly GatheredClass[];
}

/** Of ten, a class has one to validate and two to test with. */
export const ENOUGH = 10;
/** More would not fit into memory beside all else. */
export const MOST_GATHERED = 10_000;

function change(
  collection: Collection,
  at: number,
  by: (one: GatheredClass) => GatheredClass,
): Collection {
  const classes = collection.classes.map((one, i) => (i === at ? by(one) : one));
  return { ...collection, classes };
}

export function withExample(collection: Collection, at: number, example: Uint8Array): Collection {
  if (countOf(collection) >= MOST_GATHERED) return collection;
  return change(collection, at, (one) => ({ ...one, examples: [...one.examples, example] }));
}

export function withoutExample(collection: Collection, at: number, example: number): Collection {
  return change(collection, at, (one) => ({
    ...one,
    examples: one.examples.filter((_, i) => i !== example),
  }));
}

export function renamed(collection: Collection, at: number, name: string): Collection {
  return change(collection, at, (one) => ({ ...one, name }));
}

export function withClass(collection: Collection, name: string): Collection {
  return { ...collection, classes: [...collection.classes, { name, examples: [] }] };
}

export function withoutClass(collection: Collection, at: number): Collection {
  return { ...collection, classes: collection.classes.filter((_, i) => i !== at) };
}

export function countOf({ classes }: Collection): number {
  return classes.reduce((sum, { examples }) => sum + examples.length, 0);
}

/** What keeps a collection from being trained on; null where nothing does. */
export type Obstacle = 'classes' | 'manyClasses' | 'few' | 'names';

export function obstacleOf(collection: Collection): Obstacle | null {
  const used = collection.classes.filter(({ examples }) => examples.length > 0);
  if (used.length < 2) return 'classes';
  if (used.length > MAX_OWN_CLASSES) return 'manyClasses';
  const names = new Set(used.map(({ name }) => name.trim()));
  if (names.size < used.length || names.has('')) return 'names';
  return countOf(collection) < MIN_OWN_EXAMPLES ? 'few' : null;
}

/** As it is kept. */
export function pictureSetOf({ name, shape, given, classes }: Collection): PictureSet {
  const examples = classes.flatMap((one) => one.examples);
  const length = shape[0] * shape[1] * shape[2];
  const pixels = new Uint8Array(examples.length * length);
  examples.forEach((example, i) => {
    pixels.set(example, i * length);
  });
  const labels = Uint8Array.from(classes.flatMap((one, label) => one.examples.map(() => label)));
  const named = classes.map((one) => one.name.trim());
  return { name, shape, classes: named, pixels, labels, ...(given && { given }) };
}

/** A set that is kept, to be added to. */
export function collectionOf(set: PictureSet): Collection {
  const { name, shape, classes, pixels, labels, given } = set;
  const length = shape[0] * shape[1] * shape[2];
  const examples: Uint8Array[][] = classes.map(() => []);
  labels.forEach((label, i) => examples[label]?.push(pixels.slice(i * length, (i + 1) * length)));
  return {
    ...{ name, shape, ...(given && { given }) },
    classes: classes.map((one, label) => ({ name: one, examples: examples[label] ?? [] })),
  };
}
