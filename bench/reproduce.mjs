#!/usr/bin/env node
// @ts-check
/**
 * Runs the presets in Chromium, on WASM, and prints what came out beside what was published, as in
 * docs/reproduction.md.
 *
 *     npm run build && npm run reproduce [-- --seeds 3] [-- <preset> …]
 */
import { cpus } from 'node:os';
import { runnerImport } from 'vite';
import { ROOT } from '../scripts/setup.mjs';
import { serveBuiltPage } from './built-page.mjs';

/** @typedef {import('../src/state/presets').Preset} Preset */
/** @typedef {import('../src/experiment/report').Variant} Variant */

const given = process.argv.slice(2);
const at = given.indexOf('--seeds');
const seeds = at === -1 ? 1 : Number(given[at + 1]);
const wanted = given.filter((_, i) => at === -1 || (i !== at && i !== at + 1));

const { module } = /** @type {{ module: { PRESETS: readonly Preset[] } }} */ (
  await runnerImport(`${ROOT}src/state/presets.ts`)
);
const presets = module.PRESETS.filter(({ id }) => wanted.length === 0 || wanted.includes(id));

const server = await serveBuiltPage();
/** @type {string | null} */
let chromium = null;
console.log(
  '| preset | published | baseline error, % | error, % | file, times smaller than float32 | multiply-adds | seconds |\n|---|---|---:|---:|---:|---:|---:|',
);
for (const preset of presets) {
  /** @type {{ baseline: number | null, error: number, smaller: number, work: number, seconds: number }[]} */
  const runs = [];
  for (let seed = 1; seed <= seeds; seed++) runs.push(await run(preset, seed));
  const mean = (/** @type {(run: (typeof runs)[number]) => number} */ of) =>
    runs.reduce((sum, each) => sum + of(each), 0) / runs.length;
  const hasBaseline = runs.every(({ baseline }) => baseline !== null);
  console.log(
    `| [${preset.id}](${preset.url}) | ${preset.published} (${preset.paper}) | ${[
      hasBaseline ? mean(({ baseline }) => baseline ?? NaN).toFixed(2) : '–',
      mean(({ error }) => error).toFixed(2),
      `${mean(({ smaller }) => smaller).toFixed(1)}×`,
      `${(100 * mean(({ work }) => work)).toFixed(0)} %`,
      mean(({ seconds }) => seconds).toFixed(0),
    ].join(' | ')} |`,
  );
}
await server.close();
console.log(
  `\n${new Date().toISOString().slice(0, 10)}, Chromium ${chromium ?? ''}, ${cpus()[0]?.model ?? ''}, ${cpus().length} cores, WASM; ${seeds === 1 ? 'seed 1' : `means over seeds 1 to ${seeds}`}.`,
);

/**
 * The baseline, where there is one, and what the recipe ends with.
 *
 * @param {Preset} preset
 * @param {number} seed
 */
async function run({ link }, seed) {
  const { browser, page } = await server.open(`${link}&seed=${seed}`, 'wasm');
  chromium = browser.version();
  const started = performance.now();
  const report = await page.evaluate(
    (fragment) => window.whittle.run(fragment),
    new URL(page.url()).hash,
  );
  const seconds = (performance.now() - started) / 1_000;
  await browser.close();
  const own = report.variants.filter(({ id }) => !id.endsWith('-alone'));
  const last = own.reduce((a, b) => (b.step > a.step ? b : a));
  const baseline = own.find(({ role }) => role === 'baseline');
  const error = (/** @type {Variant} */ { metrics }) => 100 * (1 - (metrics.accuracy ?? NaN));
  const whole = Math.max(...own.map(({ multiplyAdds }) => multiplyAdds.dense));
  return {
    baseline: baseline === undefined ? null : error(baseline),
    error: error(last),
    smaller: Math.max(...own.map(({ size }) => size.float32Bytes)) / last.size.packedBytes,
    work: last.multiplyAdds.effective / whole,
    seconds,
  };
}
