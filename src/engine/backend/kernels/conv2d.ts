import { backend_util, Conv2D, type Conv2DAttrs } from '@tensorflow/tfjs-core';
import { attributesAs, inputOf, registerWasmKernel, shape4d } from './wasm-kernels';

/**
 * Convolution with `same` padding spelled out in rows and columns: left to XNNPACK, it comes out wrong
 * where the stride is larger than the filter. All else is the backend's own kernel.
 */
export function registerConv2d(): void {
  registerWasmKernel(Conv2D, (inputs, attributes, { original }) => {
    const { strides, pad, dilations, dimRoundingMode } = attributesAs<Conv2DAttrs>(attributes);
    if (pad !== 'same') return original(inputs, attributes);
    const { padInfo } = backend_util.computeConv2DInfo(
      shape4d(inputOf(inputs, 'x').shape),
      shape4d(inputOf(inputs, 'filter').shape),
      strides,
      dilations,
      pad,
      dimRoundingMode,
    );
    const rows = [padInfo.top, padInfo.bottom];
    const columns = [padInfo.left, padInfo.right];
    return original(inputs, { ...attributes, pad: [[0, 0], rows, columns, [0, 0]] });
  });
}
