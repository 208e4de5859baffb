import {
  backend_util,
  Conv2D,
  Conv2DBackpropInput,
  PadV2,
  Reshape,
  Reverse,
  Slice,
  Transpose,
  type Conv2DBackpropInputAttrs,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { attributesAs, inputOf, registerWasmKernel, shape4d, type Kernels } from './wasm-kernels';

/**
 * Gradient of a convolution's input: `dy`, with zeros between its positions where the stride left input
 * out, convolved with the filter turned by 180° and its channels exchanged. XNNPACK computes that many
 * times faster than the plain loop of the backend's own kernel, which is also wrong for a stride beyond
 * the filter's size.
 */
export function registerConv2dBackpropInput(): void {
  registerWasmKernel(Conv2DBackpropInput, (inputs, attributes, kernels) => {
    const { call } = kernels;
    const dy = inputOf(inputs, 'dy');
    const filter = inputOf(inputs, 'filter');
    const { strides, pad, dimRoundingMode, inputShape, dataFormat } =
      attributesAs<Conv2DBackpropInputAttrs>(attributes);
    if (dataFormat !== 'NHWC') throw new Error(`The layout ${dataFormat} is not supported.`);
    const info = backend_util.computeConv2DInfo(
      inputShape,
      shape4d(filter.shape),
      strides,
      1,
      pad,
      dimRoundingMode,
    );
    const { padInfo, strideHeight, strideWidth } = info;
    const above = info.filterHeight - 1 - padInfo.top;
    const left = info.filterWidth - 1 - padInfo.left;
    // What is missing after the last position; negative where the zeros behind it reach too far.
    const below = info.inHeight - info.outHeight * strideHeight + padInfo.top;
    const right = info.inWidth - info.outWidth * strideWidth + padInfo.left;
    const spread = cropped(
      spreadOut(dy, strideHeight, strideWidth, kernels),
      below,
      right,
      kernels,
    );
    const turned = call(Reverse, { x: filter }, { dims: [0, 1] });
    return call(
      Conv2D,
      { x: spread, filter: call(Transpose, { x: turned }, { perm: [0, 1, 3, 2] }) },
      {
        strides: 1,
        dilations: 1,
        pad: [
          [0, 0],
          [above, Math.max(0, below)],
          [left, Math.max(0, right)],
          [0, 0],
        ],
        dataFormat,
      },
    );
  });
}

/** `[batch, height·rowStride, width·columnStride, channels]`: each position followed by zeros. */
function spreadOut(
  dy: TensorInfo,
  rowStride: number,
  columnStride: number,
  { call }: Kernels,
): TensorInfo {
  if (rowStride === 1 && columnStride === 1) return dy;
  const [batch, height, width, channels] = shape4d(dy.shape);
  const after = (x: TensorInfo, shape: number[], zeros: number) =>
    call(
      PadV2,
      { x: call(Reshape, { x }, { shape }) },
      {
        paddings: [
          [0, 0],
          [0, zeros],
          [0, 0],
        ],
        constantValue: 0,
      },
    );
  const columns = after(dy, [batch * height * width, 1, channels], columnStride - 1);
  const rows = after(columns, [batch * height, 1, width * columnStride * channels], rowStride - 1);
  const shape = [batch, height * rowStride, width * columnStride, channels];
  return call(Reshape, { x: rows }, { shape });
}

/** Without the last rows and columns that `below` and `right`, where negative, count. */
function cropped(x: TensorInfo, below: number, right: number, { call }: Kernels): TensorInfo {
  if (below >= 0 && right >= 0) return x;
  const [batch, height, width, channels] = shape4d(x.shape);
  const size = [batch, height + Math.min(0, below), width + Math.min(0, right), channels];
  return call(Slice, { x }, { begin: [0, 0, 0, 0], size });
}
