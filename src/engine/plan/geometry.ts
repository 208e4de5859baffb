import type { Architecture, ConvLayer, PoolLayer, Shape } from '../../experiment/architecture';
import { sameZeros, sizeOf } from '../../experiment/shapes';

export function channelsOf(shape: Shape): number {
  return shape.at(-1) ?? 1;
}

/** A picture's sides; what is checked before is a picture. */
function picture([height = 1, width = 1, channels = 1]: Shape) {
  return { height, width, channels };
}

/** The zeros that a convolution puts around its input, the odd row and column last. */
export function paddingOf(layer: ConvLayer) {
  const { height, width, channels } = picture(layer.input);
  const { kernel, stride, padding } = layer;
  const zeros = (side: number) =>
    padding === 'same' ? sameZeros(side, kernel, stride) : { before: 0, after: 0 };
  const [down, across] = [zeros(height), zeros(width)];
  const paddedHeight = height + down.before + down.after;
  const paddedWidth = width + across.before + across.after;
  return {
    needed: paddedHeight > height || paddedWidth > width,
    shape: [paddedHeight, paddedWidth, channels],
    sides: {
      ...{ height, width, channels, paddedHeight, paddedWidth },
      ...{ top: down.before, left: across.before },
    },
  };
}

/** Of a convolution over its padded input. */
export function geometryOf(layer: ConvLayer) {
  const { height, width, channels } = picture(paddingOf(layer).shape);
  const out = picture(layer.output);
  return {
    ...{ height, width, channels, outHeight: out.height, outWidth: out.width },
    ...{ filters: layer.filters, kernel: layer.kernel, stride: layer.stride },
  };
}

export function poolGeometry(layer: PoolLayer) {
  const out = picture(layer.output);
  return {
    ...{ ...picture(layer.input), outHeight: out.height, outWidth: out.width },
    ...{ size: layer.size, stride: layer.stride, average: Number(layer.type === 'avgpool') },
  };
}

/** Numbers of the largest padded picture; 0 where no layer pads. */
export function largestPadded({ layers }: Architecture): number {
  return Math.max(
    0,
    ...layers.map((layer) => {
      if (layer.type !== 'conv') return 0;
      const padding = paddingOf(layer);
      return padding.needed ? sizeOf(padding.shape) : 0;
    }),
  );
}
