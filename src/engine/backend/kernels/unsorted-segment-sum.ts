import { UnsortedSegmentSum, type UnsortedSegmentSumAttrs } from '@tensorflow/tfjs-core';
import { attributesAs, inputOf, registerWasmKernel } from './wasm-kernels';

/** Sums of the rows that have the same segment's number, which the backend has no kernel for (as of 4.22). */
export function registerUnsortedSegmentSum(): void {
  registerWasmKernel(UnsortedSegmentSum, (inputs, attributes, { make, values }) => {
    const [x, segments] = [inputOf(inputs, 'x'), inputOf(inputs, 'segmentIds')];
    const { numSegments } = attributesAs<UnsortedSegmentSumAttrs>(attributes);
    const rest = x.shape.slice(1);
    const sums = make([numSegments, ...rest]);
    const width = rest.reduce((product, side) => product * side, 1);
    const [rows, to] = [values(x), values(sums).fill(0)];
    values(segments).forEach((segment, row) => {
      for (let i = 0; i < width; i++) {
        const at = segment * width + i;
        to[at] = (to[at] ?? 0) + (rows[row * width + i] ?? 0);
      }
    });
    return sums;
  });
}
