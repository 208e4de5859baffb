// @ts-check
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { assembly } from '../../scripts/assembly.mjs';
import { copyOrt } from '../../scripts/copy-wasm.mjs';
import { serveFolder } from '../serve-folder.mjs';

const SOURCE = fileURLToPath(new URL('page/', import.meta.url));

/**
 * Builds the page and serves it with ONNX Runtime's files, and with the networks in `folder` under `/networks/`.
 *
 * @param {string} folder
 */
export function servePage(folder) {
  return serveFolder(
    async (built) => {
      await build({
        configFile: false,
        root: SOURCE,
        logLevel: 'error',
        plugins: [assembly()],
        build: { outDir: built, emptyOutDir: true, target: 'es2023' },
      });
      await copyOrt(join(built, 'ort'));
    },
    { '/networks/': folder },
  );
}
