import { env } from '@tensorflow/tfjs-core';
import { getThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { bringUp, NEVER, type BackendOptions, type Started } from './backend';
import { registerWasmKernels } from './kernels';

registerWasmKernels();

/** The threaded build starts a pool of so many threads, whether they are used or not. */
const MOST_THREADS = 8;

/** WebAssembly with SIMD where there is any, and with threads where the page is cross-origin isolated. */
export async function startWasm({ wasmBase, threads }: BackendOptions): Promise<Started> {
  const wanted = await usefulThreads(threads);
  if (wanted > 1) {
    const { registerThreadedWasm } = await import('./wasm-threads');
    registerThreadedWasm(new URL(wasmBase, location.href).href, wanted);
  } else {
    env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    setWasmPaths(wasmBase);
  }
  await bringUp('wasm');
  return { threads: wanted > 1 ? getThreadsCount() : 1, lost: NEVER };
}

/** As many as asked for; else one for every two logical cores, which mostly share one core's arithmetic. */
async function usefulThreads(asked: number | undefined): Promise<number> {
  const flags = ['WASM_HAS_SIMD_SUPPORT', 'WASM_HAS_MULTITHREAD_SUPPORT'];
  const possible = await Promise.all(flags.map((flag) => env().getAsync(flag)));
  if (!globalThis.crossOriginIsolated || !possible.every(Boolean)) return 1;
  return Math.min(MOST_THREADS, asked ?? Math.floor(navigator.hardwareConcurrency / 2));
}
