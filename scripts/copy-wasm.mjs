import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const THREADED = 'tfjs-backend-wasm-threaded-simd';

/**
 * Puts the files of TensorFlow.js's WASM backend under `folder` (`public/tfjs` unless told), so that
 * they come from the page's own origin: the binaries, and the two scripts that its threads start from.
 * The package holds the thread's script as text and would start it from a blob; as a file it runs under
 * a Content-Security-Policy without `blob:`.
 */
export async function copyWasm(
  folder = fileURLToPath(new URL('../public/tfjs/', import.meta.url)),
) {
  const root = dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'));
  await mkdir(folder, { recursive: true });
  for (const name of ['tfjs-backend-wasm', 'tfjs-backend-wasm-simd', THREADED]) {
    await copyFile(join(root, 'dist', `${name}.wasm`), join(folder, `${name}.wasm`));
  }
  await copyFile(join(root, 'wasm-out', `${THREADED}.js`), join(folder, `${THREADED}.js`));
  const { wasmWorkerContents } = require(join(root, 'wasm-out', `${THREADED}.worker.js`));
  // Evaluated, the text holds line breaks inside string literals: they are escapes again in the file.
  const script = wasmWorkerContents.replaceAll('\n', '\\n');
  await writeFile(join(folder, `${THREADED}.worker.js`), script);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await copyWasm();
