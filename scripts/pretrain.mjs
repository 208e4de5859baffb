#!/usr/bin/env node
// @ts-check
/**
 * Trains the networks that come with Whittle, in the built page, on WASM: public/pretrained/<id>.whittle, and their
 * list in src/experiment/pretrained.json.
 *
 *     npm run build && node scripts/pretrain.mjs
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { runnerImport } from 'vite';
import { serveBuiltPage } from '../bench/built-page.mjs';
import { ROOT } from './setup.mjs';

const FOLDER = `${ROOT}public/pretrained/`;
/** Digits 0–4 alone, all digits, and clothes, each on the LeNet-5 of 1998. */
const DATASETS = ['mnist:0-4', 'mnist', 'fashion-mnist'];

const { crc32 } = /** @type {typeof import('../src/deploy/crc32')} */ (
  (await runnerImport(`${ROOT}src/deploy/crc32.ts`)).module
);
const { initialCheckpoint, layerString } = /** @type {typeof import('../src/experiment/model')} */ (
  (await runnerImport(`${ROOT}src/experiment/model.ts`)).module
);

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const server = await serveBuiltPage();
const list = [];
for (const dataset of DATASETS) {
  const model = 'lenet-5-classic';
  const link = `v=1&data=${dataset}&model=${model}&seed=7&train=epochs:5,schedule:cosine`;
  const { browser, page } = await server.open(link, 'wasm');
  const report = await page.evaluate((text) => window.whittle.run(text), `${link}&backend=wasm`);
  const bytes = Uint8Array.from(
    await page.evaluate(async () => Array.from(await window.whittle.export('s0', 'whittle'))),
  );
  await browser.close();
  const id = `${crc32(bytes).toString(16).padStart(8, '0')}-${bytes.length.toString(36)}`;
  writeFileSync(`${FOLDER}${id}.whittle`, bytes);
  const { architecture } = initialCheckpoint({ dataset, model, seed: 7 });
  const network = layerString(architecture).replaceAll(',', '~');
  const accuracy = report.variants[0]?.metrics.accuracy ?? 0;
  list.push({ id, network, dataset, link, accuracy, bytes: bytes.length });
  console.log(dataset, id, accuracy, bytes.length);
}
await server.close();
writeFileSync(
  `${ROOT}src/experiment/pretrained.json`,
  await format(JSON.stringify(list), { parser: 'json', printWidth: 100 }),
);
