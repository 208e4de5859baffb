// @ts-check
/**
 * Compiles AssemblyScript: `import { plain, shared } from './assembly/index.ts?assembly'` gives two
 * WebAssembly modules of the same program in base64, for memory of one thread's own and for memory that
 * threads share.
 */
import asc from 'assemblyscript/asc';
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const QUERY = '?assembly';

/** 65,536-byte pages that shared memory may grow to; what is not used is not taken. */
const MOST_PAGES = 32_768;

/** @returns {import('vite').Plugin} */
export function assembly() {
  return {
    name: 'whittle-assembly',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(QUERY)) return null;
      const file = id.slice(0, -QUERY.length);
      for (const each of readdirSync(dirname(file))) this.addWatchFile(join(dirname(file), each));
      const plain = await compile(file, []);
      const shared = await compile(file, ['--sharedMemory', '--maximumMemory', `${MOST_PAGES}`]);
      return `export const plain = '${plain}';\nexport const shared = '${shared}';`;
    },
  };
}

/**
 * @param {string} file
 * @param {string[]} options
 * @returns {Promise<string>} The module in base64.
 */
async function compile(file, options) {
  /** @type {Uint8Array | null} */
  let binary = null;
  const output = 'module.wasm';
  const { error, stderr } = await asc.main(
    [
      basename(file),
      ...['--baseDir', dirname(file), '--outFile', output],
      ...['-O3', '--noAssert', '--runtime', 'stub', '--importMemory'],
      ...['--enable', 'simd', '--enable', 'threads'],
      ...options,
    ],
    {
      writeFile: (name, contents) => {
        if (name === output && typeof contents !== 'string') binary = contents;
      },
    },
  );
  if (error || binary === null) throw new Error(`${file} does not compile:\n${stderr.toString()}`);
  return Buffer.from(binary).toString('base64');
}
