#!/usr/bin/env node
// @ts-check
/**
 * How fast networks train here and in other libraries, measured in Chromium: every contender in a worker
 * of its own, all of them in turn, round by round, from the same weights and batches.
 *
 *     npm run bench [-- --quick] [-- --gpu]
 *
 * `--quick` takes some three minutes. `--gpu` adds WebGPU and WebGL on the software adapter.
 */
import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { ensureBrowser, NO_GPU, SOFTWARE_GPU } from '../scripts/browser.mjs';
import { ROOT } from '../scripts/setup.mjs';
import { hasTaken, measurePredictions, measureSteps, medianOf } from './training/measure.mjs';
import { plot } from './training/plot.mjs';
import {
  disagreements,
  growthLines,
  growthTable,
  predictionsTable,
  stepsTable,
  targetsTable,
} from './training/report.mjs';
import { servePage } from './training/serve.mjs';
import { quantile } from './training/statistics.mjs';

/** @typedef {import('./training/page/protocol').ContenderId} ContenderId */
/** @typedef {import('./training/measure.mjs').Result} Result */

const given = process.argv.slice(2);
const options = given.length === 0 ? [] : ['--', ...given];
const quick = given.includes('--quick');
const gpu = given.includes('--gpu');

/** @satisfies {import('./training/measure.mjs').Settings} */
const SETTINGS = quick
  ? { rounds: 5, sliceMs: 60, checkMs: 1_500, budgetMs: 1_500, fewest: 1 }
  : { rounds: 21, sliceMs: 120, checkMs: 20_000, budgetMs: 10_000, fewest: 3 };
const GROWTH = {
  settings: { ...SETTINGS, rounds: quick ? 3 : 5, checkMs: 1_500, budgetMs: 6_000, fewest: 1 },
  /** Units of each hidden layer: 0.1, 0.3, 1, 3 and 10 million parameters. Widths that suit all kernels. */
  hidden: quick ? [128, 288, 672] : [128, 288, 672, 1_376, 2_784],
  /** Who would need longer for a step sits out. */
  longestStepMs: quick ? 300 : 10_000,
};

/** @type {readonly ContenderId[]} */
const ALL = [
  'whittle-wasm',
  'whittle-wasm-2',
  'jax-wasm',
  'jax-wasm-sync',
  'tfjs-wasm',
  'tfjs-cpu',
  'convnetjs',
];
/** @type {readonly ContenderId[]} */
const ON_GPU = ['whittle-webgpu', 'tfjs-webgpu', 'tfjs-webgl', 'jax-webgpu'];

const load = loadavg()[0] ?? NaN;
const served = await servePage();
const executablePath = await ensureBrowser();
try {
  await bench();
} finally {
  await served.close();
}

async function bench() {
  const { page, browser } = await open(NO_GPU);
  await header(browser.version());
  const steps = (/** @type {string} */ workload, contenders = ALL) =>
    measureSteps(page, seats(workload, contenders), SETTINGS);

  const mlp = await steps('lenet-300-100');
  section('LeNet-300-100, batches of 128', stepsTable(mlp, 'step'));
  // The best but one in ten: what else the machine does counts against the step alone.
  const peak = quantile(await page.evaluate(() => window.measurePeak()), 0.9);
  const classic = await steps('lenet-5-classic');
  section('LeNet-5-classic, batches of 128', stepsTable(classic, 'step'));
  const caffe = await steps('lenet-5');
  section('LeNet-5 (Caffe’s), batches of 128', stepsTable(caffe, 'step'));
  const toy = await steps('toy', [...ALL, 'playground']);
  section('Toy, 2-4-2-1 with tanh, 250 points in batches of 10', stepsTable(toy, 'epoch'));
  const predictions = (/** @type {import('./training/page/protocol').Pictures} */ pictures) =>
    measurePredictions(
      page,
      seats('lenet-300-100', ['whittle-wasm', 'whittle-wasm-2', 'tfjs-wasm']),
      SETTINGS,
      pictures,
    );
  const tests = await predictions('mnist');
  section('MNIST’s test set through LeNet-300-100', predictionsTable(tests));
  const random = await predictions('random');
  section('10,000 random pictures through LeNet-300-100', predictionsTable(random));
  const masks = await measureSteps(
    page,
    ['', '-pruned', '-pruned-4-bits', '-pruned-learned'].flatMap((name) =>
      seats(`lenet-300-100${name}`, ['whittle-wasm']),
    ),
    SETTINGS,
  );
  section(
    'A step of whittle-wasm with 90 % of the weights pruned, and rounded to 4 bits besides, by scales that are fitted or learned',
    stepsTable(masks, 'step', ({ workload }) => workload),
  );
  const sizes = await growth(page);
  const lines = growthLines(sizes);
  section('Growth: examples a second, 784-h-h-10', growthTable(lines));
  if (!quick) await writeFile(join(ROOT, 'bench/throughput.svg'), plot(lines));
  await browser.close();

  section('Targets', targetsTable({ mlp, classic, caffe, toy, tests, masks, peak }));
  const onGpu = gpu ? await measureGpu() : [];
  judge([mlp, classic, caffe, toy, masks, ...sizes, onGpu].flat());
}

