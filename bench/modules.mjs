// @ts-check
import { createServer } from 'vite';
import { ROOT } from '../scripts/setup.mjs';

/** Loads the project's modules as Vite does, TypeScript and assembly included: `ssrLoadModule(path)`. */
export function openModules() {
  return createServer({
    root: ROOT,
    mode: 'test',
    appType: 'custom',
    logLevel: 'error',
    server: { middlewareMode: true, hmr: false, ws: false },
    optimizeDeps: { noDiscovery: true },
  });
}
