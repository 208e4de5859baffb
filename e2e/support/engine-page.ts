import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { assembly } from '../../scripts/assembly.mjs';
import { copyTfjs } from '../../scripts/copy-wasm.mjs';
import { CONTENT_SECURITY_POLICY, ISOLATION_HEADERS } from '../../scripts/headers.mjs';

const SOURCE = fileURLToPath(new URL('../pages/engine/', import.meta.url));
const BUILT = fileURLToPath(new URL('../../.cache/engine-page/', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** Builds the check page as the real page is built, and serves it under the real page's policy, cross-origin isolated. */
export async function serveEnginePage(): Promise<{ url: string; close: () => void }> {
  await build({
    configFile: false,
    root: SOURCE,
    logLevel: 'error',
    worker: { format: 'es', plugins: () => [assembly()] },
    build: { outDir: BUILT, emptyOutDir: true },
  });
  await copyTfjs(join(BUILT, 'tfjs/'));
  const server = createServer((request, response) => {
    void file(request.url ?? '/').then(({ status, type, body }) => {
      response.writeHead(status, {
        'Content-Type': type,
        'Content-Security-Policy': CONTENT_SECURITY_POLICY,
        ...ISOLATION_HEADERS,
      });
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${String(portOf(server))}/`, close: () => server.close() };
}

async function file(url: string): Promise<{ status: number; type: string; body: Buffer }> {
  const path = normalize(new URL(url, 'http://localhost').pathname);
  const name = path === '/' ? 'index.html' : path;
  try {
    const type = TYPES[extname(name)] ?? 'application/octet-stream';
    return { status: 200, type, body: await readFile(join(BUILT, name)) };
  } catch {
    return { status: 404, type: 'text/plain', body: Buffer.from('not found') };
  }
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}
