// @ts-check
/**
 * Compiles AssemblyScript: `import { plain, shared } from './assembly/index.ts?assembly'` gives two
 * WebAssembly modules of the same program in base64, for memory of one thread's own and for memory that
 * threads share. With `?assembly-text` it is one module, for memory of one thread's own, as a text that Brotli and
 * gzip make smaller than base64.
 */
import asc from 'assemblyscript/asc';
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const QUERY = '?assembly';
const TEXT = '?assembly-text';

/** 65,536-byte pages that shared memory may grow to; what is not used is not taken. */
const MOST_PAGES = 32_768;

/**
 * A byte's character is so much further than the byte, modulo 256: those that occur most are ASCII then, one byte of
 * UTF-8.
 */
const SHIFT = 43;

/** @returns {import('vite').Plugin} */
export function assembly() {
  return {
    name: 'whittle-assembly',
    enforce: 'pre',
    async load(id) {
      const [file = '', query] = id.split(/(?=\?)/);
      if (query !== QUERY && query !== TEXT) return null;
      for (const each of readdirSync(dirname(file))) this.addWatchFile(join(dirname(file), each));
      if (query === TEXT) {
        const binary = await compile(file, ['--noExportMemory']);
        const text = String.fromCharCode(...binary.map((byte) => byte + SHIFT));
        return `export const text = ${JSON.stringify(text)};\nexport const shift = ${SHIFT};`;
      }
      const threads = ['--enable', 'threads'];
      const plain = await compile(file, threads);
      const memory = ['--sharedMemory', '--maximumMemory', `${MOST_PAGES}`];
      const shared = await compile(file, [...threads, ...memory]);
      const [own, common] = [plain, shared].map((binary) => binary.toString('base64'));
      return `export const plain = '${own}';\nexport const shared = '${common}';`;
    },
  };
}

/**
 * @param {string} file
 * @param {string[]} options
 * @returns {Promise<Buffer>}
 */
async function compile(file, options) {
  /** @type {Uint8Array | null} */
  let binary = null;
  const output = 'module.wasm';
  const { error, stderr } = await asc.main(
    [
      basename(file),
      ...['--baseDir', dirname(file), '--outFile', output],
      ...['-O3', '--converge', '--noAssert', '--runtime', 'stub', '--importMemory'],
      ...['--enable', 'simd'],
      ...options,
    ],
    {
      writeFile: (name, contents) => {
        if (name === output && typeof contents !== 'string') binary = contents;
      },
    },
  );
  if (error || binary === null) throw new Error(`${file} does not compile:\n${stderr.toString()}`);
  return Buffer.from(binary);
}
