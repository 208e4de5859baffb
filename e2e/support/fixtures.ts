import { expect, test as base } from '@playwright/test';

export { expect } from '@playwright/test';

/**
 * A page of which nothing bad may be heard: no uncaught error, nothing in the console at the level of
 * an error (a refused policy among them), and no request to another origin.
 */
export const test = base.extend<{ complaints: string[]; timesFiles: boolean }>({
  /** Whether files are timed after every run, which takes the cores for seconds. */
  timesFiles: [false, { option: true }],
  page: async ({ page, timesFiles }, use) => {
    if (!timesFiles) {
      await page.addInitScript(() => {
        if (location.protocol === 'http:') localStorage.setItem('whittle.timeFiles', 'off');
      });
    }
    await use(page);
  },
  complaints: [
    async ({ page, baseURL }, use) => {
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
      });
      page.on('request', (request) => {
        const url = new URL(request.url());
        const own = url.origin === new URL(baseURL ?? '').origin;
        if (!own && !['data:', 'blob:'].includes(url.protocol)) {
          complaints.push(`other origin: ${request.url()}`);
        }
      });
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});
