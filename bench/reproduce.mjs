#!/usr/bin/env node
// @ts-check
/**
 * Runs the presets in Chromium, on WASM, and prints what came out beside what was published; with `--write`
 * it keeps that in src/state/reproduced.json, which the page shows, and docs/reproduction.md.
 *
 *     npm run build && npm run reproduce -- [--first 1] [--seeds 3] [--write] [<preset> …]
 *
 * With `--transfer` it takes networks to other tasks instead, for docs/transfer.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import { runnerImport } from 'vite';
import { ROOT } from '../scripts/setup.mjs';
import { serveBuiltPage } from './built-page.mjs';

/** @typedef {import('../src/state/presets').Preset} Preset */
/** @typedef {import('../src/state/reproduced').Reproduced} Reproduced */
/** @typedef {import('../src/state/reproduced').Reproduction} Reproduction */
/** @typedef {import('../src/experiment/report').Variant} Variant */

const RESULTS = `${ROOT}src/state/reproduced.json`;
const DOCS = `${ROOT}docs/reproduction.md`;

const { values: options, positionals: wanted } = parseArgs({
  options: {
    first: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
    transfer: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
if (options.transfer) {
  const { transfers } = await import('./transfer.mjs');
  await transfers(Number(options.seeds), options.write);
  process.exit();
}
const { PRESETS } = /** @type {typeof import('../src/state/presets')} */ (
  await imported('src/state/presets.ts')
);
const table = /** @type {typeof import('../src/state/reproduced-table')} */ (
  await imported('src/state/reproduced-table.ts')
);
const { papersEn } = /** @type {typeof import('../src/i18n/papers.en')} */ (
  await imported('src/i18n/papers.en.ts')
);

const presets = PRESETS.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
/** @type {Record<string, Reproduced>} */
const reproduced = JSON.parse(readFileSync(RESULTS, 'utf8'));
const server = await serveBuiltPage();
for (let seed = Number(options.first); seed <= Number(options.seeds); seed++) {
  // In one page the baseline that several presets share is trained once.
  const { browser, page } = await server.open(`${presets[0]?.link ?? ''}&seed=${seed}`, 'wasm');
  const machine = `Chromium ${browser.version()}, ${cpus()[0]?.model ?? ''}, ${cpus().length} cores, WASM`;
  for (const preset of presets) {
    const outcome = await run(page, preset, seed);
    keep(preset, machine, outcome);
    console.log(preset.id, JSON.stringify(outcome));
    if (options.write) await write();
  }
  await browser.close();
}
await server.close();
console.log(`\n${table.reproductionTable(papersEn.published, reproduced)}`);

/**
 * The baseline, where there is one, and what the recipe ends with.
 *
 * @param {import('playwright').Page} page
 * @param {Preset} preset
 * @param {number} seed
 * @returns {Promise<Reproduction>}
 */
async function run(page, { link }, seed) {
  const pairs = `${link}&seed=${seed}&backend=wasm`.split('&');
  const first = pairs.findIndex((pair) => /^(prune|quantize|lowrank|fold|distill)=/.test(pair));
  const baselineLink = pairs.filter((pair, i) => i < first || /^(seed|backend)=/.test(pair));
  /** @param {readonly string[]} parts */
  const ran = (parts) => page.evaluate((fragment) => window.whittle.run(fragment), parts.join('&'));
  const hasBaseline = baselineLink.some((pair) => pair.startsWith('train='));
  if (hasBaseline) await ran(baselineLink);
  const started = performance.now();
  const { variants } = await ran(pairs);
  const seconds = Math.round((performance.now() - started) / 1_000);
  const own = variants.filter(({ id }) => !id.endsWith('-alone'));
  const last = own.reduce((a, b) => (b.step > a.step ? b : a));
  const baseline = own.find(({ role }) => role === 'baseline');
  const error = (/** @type {Variant} */ { metrics }) => rounded(1 - (metrics.accuracy ?? NaN));
  const whole = Math.max(...own.map(({ multiplyAdds }) => multiplyAdds.dense));
  const bytes = Math.max(...own.map(({ size }) => size.float32Bytes));
  return {
    seed,
    baselineError: baseline === undefined ? null : error(baseline),
    error: error(last),
    smaller: rounded(bytes / last.size.packedBytes),
    multiplyAdds: rounded(last.multiplyAdds.effective / whole),
    seconds,
  };
}

/**
 * @param {Preset} preset
 * @param {string} machine
 * @param {Reproduction} outcome
 */
function keep({ id, link }, machine, outcome) {
  const before = reproduced[id];
  // What an older recipe gave says nothing of this one.
  const runs = before?.link === link ? before.runs : [];
  const date = new Date().toISOString().slice(0, 10);
  const others = runs.filter(({ seed }) => seed !== outcome.seed);
  reproduced[id] = {
    ...{ link, date, machine },
    runs: [...others, outcome].sort((a, b) => a.seed - b.seed),
  };
}

async function write() {
  writeFileSync(
    RESULTS,
    await format(JSON.stringify(reproduced), { parser: 'json', printWidth: 100 }),
  );
  const docs = readFileSync(DOCS, 'utf8');
  const filled = [
    ['table', table.reproductionTable(papersEn.published, reproduced)],
    ['machines', table.reproductionMachines(reproduced)],
  ].reduce(
    (text, [name, part]) =>
      text.replace(
        new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`),
        (_, open, close) => `${open}\n${part}\n${close}`,
      ),
    docs,
  );
  writeFileSync(DOCS, await format(filled, { parser: 'markdown', printWidth: 100 }));
}

/** @param {number} value */
function rounded(value) {
  return Math.round(1e4 * value) / 1e4;
}

/** @param {string} path */
async function imported(path) {
  return (await runnerImport(`${ROOT}${path}`)).module;
}
