#!/usr/bin/env node
// @ts-check
/**
 * Builds the runtime for `.whittle` files as a package, in `dist-runtime/`: one module without dependencies,
 * its types, and how to use it. Fails where it is too large.
 *
 *     npm run runtime
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'vite';
import { assembly } from './assembly.mjs';
import { ROOT } from './setup.mjs';

/** Bytes, compressed with Brotli. The aim is 12,000: see docs/runtime.md. */
const LIMIT = 14_000;
const SOURCE = join(ROOT, 'src/deploy/runtime');

/**
 * The runtime as the text of one module.
 *
 * @returns {Promise<string>}
 */
export async function bundleRuntime() {
  const built = await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    plugins: [assembly()],
    build: {
      write: false,
      target: 'es2023',
      lib: { entry: join(SOURCE, 'index.ts'), formats: ['es'], fileName: 'index' },
      // Libraries keep their white space unless told.
      rolldownOptions: { output: { minify: true } },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  const [chunk] = output !== undefined && 'output' in output ? output.output : [];
  if (chunk?.type !== 'chunk') throw new Error('The runtime was not built.');
  return chunk.code;
}

/**
 * Writes the package.
 *
 * @param {string} folder
 */
export async function buildRuntime(folder) {
  const code = await bundleRuntime();
  const { version, license } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  const manifest = {
    name: 'whittle-runtime',
    version,
    description: 'Runs networks from .whittle files, as compressed as they are',
    license,
    type: 'module',
    exports: { '.': { types: './index.d.ts', default: './index.js' } },
    files: ['index.js', 'index.d.ts'],
    engines: { node: '>=20' },
  };
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'index.js'), code);
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const name of ['index.d.ts', 'README.md']) {
    await writeFile(join(folder, name), await readFile(join(SOURCE, 'package', name)));
  }
  return {
    bytes: Buffer.byteLength(code),
    gzip: gzipSync(code, { level: 9 }).length,
    brotli: brotliCompressSync(code).length,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { bytes, gzip, brotli } = await buildRuntime(join(ROOT, 'dist-runtime'));
  const verdict = brotli <= LIMIT ? 'within' : 'OVER';
  console.log(
    `dist-runtime/index.js: ${bytes} bytes, ${gzip} with gzip, ${brotli} with Brotli, ${verdict} ${LIMIT}`,
  );
  if (verdict === 'OVER') process.exitCode = 1;
}
