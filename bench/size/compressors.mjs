// @ts-check
import { brotliCompressSync, constants, deflateRawSync } from 'node:zlib';

/**
 * Bytes that the sections of a network come to.
 *
 * @type {Readonly<Record<string, (sections: readonly Uint8Array[]) => number>>}
 */
export const compressors = {
  'DEFLATE, level 9': (sections) => deflateRawSync(joined(sections), { level: 9 }).length,
  // A code for each kind of data: weights hardly ever repeat in a row.
  'DEFLATE, Huffman codes alone': (sections) =>
    sections
      .map((each) => deflateRawSync(each, { strategy: constants.Z_HUFFMAN_ONLY }).length)
      .reduce((a, b) => a + b, 0),
  'Brotli, level 11': (sections) => brotliCompressSync(joined(sections)).length,
};

/** @param {readonly Uint8Array[]} sections */
function joined(sections) {
  return Buffer.concat(sections);
}
