import { defineConfig } from '@playwright/test';
import { findBrowser, SOFTWARE_GPU } from './scripts/browser.mjs';

const executablePath = await findBrowser();
if (executablePath === null) throw new Error('No browser: `npm test` installs one.');

const PORT = 4179;

/** The tests of the built page; `npm test` builds it first. */
export default defineConfig({
  testDir: 'e2e',
  // Training fills the cores: two tests at once would disturb each other's clocks.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: '.cache/results/playwright.json' }]],
  outputDir: '.cache/playwright',
  use: {
    baseURL: `http://127.0.0.1:${String(PORT)}`,
    viewport: { width: 1440, height: 900 },
    launchOptions: { executablePath, args: [...SOFTWARE_GPU] },
    trace: 'retain-on-failure',
  },
  webServer: {
    command: `npx --no-install vite preview --host 127.0.0.1 --port ${String(PORT)} --strictPort`,
    port: PORT,
    reuseExistingServer: false,
  },
});
