import { backend_util, MaxPoolGrad, type MaxPoolGradAttrs } from '@tensorflow/tfjs-core';
import { attributesAs, inputOf, registerWasmKernel, shape4d } from './wasm-kernels';

/**
 * Gradient of max pooling: a window hands its share to the largest of its inputs, the first of equals.
 * The backend's own kernel hands it to a wrong one where the window's side is even (as of 4.22). A plain
 * loop will do: pools are a small part of what a convolutional network costs.
 */
export function registerMaxPoolGrad(): void {
  registerWasmKernel(MaxPoolGrad, (inputs, attributes, { make, values }) => {
    const x = inputOf(inputs, 'input');
    const { filterSize, strides, pad, dimRoundingMode } =
      attributesAs<MaxPoolGradAttrs>(attributes);
    const windows = backend_util.computePool2DInfo(
      shape4d(x.shape),
      filterSize,
      strides,
      1,
      pad,
      dimRoundingMode,
    );
    const gradient = make(x.shape);
    scatter(values(x), values(inputOf(inputs, 'dy')), values(gradient).fill(0), windows);
    return gradient;
  });
}

/** Adds each value of `dy` to `dx` at its window's largest input; all are `[batch, height, width, channels]`. */
function scatter(
  x: Float32Array,
  dy: Float32Array,
  dx: Float32Array,
  windows: backend_util.Conv2DInfo,
): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, padInfo } = windows;
  const rowLength = inWidth * inChannels;
  let out = 0;
  for (let example = 0; example < batchSize; example++) {
    for (let outRow = 0; outRow < outHeight; outRow++) {
      const top = outRow * windows.strideHeight - padInfo.top;
      const from = example * inHeight + Math.max(0, top);
      const rows = Math.min(inHeight, top + windows.filterHeight) - Math.max(0, top);
      for (let outColumn = 0; outColumn < outWidth; outColumn++) {
        const left = outColumn * windows.strideWidth - padInfo.left;
        const columns = Math.min(inWidth, left + windows.filterWidth) - Math.max(0, left);
        const corner = from * rowLength + Math.max(0, left) * inChannels;
        for (let channel = 0; channel < inChannels; channel++, out++) {
          const at = largest(x, corner + channel, rows, rowLength, columns, inChannels);
          dx[at] = (dx[at] ?? 0) + (dy[out] ?? 0);
        }
      }
    }
  }
}

/** Index of the first largest value of a window whose first value is at `corner`. */
function largest(
  x: Float32Array,
  corner: number,
  rows: number,
  rowLength: number,
  columns: number,
  columnLength: number,
): number {
  let at = corner;
  let most = -Infinity;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const index = corner + row * rowLength + column * columnLength;
      const value = x[index] ?? NaN;
      if (value > most) {
        most = value;
        at = index;
      }
    }
  }
  return at;
}
