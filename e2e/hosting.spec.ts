import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { SPIRAL } from './support/links';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
};

/** The built page in a folder of a host that sets no headers. */
const test = base.extend<{ host: string }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that it needs from the pattern
  host: async ({}, use) => {
    const server: Server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      const path = pathname.replace(/^\/some\/folder\//, '').replace(/^$/, 'index.html');
      readFile(join('dist', path)).then(
        (body) => {
          response.writeHead(200, {
            'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream',
          });
          response.end(body);
        },
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await use(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/some/folder/`);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  },
});

test('on a host that sets no headers the page isolates itself, and trains', async ({
  page,
  host,
}) => {
  await page.goto(`${host}#${SPIRAL.replace('backend=cpu', 'backend=wasm')}`);
  await page.waitForFunction(() => window.crossOriginIsolated && 'whittle' in window);
  const report = await page.evaluate(() => window.whittle.run(location.hash));
  expect(report.environment).toMatchObject({ backend: 'wasm', crossOriginIsolated: true });
  expect(report.variants[0]?.metrics.accuracy).toBeGreaterThan(0.6);
});

test('where service workers are not to be had, it trains without threads', async ({
  page,
  host,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'serviceWorker', { value: undefined });
  });
  await page.goto(`${host}#${SPIRAL.replace('backend=cpu', 'backend=wasm')}`);
  await page.waitForFunction(() => 'whittle' in window);
  const report = await page.evaluate(() => window.whittle.run(location.hash));
  expect(report.environment).toMatchObject({ crossOriginIsolated: false, threads: 1 });
});
