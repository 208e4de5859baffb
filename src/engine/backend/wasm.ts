import { env } from '@tensorflow/tfjs-core';
import { getThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { bringUp, NEVER, type BackendOptions, type Started } from './backend';
import { registerWasmKernels } from './kernels';

registerWasmKernels();

/** WebAssembly with SIMD where there is any, and with threads where the page is cross-origin isolated. */
export async function startWasm({ wasmBase }: BackendOptions): Promise<Started> {
  setWasmPaths(wasmBase);
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  await bringUp('wasm');
  return { threads: getThreadsCount(), lost: NEVER };
}
