import type { OwnData } from '../data/own/record';
import {
  MAX_OWN_CLASSES,
  MAX_OWN_EXAMPLES,
  MAX_OWN_SIDE,
  MIN_OWN_EXAMPLES,
} from '../experiment/own-dataset';
import { grouped } from '../experiment/grouped';
import { WhittleError } from '../experiment/problem';
import { sizeOf } from '../experiment/shapes';
import type { NewSet } from './own-data';
import { areEdgesBright } from './pictures/edges';
import type { PictureSet } from './protocol';

/**
 * Pictures as a set to be kept. Classes without a picture are left out.
 * @throws WhittleError where they are too few, too many or too large
 */
export function pictureSet(set: PictureSet): NewSet {
  const { name, shape, classes, pixels, labels, given } = set;
  const count = labels.length;
  if (pixels.length !== count * sizeOf(shape)) {
    throw new RangeError(`${String(count)} pictures do not have ${String(pixels.length)} bytes.`);
  }
  const used = classes.flatMap((_, label) => (labels.includes(label) ? [label] : []));
  checkPictures(name, shape, count, used.length);
  const places = new Map(used.map((label, place) => [label, place]));
  const named = used.map((label) => classes[label] ?? '');
  const relabelled = labels.map((label) => places.get(label) ?? 0);
  return {
    about: {
      ...{ name, classes: named, features: [], withoutTarget: 0, filled: 0 },
      ...(given && { given: { ...given, ground: areEdgesBright(set) ? 'bright' : 'dark' } }),
    },
    contents: { kind: 'pictures', shape },
    values: { kind: 'pictures', pixels, labels: relabelled },
    ...{ count, shape, task: 'classification', outputs: named.length },
  };
}

/** A set that is kept, as it was given; null of a table. */
export function keptPictures({ record, values }: OwnData): PictureSet | null {
  const { name, classes, contents, given } = record;
  if (contents.kind !== 'pictures' || values.kind !== 'pictures') return null;
  const [height = 0, width = 0, channels = 0] = contents.shape;
  const { pixels, labels } = values;
  const set = { name, classes, shape: [height, width, channels] as const, pixels, labels };
  return given === undefined ? set : { ...set, given };
}

function checkPictures(
  name: string,
  shape: PictureSet['shape'],
  count: number,
  classes: number,
): void {
  if (shape[0] > MAX_OWN_SIDE || shape[1] > MAX_OWN_SIDE) {
    const size = `${String(shape[1])} × ${String(shape[0])}`;
    throw new WhittleError({
      code: 'picturesTooLarge',
      params: { name, size, most: MAX_OWN_SIDE },
      message: `The pictures of ${name} are ${size} pixels, and at most ${String(MAX_OWN_SIDE)} × ${String(MAX_OWN_SIDE)} can be trained on here. Make them smaller.`,
    });
  }
  if (count < MIN_OWN_EXAMPLES || count > MAX_OWN_EXAMPLES) throw wrongCount(name, count);
  if (classes < 2) throw oneClass(name);
  if (classes > MAX_OWN_CLASSES) throw manyClasses(name, classes);
}

/** Too few examples to be split, or more than can be kept. */
export function wrongCount(name: string, count: number): WhittleError {
  return new WhittleError({
    code: 'dataCount',
    params: { name, count, least: MIN_OWN_EXAMPLES, most: MAX_OWN_EXAMPLES },
    message: `${name} has ${grouped(count)} examples to learn from; from ${grouped(MIN_OWN_EXAMPLES)} to ${grouped(MAX_OWN_EXAMPLES)} are needed. Add more, or take a part.`,
  });
}

/** Pictures of one class, which leave nothing to tell apart. */
function oneClass(name: string): WhittleError {
  return new WhittleError({
    code: 'onePictureClass',
    params: { name },
    message: `All pictures of ${name} are of one class, so there is nothing to tell apart. Add pictures of another class: in a folder of their own beside the first, with one folder around both.`,
  });
}

/** Pictures of more classes than can be told apart. */
export function manyClasses(name: string, count: number): WhittleError {
  return new WhittleError({
    code: 'manyPictureClasses',
    params: { name, count, most: MAX_OWN_CLASSES },
    message: `${name} has pictures of ${grouped(count)} classes, and at most ${String(MAX_OWN_CLASSES)} can be told apart here. Leave some out, or put classes that are alike into one folder.`,
  });
}
