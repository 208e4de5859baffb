import { registerBatchMatMul } from './batch-mat-mul';

/** Registers the project's own kernels on the WASM backend. Call it once, after the backend's code is there. */
export function registerWasmKernels(): void {
  registerBatchMatMul();
}
