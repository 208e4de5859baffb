import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  collectionOf,
  countOf,
  MOST_GATHERED,
  obstacleOf,
  pictureSetOf,
  renamed,
  withClass,
  withExample,
  withoutClass,
  withoutExample,
  type Collection,
} from './collection';

const collections = fc
  .array(fc.array(fc.uint8Array({ minLength: 6, maxLength: 6 }), { maxLength: 4 }), {
    minLength: 2,
    maxLength: 5,
  })
  .map((classes): Collection => ({
    name: 'mine',
    shape: [2, 1, 3],
    classes: classes.map((examples, i) => ({ name: `class ${String(i)}`, examples })),
  }));

const of = (...counts: readonly number[]): Collection => ({
  name: 'mine',
  shape: [1, 1, 1],
  classes: counts.map((count, i) => ({
    name: String(i),
    examples: Array.from({ length: count }, (_, at) => Uint8Array.of(at % 256)),
  })),
});

test('what is kept and opened again is what was gathered', () => {
  fc.assert(
    fc.property(collections, (collection) => {
      expect(collectionOf(pictureSetOf(collection))).toEqual(collection);
    }),
  );
});

test('an example and a class that are added and taken away leave no trace', () => {
  fc.assert(
    fc.property(collections, fc.nat(1), (collection, at) => {
      const length = collection.classes[at]?.examples.length ?? 0;
      const more = withExample(collection, at, new Uint8Array(6));
      expect(countOf(more)).toBe(countOf(collection) + 1);
      expect(withoutExample(more, at, length)).toEqual(collection);
      const another = withClass(collection, 'another');
      expect(withoutClass(another, collection.classes.length)).toEqual(collection);
    }),
  );
});

test('two classes with names of their own and ten examples can be trained on', () => {
  expect(obstacleOf(of(5, 5))).toBeNull();
  expect(obstacleOf(of(5, 4))).toBe('few');
  expect(obstacleOf(of(10, 0))).toBe('classes');
  expect(obstacleOf(renamed(of(5, 5), 1, ' 0 '))).toBe('names');
  expect(obstacleOf(renamed(of(5, 5), 1, ' '))).toBe('names');
  // An empty class is not kept, so its name matters to nobody.
  expect(obstacleOf(renamed(of(5, 5, 0), 2, '0'))).toBeNull();
  expect(obstacleOf(of(...new Array<number>(101).fill(1)))).toBe('manyClasses');
});

test('a collection grows to ten thousand examples and no further', () => {
  const full = of(MOST_GATHERED - 1, 0);
  const most = withExample(full, 1, Uint8Array.of(1));
  expect(countOf(most)).toBe(10_000);
  expect(withExample(most, 1, Uint8Array.of(1))).toBe(most);
});
