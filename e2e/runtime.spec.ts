import { createServer } from 'node:http';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { buildRuntime } from '../scripts/build-runtime.mjs';
import { encodeWhittle } from '../src/deploy/whittle-file';
import { initialCheckpoint } from '../src/experiment/model';

/** What the README says a page needs, and nothing more. */
const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

test('the runtime’s example runs in a page that allows no eval', async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'whittle-runtime-'));
  await buildRuntime(folder);
  const readme = await readFile(join(folder, 'README.md'), 'utf8');
  const [, example = ''] = /```js\n(.*?)```/s.exec(readme) ?? [];
  const network = encodeWhittle(initialCheckpoint({ dataset: 'mnist', model: 'mlp:8', seed: 7 }));
  const bodies: Readonly<Record<string, readonly [string, string | Uint8Array]>> = {
    '/': ['text/html', '<script type="module" src="example.js"></script>'],
    '/example.js': [
      'text/javascript',
      `const url = 'network.whittle';\n${example.replace("'whittle-runtime'", "'./index.js'")}`,
    ],
    '/index.js': ['text/javascript', await readFile(join(folder, 'index.js'))],
    '/network.whittle': ['application/octet-stream', network],
  };
  const server = createServer((request, response) => {
    const [type, body] = bodies[request.url ?? ''] ?? ['text/plain', ''];
    response.writeHead(200, { 'Content-Type': type, 'Content-Security-Policy': POLICY });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const printed = page.waitForEvent('console');
  await page.goto(`http://127.0.0.1:${String(port)}/`);
  expect((await printed).text()).toMatch(/^\[28, 28, 1\] \d$/);
  server.close();
  await rm(folder, { recursive: true });
});
