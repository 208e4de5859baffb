#!/usr/bin/env node
// @ts-check
/**
 * How long one prediction takes, measured in Chromium on one thread: compressed networks on Whittle's own
 * runtime beside the dense float32 network on ONNX Runtime, all of them in turn, round by round, over MNIST's
 * test pictures.
 *
 *     npm run bench:latency [-- --quick] [-- --train] [-- lenet-5 …]
 *
 * The networks are trained when there are none yet, or with `--train`: some ten minutes.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { ensureBrowser, NO_GPU } from '../scripts/browser.mjs';
import { ROOT } from '../scripts/setup.mjs';
import { table, targetRows, TARGETS_HEAD } from './latency/report.mjs';
import { servePage } from './latency/serve.mjs';
import { openModules } from './modules.mjs';

/** @typedef {import('./latency/networks')} Networks */
/** @typedef {import('../src/deploy/onnx/encode-onnx')} Onnx */
/** @typedef {import('../src/deploy/whittle-file')} WhittleFile */

const given = process.argv.slice(2);
const FOLDER = join(ROOT, '.cache/latency');
const named = given.filter((word) => !word.startsWith('--'));
const MODELS = named.length > 0 ? named : ['lenet-300-100', 'lenet-5', 'lenet-5-classic'];
const BATCHES = [1, 64];
const TIMING = given.includes('--quick')
  ? { rounds: 7, sliceMs: 40 }
  : { rounds: 41, sliceMs: 100 };

/** As `bench/latency/networks.ts` names them. */
const NETWORKS = [
  'dense',
  '95 % sparse',
  '8 bits',
  '4 bits',
  'ternary',
  'binary',
  '95 % sparse, 4 bits',
  '95 % sparse, codebook of 4 bits',
];

const load = loadavg()[0] ?? NaN;
for (const model of MODELS) await prepare(model);
const served = await servePage(FOLDER);
try {
  await bench();
} finally {
  await served.close();
}

async function bench() {
  const browser = await chromium.launch({
    executablePath: await ensureBrowser(),
    args: [...NO_GPU],
  });
  const page = await browser.newPage();
  await page.goto(served.url);
  await page.waitForFunction(() => 'measure' in window);
  await header(browser.version());
  /** @type {string[]} */
  const reached = [];
  for (const model of MODELS) {
    for (const batch of BATCHES) {
      const files = Object.fromEntries([
        ['ONNX Runtime, float32', `/networks/${model}.onnx`],
        ...NETWORKS.map((name) => [name, `/networks/${encodeURIComponent(fileName(model, name))}`]),
      ]);
      const results = await page.evaluate((asked) => window.measure(asked), {
        files,
        batch,
        ...TIMING,
      });
      const bytes = await Promise.all(
        NETWORKS.map(async (name) => (await readFile(join(FOLDER, fileName(model, name)))).length),
      );
      console.log(`\n## ${model}, batches of ${batch}\n\n${table(results, bytes)}`);
      if (batch === 1) reached.push(...targetRows(model, results));
    }
  }
  console.log(`\n## What is aimed at, batches of 1\n\n${TARGETS_HEAD}\n${reached.join('\n')}`);
  await browser.close();
}

/**
 * @param {string} model
 * @param {string} name
 */
function fileName(model, name) {
  return `${model}.${name}.whittle`;
}

/**
 * Sees to it that a model's files are there.
 *
 * @param {string} model
 */
async function prepare(model) {
  const isThere = NETWORKS.every((name) => existsSync(join(FOLDER, fileName(model, name))));
  if (isThere && existsSync(join(FOLDER, `${model}.onnx`)) && !given.includes('--train')) return;
  await mkdir(FOLDER, { recursive: true });
  const server = await openModules();
  try {
    const { makeNetworks } = /** @type {Networks} */ (
      await server.ssrLoadModule('/bench/latency/networks.ts')
    );
    const { encodeOnnx } = /** @type {Onnx} */ (
      await server.ssrLoadModule('/src/deploy/onnx/encode-onnx.ts')
    );
    const { encodeWhittle } = /** @type {WhittleFile} */ (
      await server.ssrLoadModule('/src/deploy/whittle-file.ts')
    );
    const networks = await makeNetworks(model);
    for (const [name, network] of Object.entries(networks)) {
      await writeFile(join(FOLDER, fileName(model, name)), encodeWhittle(network));
      if (name !== 'dense') continue;
      const file = encodeOnnx(network, { format: 'float32', metadata: {} });
      await writeFile(join(FOLDER, `${model}.onnx`), file);
    }
  } finally {
    await server.close();
  }
}

/** @param {string} chromiumVersion */
async function header(chromiumVersion) {
  const [cpu] = cpus();
  const text = await readFile(join(ROOT, 'node_modules/onnxruntime-web/package.json'), 'utf8');
  const options = given.length === 0 ? '' : ` -- ${given.join(' ')}`;
  console.log(
    [
      `\`npm run bench:latency${options}\`, ${new Date().toISOString().slice(0, 10)}`,
      `${cpu?.model ?? 'unknown processor'}, ${cpus().length} cores, load ${load.toFixed(1)} before`,
      `Chromium ${chromiumVersion}, one thread`,
      `onnxruntime-web ${JSON.parse(text).version}`,
    ].join('; ') + '.',
  );
}
