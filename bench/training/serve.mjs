// @ts-check
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { assembly } from '../../scripts/assembly.mjs';
import { copyTfjs } from '../../scripts/copy-wasm.mjs';
import { serveFolder } from '../serve-folder.mjs';

const SOURCE = fileURLToPath(new URL('page/', import.meta.url));

/** Builds the page and serves it with the files of TensorFlow.js's WASM backend. */
export function servePage() {
  return serveFolder(async (built) => {
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
  });
}
