import { channelsOf, type paddingOf } from '../../engine/plan/geometry';
import type { ConvLayer } from '../../experiment/architecture';

type Padding = ReturnType<typeof paddingOf>['sides'];

/** How many bytes behind the window's first number each weight's number is: weights lie as `[y, x, channel]`. */
export function windowPlaces(
  { kernel, input }: ConvLayer,
  { paddedHeight: height, paddedWidth: width }: Padding,
): Int32Array {
  const channels = channelsOf(input);
  return Int32Array.from({ length: kernel * kernel * channels }, (_, tap) => {
    const place = Math.floor(tap / channels);
    const [y, x] = [Math.floor(place / kernel), place % kernel];
    return 4 * (((tap % channels) * height + y) * width + x);
  });
}
