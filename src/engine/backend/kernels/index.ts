import { registerBatchMatMul } from './batch-mat-mul';
import { registerConv2d } from './conv2d';
import { registerConv2dBackpropFilter } from './conv2d-backprop-filter';
import { registerConv2dBackpropInput } from './conv2d-backprop-input';
import { registerMaxPoolGrad } from './max-pool-grad';
import { registerUnsortedSegmentSum } from './unsorted-segment-sum';

/** Registers the project's own kernels on the WASM backend. Call it once, after the backend's code is there. */
export function registerWasmKernels(): void {
  registerBatchMatMul();
  registerConv2d();
  registerConv2dBackpropFilter();
  registerConv2dBackpropInput();
  registerMaxPoolGrad();
  registerUnsortedSegmentSum();
}
