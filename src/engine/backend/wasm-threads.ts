import { registerBackend, removeBackend } from '@tensorflow/tfjs-core';
import { BackendWasm, setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import createModule from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js';

declare global {
  /** The compiled module as Emscripten makes it; the package's types name it and leave it out. */
  interface EmscriptenModule {
    cwrap(
      name: string,
      result: 'number' | null,
      parameters: readonly 'number'[],
    ): (...values: number[]) => number;
  }
}

const NAME = 'tfjs-backend-wasm-threaded-simd';

/**
 * Makes `wasm` the threaded build. TensorFlow.js's own start-up hands its threads their scripts as blobs,
 * which a Content-Security-Policy without `blob:` refuses; here they are files beside the binary
 * (scripts/copy-wasm.mjs puts them there), and the policy stays `script-src 'self' 'wasm-unsafe-eval'`.
 */
export function registerThreadedWasm(wasmBase: string, threads: number): void {
  setThreadsCount(threads);
  // The package has registered its own start-up under that name.
  removeBackend('wasm');
  registerBackend('wasm', async () => {
    const module = await withCores(threads * 2, () =>
      createModule({
        mainScriptUrlOrBlob: `${wasmBase}${NAME}.js`,
        locateFile: (file) => `${wasmBase}${file}`,
      }),
    );
    module.tfjs = {
      init: module.cwrap('init', null, []),
      initWithThreadsCount: module.cwrap('init_with_threads_count', null, ['number']),
      getThreadsCount: module.cwrap('get_threads_count', 'number', []),
      registerTensor: module.cwrap('register_tensor', null, ['number', 'number', 'number']),
      disposeData: module.cwrap('dispose_data', null, ['number']),
      dispose: module.cwrap('dispose', null, []),
    };
    return new BackendWasm(module);
  });
}

/**
 * Does `work` in a worker that believes to have so many cores. While it starts, the module looks up the
 * number of cores and later refuses more threads than half of it, whatever it is asked for.
 */
async function withCores<Result>(cores: number, work: () => Promise<Result>): Promise<Result> {
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: cores, configurable: true });
  try {
    return await work();
  } finally {
    Reflect.deleteProperty(navigator, 'hardwareConcurrency');
  }
}
