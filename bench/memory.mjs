#!/usr/bin/env node
// @ts-check
/**
 * How much memory the tab takes with all of MNIST loaded, and whether it grows over ten thousand training
 * steps, measured in Chromium on the built page.
 *
 *     npm run build && node bench/memory.mjs [backend …]
 */
import { existsSync, readFileSync } from 'node:fs';
import { serveBuiltPage } from './built-page.mjs';

/** Thirty epochs of 430 iterations. */
const LINK = 'v=1&data=mnist&model=lenet-300-100&seed=7&train=epochs:30';
const SAMPLES = [100, 1_000, 5_000, 10_000];
const backends = process.argv.length > 2 ? process.argv.slice(2) : ['wasm'];

const built = await serveBuiltPage();
console.log(
  '| backend | iteration | tab, MB | its process at most, MB | blocks on the backend |\n|---|---:|---:|---:|---:|',
);
for (const backend of backends) await measure(backend);
await built.close();

/**
 * The most memory that the tab's process has ever had resident, all that Chromium itself takes included;
 * where Linux tells.
 *
 * @param {import('playwright').Browser} browser
 */
async function peak(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const peaks = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => {
      const path = `/proc/${String(id)}/status`;
      if (!existsSync(path)) return NaN;
      return 1024 * Number(/VmHWM:\s+(\d+)/.exec(readFileSync(path, 'utf8'))?.[1]);
    });
  return megabytes(Math.max(...peaks));
}

/** @param {number} bytes */
function megabytes(bytes) {
  return Number.isNaN(bytes) ? 'unknown' : (bytes / 1e6).toFixed(0);
}

/** @param {string} backend */
async function measure(backend) {
  const { browser, page } = await built.open(LINK, backend);
  await page.evaluate(() => {
    void window.whittle.run(location.hash).catch(() => undefined);
  });
  for (const iteration of SAMPLES) {
    await page.waitForFunction(
      (wanted) => window.whittle.progress().iteration >= wanted,
      iteration,
      { timeout: 0, polling: 250 },
    );
    const [bytes, blocks] = await page.evaluate(async () => {
      // Of the page and its workers; collects garbage first.
      const tab = /** @type {{ measureUserAgentSpecificMemory(): Promise<{ bytes: number }> }} */ (
        /** @type {unknown} */ (performance)
      );
      const { bytes: all } = await tab.measureUserAgentSpecificMemory();
      return [all, await window.whittle.tensorCount()];
    });
    const cells = [iteration.toLocaleString('en'), megabytes(bytes), await peak(browser), blocks];
    console.log(`| ${backend} | ${cells.join(' | ')} |`);
  }
  await browser.close();
}