/** @param {import('playwright').Page} page */
async function growth(page) {
  /** @type {Result[][]} */
  const sizes = [];
  let contenders = ALL;
  for (const [index, hidden] of GROWTH.hidden.entries()) {
    const results = await measureSteps(page, seats(`mlp-${hidden}`, contenders), GROWTH.settings);
    sizes.push(results);
    const next = GROWTH.hidden[index + 1] ?? hidden;
    contenders = results
      .filter(hasTaken)
      // With the square of its layers, or nearly.
      .filter((result) => medianOf(result) * (next / hidden) ** 2 < GROWTH.longestStepMs)
      .map(({ seat }) => seat.contender);
  }
  return sizes;
}

async function measureGpu() {
  const { page, browser } = await open(SOFTWARE_GPU);
  const results = await measureSteps(page, seats('lenet-300-100', ON_GPU), SETTINGS);
  section('LeNet-300-100 on the software GPU, batches of 128', stepsTable(results, 'step'));
  await browser.close();
  return results;
}

/** @param {readonly string[]} args */
async function open(args) {
  const browser = await chromium.launch({ executablePath, args: [...args] });
  const page = await browser.newPage();
  await page.goto(served.url);
  await page.waitForFunction(() => 'askSeat' in window);
  return { page, browser };
}

/**
 * @param {string} workload
 * @param {readonly ContenderId[]} contenders
 */
function seats(workload, contenders) {
  return contenders.map((contender) => ({ contender, workload }));
}

/** @param {string} chromiumVersion */
async function header(chromiumVersion) {
  const [cpu] = cpus();
  const versions = await Promise.all(
    ['@tensorflow/tfjs-core', '@jax-js/jax', 'convnetjs'].map(async (name) => {
      const text = await readFile(join(ROOT, 'node_modules', name, 'package.json'), 'utf8');
      return `${name} ${JSON.parse(text).version}`;
    }),
  );
  const { stdout } = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT });
  console.log(
    [
      `\`${['npm run bench', ...options].join(' ')}\`, ${new Date().toISOString().slice(0, 10)}`,
      `${cpu?.model ?? 'unknown processor'}, ${cpus().length} cores, load ${load.toFixed(1)} before`,
      `Chromium ${chromiumVersion}`,
      `Whittle at ${stdout.toString().trim() || 'no commit'}`,
      ...versions,
    ].join('; ') + '.',
  );
}

/**
 * @param {string} title
 * @param {string} text
 */
function section(title, text) {
  console.log(`\n### ${title}\n\n${text}`);
}

/** @param {readonly Result[]} results */
function judge(results) {
  const wrong = disagreements(results);
  console.log(`\n${wrong.length === 0 ? 'All losses agree within 2 %.' : wrong.join('\n')}`);
  if (wrong.length > 0) process.exitCode = 1;
}
