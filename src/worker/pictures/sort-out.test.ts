import { expect, test } from 'vitest';
import { sortOut } from './sort-out';

const refusal = (paths: readonly string[]) => {
  try {
    sortOut('pets.zip', paths);
    return null;
  } catch (error) {
    return error;
  }
};
const problem = (code: string, params: object) => ({
  problem: { code, params: { name: 'pets.zip', ...params } },
});

test('a folder is a class, in the order that people count in', () => {
  const { classes, pictures, merged } = sortOut('pets.zip', [
    '10/a.png',
    '2/b.JPG',
    '2/deeper/c.webp',
    '1/d.jpeg',
  ]);
  expect(classes).toEqual(['1', '2', '10']);
  expect(pictures.map(({ at, label }) => [at, label])).toEqual([
    [0, 2],
    [1, 1],
    [2, 1],
    [3, 0],
  ]);
  expect(merged).toBe(false);
});

test('folders around all classes are taken off, and train and test put together', () => {
  const { classes, pictures, merged } = sortOut('pets.zip', [
    'pets/',
    'pets/train/',
    'pets/train/cat/1.png',
    'pets/train/dog/1.png',
    'pets/test/cat/2.png',
    'pets/test/dog/2.png',
  ]);
  expect({ classes, merged }).toEqual({ classes: ['cat', 'dog'], merged: true });
  expect(pictures).toHaveLength(4);
});

test('a class may be called train where it is one of several', () => {
  const { classes, merged } = sortOut('toys', ['toys/train/1.png', 'toys/car/1.png']);
  expect({ classes, merged }).toEqual({ classes: ['car', 'train'], merged: false });
});

test('what systems leave behind, other kinds of files and pictures without a folder are counted', () => {
  const { classes, pictures, ignored } = sortOut('pets.zip', [
    'cat/1.png',
    'dog/1.png',
    'cat/.DS_Store',
    '__MACOSX/cat/._1.png',
    'cat/notes.txt',
    'cat/vector.svg',
    'cover.png',
  ]);
  expect(classes).toEqual(['cat', 'dog']);
  expect(pictures).toHaveLength(2);
  expect(ignored).toEqual({ hidden: 2, others: 2, loose: 1 });
});

test('names are kept as they are, whatever they mean elsewhere', () => {
  const names = ['<img src=x onerror=alert(1)>', '__proto__', 'constructor', '猫'];
  const { classes, pictures } = sortOut('x.zip', [...names.map((name) => `${name}/1.png`)]);
  expect([...classes].sort()).toEqual([...names].sort());
  expect(new Set(pictures.map(({ label }) => label)).size).toBe(4);
});

test.each(['../cat/1.png', 'cat/../../1.png', '/etc/1.png', 'C:\\cat\\1.png', '..\\1.png'])(
  'a path that climbs out of an archive is refused by its name: %s',
  (path) => {
    expect(refusal(['cat/1.png', path])).toMatchObject(problem('climbingPath', { path }));
  },
);

test('an archive in an archive is refused by its name, but not one that a system hides', () => {
  const path = 'cat/more.zip';
  expect(refusal(['cat/1.png', path])).toMatchObject(problem('nestedArchive', { path }));
  expect(refusal(['cat/1.png', '.cache/more.zip'])).toBeNull();
});

test('no pictures, too many files and too many classes are refused', () => {
  expect(refusal(['readme.txt', 'cover.png'])).toMatchObject(problem('noPictures', {}));
  const many = Array.from({ length: 20_001 }, (_, i) => `cat/${String(i)}.png`);
  expect(refusal(many)).toMatchObject(problem('tooManyFiles', { most: 20_000 }));
  const classes = Array.from({ length: 101 }, (_, i) => `${String(i)}/1.png`);
  expect(refusal(classes)).toMatchObject(problem('manyPictureClasses', { count: 101 }));
});
