import { paddingOf } from '../../engine/plan/geometry';
import type { Architecture, ConvLayer, Layer } from '../../experiment/architecture';
import { sizeOf } from '../../experiment/shapes';

type Padding = ReturnType<typeof paddingOf>['sides'];

/** How many bytes behind the window's first number each weight's number is: weights lie as `[y, x, channel]`. */
export function windowPlaces(
  { kernel, input }: ConvLayer,
  { paddedHeight: height, paddedWidth: width }: Padding,
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
    const { paddedHeight, paddedWidth } = paddingOf(layer).sides;
    return paddedHeight * paddedWidth;
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
      const { needed, shape } = paddingOf(layer);
      return needed ? sizeOf(shape) : 0;
    }),
  };
}
