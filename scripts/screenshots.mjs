#!/usr/bin/env node
// @ts-check
/**
 * Builds the page, runs the default experiment, and takes the pictures in `docs/`: light, dark, Chinese,
 * and a phone's.
 *
 *     npm run screenshots [-- <folder>]
 */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { BASIC, ensureBrowser } from './browser.mjs';
import { ROOT } from './setup.mjs';

const folder = resolve(process.argv[2] ?? `${ROOT}docs`);
mkdirSync(folder, { recursive: true });

await build({ root: ROOT, logLevel: 'warn' });
const server = await preview({ root: ROOT, preview: { port: 0, host: '127.0.0.1' } });
const browser = await chromium.launch({
  executablePath: await ensureBrowser(),
  args: [...BASIC],
});
const wide = { width: 1440, height: 900 };
const page = await browser.newPage({ viewport: wide, colorScheme: 'light' });
await page.goto(`${server.resolvedUrls?.local[0] ?? ''}#backend=wasm`);
await page.waitForFunction(() => 'whittle' in window);
await page.evaluate(() => window.whittle.run(location.hash));
// The curves behind the sliders are computed when the page rests.
await page.waitForTimeout(15_000);

/** @param {string} name */
async function take(name) {
  await page.mouse.move(0, 0);
  await page.waitForTimeout(500);
  await page.screenshot({ path: `${folder}/page-${name}.png` });
  console.log(`${folder}/page-${name}.png`);
}

await take('light');
await page.emulateMedia({ colorScheme: 'dark' });
await take('dark');
await page.emulateMedia({ colorScheme: 'light' });
await page.getByRole('button', { name: '中文' }).click();
await take('chinese');
await page.getByRole('button', { name: 'English' }).click();
await page.setViewportSize({ width: 390, height: 844 });
await take('phone');

await browser.close();
await server.close();
