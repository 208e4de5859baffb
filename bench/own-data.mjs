#!/usr/bin/env node
// @ts-check
/**
 * How the page bears a large table of the user's: a CSV file of 100 MB, made here, is chosen in the built page,
 * kept, and trained on. Reports the seconds, and how long the page stood still meanwhile: its longest gap
 * between two frames, and its tasks of more than 50 ms. Needs a build: `npx vite build`.
 *
 *     npm run bench:own-data [-- rows columns]
 */
import { createWriteStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { preview } from 'vite';
import { ensureBrowser, NO_GPU } from '../scripts/browser.mjs';
import { ROOT } from '../scripts/setup.mjs';

const [rows = 100_000, columns = 100] = process.argv.slice(2).map(Number);
const FOLDER = join(ROOT, '.cache/own-data');
const FILE = join(FOLDER, 'large.csv');
const TRAIN_MS = 10_000;

await makeFile();
const { size } = await stat(FILE);
const server = await preview({ root: ROOT, preview: { host: '127.0.0.1', port: 0 } });
const [address = ''] = server.resolvedUrls?.local ?? [];
const browser = await chromium.launch({ executablePath: await ensureBrowser(), args: [...NO_GPU] });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(watchFrames);
  await page.goto(`${address}#v=1&data=circles&model=mlp:4&backend=wasm&recipe=none`);
  await page.waitForFunction(() => 'whittle' in window);
  await page.getByRole('button', { name: 'Data set' }).click();
  await page.getByRole('option', { name: 'Your own data …' }).click();
  const keep = page.getByRole('button', { name: 'Keep it, and use it' });

  console.log(`${(size / 1e6).toFixed(0)} MB, ${String(rows)} rows, ${String(columns)} columns`);
  console.log('| | seconds | longest frame gap, ms | tasks over 50 ms | longest, ms |');
  console.log('|---|---:|---:|---:|---:|');
  await measured(page, 'nothing', () => page.waitForTimeout(5_000));
  await measured(page, 'read', async () => {
    await page.locator('input[type=file][accept*=csv]').setInputFiles(FILE);
    await keep.waitFor({ timeout: 120_000 });
  });
  await measured(page, 'kept', async () => {
    await keep.click();
    await page.getByRole('dialog').waitFor({ state: 'detached', timeout: 120_000 });
  });
  const experiment = new URL(page.url()).hash.replace('recipe=none', 'train=batch:128,epochs:100');
  await page.goto(address + experiment);
  await page.waitForTimeout(2_000);
  await measured(page, 'training', async () => {
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await page.waitForTimeout(TRAIN_MS);
  });
  const done = await page.evaluate(() => window.whittle.progress());
  console.log(`${String(done.iteration)} iterations of batch 128 in ${String(TRAIN_MS / 1000)} s`);
} finally {
  await browser.close();
  await server.close();
}

/** Whole numbers, numbers with digits after the point, and a column of categories in ten. */
async function makeFile() {
  await mkdir(FOLDER, { recursive: true });
  const out = createWriteStream(FILE);
  const names = Array.from({ length: columns - 1 }, (_, i) => `x${String(i)}`);
  out.write(`${[...names, 'label'].join(',')}\n`);
  for (let row = 0; row < rows; row++) {
    const label = row % 3;
    const cells = names.map((_, i) =>
      i % 10 === 9
        ? `kind ${String(Math.floor(Math.random() * 6))}`
        : (label + 4 * Math.random() - 2).toFixed(7),
    );
    if (!out.write(`${cells.join(',')},class ${String(label)}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

/** Runs in the page: remembers gaps between frames, and long tasks. */
function watchFrames() {
  const seen = { gaps: /** @type {number[]} */ ([]), tasks: /** @type {number[]} */ ([]) };
  Object.assign(window, { seen });
  let last = performance.now();
  const frame = () => {
    const now = performance.now();
    seen.gaps.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.tasks.push(duration);
  }).observe({ type: 'longtask' });
}

/**
 * @param {import('playwright').Page} page
 * @param {string} what
 * @param {() => Promise<void>} work
 */
async function measured(page, what, work) {
  const look = () =>
    page.evaluate(() => {
      const { seen } = /** @type {{ seen: { gaps: number[], tasks: number[] } }} */ (
        /** @type {unknown} */ (window)
      );
      const now = { gap: Math.max(0, ...seen.gaps), tasks: [...seen.tasks] };
      seen.gaps.length = 0;
      seen.tasks.length = 0;
      return now;
    });
  await look();
  const started = performance.now();
  await work();
  const seconds = (performance.now() - started) / 1_000;
  const { gap, tasks } = await look();
  const longest = Math.max(0, ...tasks).toFixed(0);
  console.log(
    `| ${what} | ${seconds.toFixed(1)} | ${gap.toFixed(0)} | ${String(tasks.length)} | ${longest} |`,
  );
}
