#!/usr/bin/env node
// @ts-check
/**
 * How the page feels while it trains, measured in Chromium on the built page: time to the first loss
 * point, long tasks of the page's thread, and how soon a slider shows its new value.
 *
 *     npm run build && node bench/page.mjs [backend …]
 */
import { serveBuiltPage } from './built-page.mjs';

const LINK = 'v=1&data=mnist&model=lenet-300-100&seed=7&train=lr:0.002,epochs:40&prune=&quantize=';
const WATCH_MS = 20_000;
const PRESSES = 60;
const backends = process.argv.length > 2 ? process.argv.slice(2) : ['wasm', 'cpu', 'webgl'];

const built = await serveBuiltPage();

const rows = [];
for (const backend of backends) rows.push(await measure(backend));
console.log(
  [
    '| backend | interactive, ms | first point after Play, ms | long tasks in 20 s | longest, ms | slider to paint, median and 95th percentile, ms |',
    '|---|---:|---:|---:|---:|---:|',
    ...rows,
  ].join('\n'),
);
await built.close();

/**
 * @param {string} backend
 * @returns {Promise<string>} A row of the table.
 */
async function measure(backend) {
  const { browser, page } = await built.open(LINK, backend);
  const interactive = await page.evaluate(() => performance.now());
  // Data and backend are there, as after a look at the page.
  await page.waitForTimeout(6_000);
  const first = await page.evaluate(async () => {
    const started = performance.now();
    void window.whittle.run(location.hash).catch(() => undefined);
    while (window.whittle.progress().iteration === 0) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return performance.now() - started;
  });
  await page.evaluate(() => {
    const tasks = [];
    Reflect.set(window, 'tasks', tasks);
    new PerformanceObserver((list) =>
      tasks.push(...list.getEntries().map((entry) => entry.duration)),
    ).observe({
      type: 'longtask',
    });
  });
  await page.waitForTimeout(WATCH_MS);
  const tasks = /** @type {number[]} */ (await page.evaluate(() => Reflect.get(window, 'tasks')));
  const slider = page.getByRole('slider', { name: 'Sparsity' });
  await slider.focus();
  const delays = [];
  for (let i = 0; i < PRESSES; i++) {
    await page.evaluate(() => {
      window.addEventListener(
        'keydown',
        (event) => {
          // After the frame that follows the key has been painted.
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () =>
              Reflect.set(window, 'delay', performance.now() - event.timeStamp);
            port2.postMessage(null);
          });
        },
        { once: true, capture: true },
      );
      Reflect.set(window, 'delay', null);
    });
    await page.keyboard.press(i % 2 === 0 ? 'ArrowLeft' : 'ArrowRight');
    const delay = await page.waitForFunction(() => Reflect.get(window, 'delay'));
    delays.push(Number(await delay.jsonValue()));
  }
  await browser.close();
  delays.sort((a, b) => a - b);
  const at = (/** @type {number} */ share) =>
    (delays[Math.floor(share * (delays.length - 1))] ?? NaN).toFixed(0);
  const longest = tasks.length === 0 ? 'none' : Math.max(...tasks).toFixed(0);
  return `| ${backend} | ${interactive.toFixed(0)} | ${first.toFixed(0)} | ${String(tasks.length)} | ${longest} | ${at(0.5)}, ${at(0.95)} |`;
}
