import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const THREADED = 'tfjs-backend-wasm-threaded-simd';

/** What the page's own ONNX Runtime consists of: the module, then its WebAssembly; for WebGPU another. */
const ORT_FILES = ['wasm', 'webgpu'].flatMap((provider) => {
  const binary = provider === 'wasm' ? 'ort-wasm-simd-threaded' : 'ort-wasm-simd-threaded.asyncify';
  return [`ort.${provider}.min.mjs`, `${binary}.mjs`, `${binary}.wasm`];
});

/**
 * Puts the files of the WASM runtimes under `folder` (`public/` unless told), so that they come from the
 * page's own origin: TensorFlow.js's under `tfjs/`, ONNX Runtime's under `ort/`.
 */
export async function copyWasm(folder = fileURLToPath(new URL('../public/', import.meta.url))) {
  await Promise.all([copyTfjs(join(folder, 'tfjs')), copyOrt(join(folder, 'ort'))]);
}

/**
 * The binaries, and the two scripts that threads start from. The package holds the thread's script as text
 * and would start it from a blob; as a file it runs under a Content-Security-Policy without `blob:`.
 *
 * @param {string} folder
 */
export async function copyTfjs(folder) {
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

/** @param {string} folder */
export async function copyOrt(folder) {
  const root = dirname(require.resolve('onnxruntime-web'));
  await mkdir(folder, { recursive: true });
  for (const name of ORT_FILES) await copyFile(join(root, name), join(folder, name));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await copyWasm();
