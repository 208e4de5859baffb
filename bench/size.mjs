#!/usr/bin/env node
// @ts-check
/**
 * How long the packed file is, and how long it takes, beside general compressors: networks trained on MNIST by
 * the page's own engine, in Node, and compressed in all the usual ways. Takes some three minutes.
 *
 *     npm run bench:size
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { ROOT } from '../scripts/setup.mjs';
import { openModules } from './modules.mjs';
import { compressors } from './size/compressors.mjs';

/** @typedef {import('./size/networks')} Networks */
/** @typedef {import('../src/deploy/whittle-file')} WhittleFile */

const RUNS = 5;

const server = await openModules();
const { makeNetworks } = /** @type {Networks} */ (
  await server.ssrLoadModule('/bench/size/networks.ts')
);
const { encodeWhittle, decodeWhittle } = await builtWriter();

const names = Object.keys(compressors);
console.log(
  `| network | numbers alone, bytes | ${names.join(' | ')} | .whittle | times smaller than float32 | written, ms | read, ms |`,
);
console.log(`|---|${'---:|'.repeat(names.length + 5)}`);
for await (const { name, checkpoint, plain } of makeNetworks()) {
  const file = encodeWhittle(checkpoint);
  const parameters = Object.values(checkpoint.parameters).reduce(
    (sum, { values }) => sum + values.length,
    0,
  );
  const cells = [
    bytes(plain.reduce((sum, { length }) => sum + length, 0)),
    ...Object.values(compressors).map((compress) => bytes(compress(plain))),
    bytes(file.length),
    `${((4 * parameters) / file.length).toFixed(1)}×`,
    medianMs(() => encodeWhittle(checkpoint)),
    medianMs(() => decodeWhittle(file)),
  ];
  console.log(`| ${name} | ${cells.join(' | ')} |`);
}
await server.close();

/** @param {number} count */
function bytes(count) {
  return count.toLocaleString('en');
}

/** @param {() => unknown} work */
function medianMs(work) {
  const times = Array.from({ length: RUNS }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  }).sort((a, b) => a - b);
  return (times[Math.floor(RUNS / 2)] ?? NaN).toFixed(0);
}

/**
 * As the page has it: what the server above hands out asks a module for each of its names again and again.
 *
 * @returns {Promise<WhittleFile>}
 */
async function builtWriter() {
  const outDir = await mkdtemp(join(tmpdir(), 'whittle-size-'));
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    build: { ssr: 'src/deploy/whittle-file.ts', outDir, target: 'es2023' },
    ssr: { noExternal: true },
  });
  const built = /** @type {WhittleFile} */ (await import(join(outDir, 'whittle-file.js')));
  await rm(outDir, { recursive: true });
  return built;
}
