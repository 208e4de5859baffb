import type { Architecture, ConvLayer, Layer } from '../../experiment/architecture';
import { sizeOf } from '../../experiment/shapes';

/** A picture with zeros around it. */
export interface Padding {
  readonly isNeeded: boolean;
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** As TensorFlow pads: the odd row and column come last. */
export function padding({ input, output, kernel, stride, padding }: ConvLayer): Padding {
  const [height = 1, width = 1] = input;
  const [outHeight = 1, outWidth = 1] = output;
  const missing = (side: number, out: number) =>
    padding === 'same' ? Math.max(0, (out - 1) * stride + kernel - side) : 0;
  const [more, wider] = [missing(height, outHeight), missing(width, outWidth)];
  return {
    isNeeded: more + wider > 0,
    top: more >> 1,
    left: wider >> 1,
    height: height + more,
    width: width + wider,
  };
}

/** How many bytes behind the window's first number each weight's number is: weights lie as `[y, x, channel]`. */
export function windowPlaces(
  { kernel, input }: ConvLayer,
  { height, width }: Pick<Padding, 'height' | 'width'>,
): Int32Array {
  const channels = input.at(-1) ?? 1;
  return Int32Array.from({ length: kernel * kernel * channels }, (_, tap) => {
    const place = Math.floor(tap / channels);
    const [y, x] = [Math.floor(place / kernel), place % kernel];
    return 4 * (((tap % channels) * height + y) * width + x);
  });
}

/** Numbers, and entries of lists, for which the layers need room. */
interface Room {
  /** Of what a layer reads or writes. */
  readonly numbers: number;
  /** Inputs of a dense layer, or weights of a filter, that are not zero. */
  readonly list: number;
  readonly sums: number;
  readonly padded: number;
}

/** Vectors are written whole, past the end of what they hold: so many numbers at most. */
const PAST = 64;

export function roomFor({ input, layers }: Pick<Architecture, 'input' | 'layers'>): Room {
  const most = (sizes: (layer: Layer) => number) => Math.max(0, ...layers.map(sizes));
  const convOnly = (size: (layer: ConvLayer) => number) =>
    most((layer) => (layer.type === 'conv' ? size(layer) : 0));
  const taps = convOnly(({ kernel, input }) => kernel * kernel * (input.at(-1) ?? 1));
  const units = most((layer) => (layer.type === 'dense' ? layer.units : 0));
  const planes = convOnly((layer) => {
    const { height, width } = padding(layer);
    return height * width;
  });
  return {
    numbers:
      Math.max(
        sizeOf(input),
        most(({ output }) => sizeOf(output)),
      ) + PAST,
    list: Math.max(
      taps,
      most((layer) => (layer.type === 'dense' ? sizeOf(layer.input) : 0)),
    ),
    sums: Math.max(units, planes) + PAST,
    padded: convOnly((layer) => {
      const { isNeeded, height, width } = padding(layer);
      return isNeeded ? height * width * (layer.input.at(-1) ?? 1) : 0;
    }),
  };
}
