// @ts-check
import { chromium } from 'playwright';
import { preview } from 'vite';
import { ensureBrowser, NO_GPU, SOFTWARE_GPU } from '../scripts/browser.mjs';
import { ROOT } from '../scripts/setup.mjs';

/** Serves the built page. `open` opens a link on a backend, in a browser of its own. */
export async function serveBuiltPage() {
  const server = await preview({ root: ROOT, preview: { port: 0, host: '127.0.0.1' } });
  const address = server.resolvedUrls?.local[0] ?? '';
  const executablePath = await ensureBrowser();
  return {
    close: () => server.close(),
    /**
     * @param {string} link
     * @param {string} backend
     */
    open: async (link, backend) => {
      // The software adapter would draw the page too, and take its time for it: only where it is needed.
      const gpu = backend === 'webgl' || backend === 'webgpu';
      const args = [...(gpu ? SOFTWARE_GPU : NO_GPU)];
      const browser = await chromium.launch({ executablePath, args });
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      await page.goto(`${address}#${link}&backend=${backend}`);
      await page.waitForFunction(() => 'whittle' in window);
      return { browser, page };
    },
  };
}
