// @ts-check
/**
 * Compiles AssemblyScript: `import { plain, shared } from './assembly/index.ts?assembly'` gives two
 * WebAssembly modules of the same program in base64, for memory of one thread's own and for memory that
 * threads share. With `?assembly-deflated` it is one module, for memory of one thread's own, made small.
 */
import asc from 'assemblyscript/asc';
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { deflateRawSync } from 'node:zlib';

const QUERY = '?assembly';
const DEFLATED = '?assembly-deflated';

/** 65,536-byte pages that shared memory may grow to; what is not used is not taken. */
const MOST_PAGES = 32_768;

/** @returns {import('vite').Plugin} */
export function assembly() {
  return {
    name: 'whittle-assembly',
    enforce: 'pre',
    async load(id) {
      const [file = '', query] = id.split(/(?=\?)/);
      if (query !== QUERY && query !== DEFLATED) return null;
      for (const each of readdirSync(dirname(file))) this.addWatchFile(join(dirname(file), each));
      if (query === DEFLATED) {
        const deflated = deflateRawSync(await compile(file, []), { level: 9 });
        return `export const deflated = '${deflated.toString('base64')}';`;
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
