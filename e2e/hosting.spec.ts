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

/** A page of somebody else's that shows an experiment in a frame, and keeps what the frame tells it. */
const COURSE_PAGE = `<!doctype html><title>A course</title>
  <iframe src="/some/folder/#embed=1" width="1200" height="800"></iframe>
  <script>
    window.told = [];
    addEventListener('message', ({ data }) => told.push(data));
  </script>`;

/** The built page in a folder of a host that sets no headers. */
const test = base.extend<{ host: string }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that it needs from the pattern
  host: async ({}, use) => {
    const server: Server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      if (pathname === '/course.html') {
        response.writeHead(200, { 'Content-Type': 'text/html' }).end(COURSE_PAGE);
        return;
      }
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
  await page.goto(`${host}#${SPIRAL}`);
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
  await page.goto(`${host}#${SPIRAL}`);
  await page.waitForFunction(() => 'whittle' in window);
  const report = await page.evaluate(() => window.whittle.run(location.hash));
  expect(report.environment).toMatchObject({ crossOriginIsolated: false, threads: 1 });
});

test('a page that embeds Whittle runs a link by message, hears of progress and gets the report', async ({
  page,
  host,
}) => {
  await page.goto(new URL('/course.html', host).href);
  const frame = page.frameLocator('iframe');
  await expect(frame.getByRole('button', { name: 'Play', exact: true })).toBeEnabled();
  await expect(frame.getByRole('heading', { level: 1 })).toHaveCount(0);
  await page.waitForFunction(() => frames[0] !== undefined && 'whittle' in frames[0]);
  await page.evaluate((link) => {
    frames[0]?.postMessage({ whittle: 'run', id: 'mine', link }, location.origin);
  }, SPIRAL);
  const told = (kind: string) =>
    page.waitForFunction(
      (wanted) => {
        const messages = Reflect.get(window, 'told') as { whittle: string; id: string }[];
        return messages.find(({ whittle, id }) => whittle === wanted && id === 'mine');
      },
      kind,
      { timeout: 60_000 },
    );
  await told('progress');
  const answer = await (await told('report')).jsonValue();
  expect(answer).toHaveProperty('report.variants.4.metrics.accuracy');
});
