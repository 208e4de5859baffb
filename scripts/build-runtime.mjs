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
import { minify } from 'terser';
import { bundled } from './program.mjs';
import { ROOT } from './setup.mjs';

/** Bytes, compressed with Brotli. */
const LIMIT = 12_000;
const SOURCE = join(ROOT, 'src/deploy/runtime');

/** Properties that are known outside of the module, or by a text, beside those of the platform. */
const KNOWN = [
  // of a model, a file's header, and a problem
  ...['task', 'input', 'outputs', 'layers', 'weightBytes', 'predict'],
  ...['problem', 'code', 'message'],
  // `Machine`
  ...['dense', 'conv', 'pad', 'pool', 'normalize', 'transpose', 'activate', 'roundValues'],
  // what WebAssembly is given
  ...['env', 'memory', 'initial'],
];

/** Names of all that the platform's classes and namespaces have; Node has those that the module needs. */
function platformNames() {
  const names = new Set(Object.getOwnPropertyNames(globalThis));
  /** @param {unknown} value */
  const add = (value) => {
    for (let each = value; each instanceof Object; each = Object.getPrototypeOf(each)) {
      for (const name of Object.getOwnPropertyNames(each)) names.add(name);
    }
  };
  for (const space of [globalThis, WebAssembly]) {
    for (const name of Object.getOwnPropertyNames(space)) {
      const value = Reflect.get(space, name);
      add(value);
      if (typeof value === 'function') add(value.prototype);
    }
  }
  return [...names];
}

/**
 * Writes the package.
 *
 * @param {string} folder
 */
export async function buildRuntime(folder) {
  const { text } = await bundled(join(SOURCE, 'index.ts'), {
    reserved: [...KNOWN, ...platformNames()],
  });
  // What is called once is written where it is called, which Vite's own minifier does not do.
  const { code = '' } = await minify(text, { module: true, compress: { passes: 3 } });
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
