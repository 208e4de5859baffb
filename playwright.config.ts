import { defineConfig } from '@playwright/test';
import { findBrowser, NO_GPU, SOFTWARE_GPU } from './scripts/browser.mjs';

const executablePath = await findBrowser();
if (executablePath === null) throw new Error('No browser: `npm test` installs one.');

const PORT = 4179;
const GPU_TESTS = ['backends.spec.ts', 'lost.spec.ts'];
const launch = (args: readonly string[]) => ({ executablePath, args: [...args] });

/** The tests of the built page; `npm test` builds it first. */
export default defineConfig({
  testDir: 'e2e',
  // A page waits as often as it computes.
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: '.cache/results/playwright.json' }]],
  outputDir: '.cache/playwright',
  use: {
    baseURL: `http://127.0.0.1:${String(PORT)}`,
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'page', testIgnore: GPU_TESTS, use: { launchOptions: launch(NO_GPU) } },
    // Slow: the software adapter draws the page too, on all cores.
    { name: 'gpu', workers: 1, testMatch: GPU_TESTS, use: { launchOptions: launch(SOFTWARE_GPU) } },
  ],
  webServer: {
    command: `npx --no-install vite preview --host 127.0.0.1 --port ${String(PORT)} --strictPort`,
    port: PORT,
    reuseExistingServer: false,
  },
});
