// @ts-check
/**
 * Takes networks to another task in Chromium, on WASM, by three ways and over several seeds: layers tuned, layers
 * frozen under a new head, and everything from scratch. With `write` the tables go into docs/transfer.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { format } from 'prettier';
import { ROOT } from '../scripts/setup.mjs';
import { serveBuiltPage } from './built-page.mjs';

const DOCS = `${ROOT}docs/transfer.md`;

/**
 * @typedef {object} Case
 * @property {string} id Of its table in the document.
 * @property {string} link Up to the transfer.
 * @property {string} transfer
 */
/** @type {readonly Case[]} */
const CASES = [
  {
    id: 'digits',
    link: 'v=1&data=mnist:0-4&model=lenet-5-classic&train=',
    transfer: 'to:mnist:5-9',
  },
  {
    id: 'clothes',
    link: 'v=1&data=mnist&model=lenet-5-classic&train=',
    transfer: 'to:fashion-mnist',
  },
  {
    id: 'regression',
    link: 'v=1&data=linear&model=mlp:16-16&train=lr:0.005,epochs:30,batch:16',
    transfer: 'to:linear:shifted,beta:0.005,head:0.005,examples:50',
  },
];

/** What is added to a transfer for each way; the last word on an option counts, so it replaces what was said. */
const WAYS = /** @type {const} */ ({
  'Fine-tuned': (/** @type {string} */ options) => options,
  'Frozen features': (/** @type {string} */ options) => `${without(options, 'beta')},beta:0`,
  'From scratch': (/** @type {string} */ options) => `${without(options, 'beta')},from:scratch`,
});

/** @param {string} options @param {string} name */
function without(options, name) {
  return options
    .split(',')
    .filter((option) => !option.startsWith(`${name}:`))
    .join(',');
}

/** @param {number} seeds @param {boolean} write */
export async function transfers(seeds, write) {
  const server = await serveBuiltPage();
  /** @type {Record<string, string>} */
  const tables = {};
  let machine = '';
  for (const { id, link, transfer } of CASES) {
    /** @type {Map<string, number[]>} */
    const scores = new Map();
    for (let seed = 1; seed <= seeds; seed++) {
      // In one page the network that goes on is trained once.
      const { browser, page } = await server.open(`${link}&seed=${seed}`, 'wasm');
      machine = `Chromium ${browser.version()}, ${cpus()[0]?.model ?? ''}, ${cpus().length} cores, WASM`;
      for (const [way, optionsOf] of Object.entries(WAYS)) {
        const fragment = `${link}&transfer=${optionsOf(transfer)}&seed=${seed}&backend=wasm`;
        const { variants } = await page.evaluate((text) => window.whittle.run(text), fragment);
        const { metrics } = variants.reduce((a, b) => (b.step > a.step ? b : a));
        scores.set(way, [...(scores.get(way) ?? []), metrics.accuracy ?? metrics.mse ?? NaN]);
        console.log(id, seed, way, metrics.accuracy ?? metrics.mse);
      }
      await browser.close();
    }
    tables[id] = tableOf(scores, id === 'regression');
  }
  await server.close();
  for (const [id, table] of Object.entries(tables)) console.log(`\n${id}\n\n${table}`);
  if (!write) return;
  const filled = Object.entries({ ...tables, machine }).reduce(
    (text, [name, part]) =>
      text.replace(
        new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`),
        (_, open, close) => `${open}\n${part}\n\n${close}`,
      ),
    readFileSync(DOCS, 'utf8'),
  );
  writeFileSync(DOCS, await format(filled, { parser: 'markdown', printWidth: 100 }));
}

/**
 * @param {ReadonlyMap<string, readonly number[]>} scores
 * @param {boolean} isError
 */
function tableOf(scores, isError) {
  const text = (/** @type {number} */ score) =>
    isError ? score.toPrecision(3) : `${(100 * score).toFixed(2)} %`;
  const rows = [...scores].map(([way, each]) => {
    const mean = each.reduce((sum, score) => sum + score, 0) / each.length;
    return `| ${[way, text(mean), ...each.map(text)].join(' | ')} |`;
  });
  const seeds = [...scores.values()][0]?.map((_, i) => `seed ${i + 1}`) ?? [];
  return [
    `| way | mean | ${seeds.join(' | ')} |`,
    `| --- | ---: | ${seeds.map(() => '---:').join(' | ')} |`,
    ...rows,
  ].join('\n');
}
