import { env } from '@tensorflow/tfjs-core';
import { getThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { usefulThreads } from '../threads';
import { bringUp, NEVER, type BackendOptions, type Started } from './backend';
import { registerWasmKernels } from './kernels';

registerWasmKernels();

/** WebAssembly with SIMD where there is any, and with threads where the page is cross-origin isolated. */
export async function startWasm({ wasmBase, threads }: BackendOptions): Promise<Started> {
  const wanted = await possibleThreads(threads);
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

async function possibleThreads(asked: number | undefined): Promise<number> {
  const flags = ['WASM_HAS_SIMD_SUPPORT', 'WASM_HAS_MULTITHREAD_SUPPORT'];
  const possible = await Promise.all(flags.map((flag) => env().getAsync(flag)));
  return possible.every(Boolean) ? usefulThreads(asked) : 1;
}
