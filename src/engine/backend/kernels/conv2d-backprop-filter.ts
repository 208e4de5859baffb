import {
  backend_util,
  Conv2D,
  Conv2DBackpropFilter,
  Slice,
  Transpose,
  type Conv2DBackpropFilterAttrs,
} from '@tensorflow/tfjs-core';
import { attributesAs, inputOf, registerWasmKernel, shape4d } from './wasm-kernels';

/**
 * Gradient of a convolution's filter, which the WASM backend lacks. With `x` `[batch, height, width, in]`
 * and `dy` `[batch, outHeight, outWidth, out]`, the entry of the filter's gradient at row i, column j is
 * the sum over batch and output positions of `x` shifted by (i, j) times `dy`. That is a convolution again:
 * input channels take the place of the batch, the batch that of the channels, `dy` slides over the padded
 * input as the filter, and the stride between its positions becomes its dilation. So XNNPACK computes it.
 */
export function registerConv2dBackpropFilter(): void {
  registerWasmKernel(Conv2DBackpropFilter, (inputs, attributes, { call }) => {
    const x = inputOf(inputs, 'x');
    const dy = inputOf(inputs, 'dy');
    const { strides, pad, dimRoundingMode, filterShape, dataFormat } =
      attributesAs<Conv2DBackpropFilterAttrs>(attributes);
    if (dataFormat !== 'NHWC') throw new Error(`The layout ${dataFormat} is not supported.`);
    const { padInfo, strideHeight, strideWidth } = backend_util.computeConv2DInfo(
      shape4d(x.shape),
      filterShape,
      strides,
      1,
      pad,
      dimRoundingMode,
    );
    const gradient = call(
      Conv2D,
      {
        x: call(Transpose, { x }, { perm: [3, 1, 2, 0] }),
        filter: call(Transpose, { x: dy }, { perm: [1, 2, 0, 3] }),
      },
      {
        strides: 1,
        dilations: [strideHeight, strideWidth],
        pad: [
          [0, 0],
          [padInfo.top, padInfo.bottom],
          [padInfo.left, padInfo.right],
          [0, 0],
        ],
        dataFormat,
      },
    );
    // Rows and columns that no stride reaches give positions beyond the filter's end.
    const [height, width, channels, filters] = filterShape;
    const fits = gradient.shape[1] === height && gradient.shape[2] === width;
    const cut = fits
      ? gradient
      : call(
          Slice,
          { x: gradient },
          { begin: [0, 0, 0, 0], size: [channels, height, width, filters] },
        );
    return call(Transpose, { x: cut }, { perm: [1, 2, 0, 3] });
  });
}
