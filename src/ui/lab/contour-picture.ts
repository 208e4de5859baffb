import type { Race, Relief } from '../../lab/results';
import { planeOf } from './plane';
import type { Picture } from './ways';

/** What lies further outside is not drawn: the lines to and fro would cover the picture. */
const MARGIN = 0.5;

/** The picture of the function from above, where nothing is hidden. */
export function contourPicture(
  size: number,
  { frame }: Pick<Relief, 'frame'>,
  { dimension }: Pick<Race, 'dimension'>,
): Picture {
  const { across, down } = planeOf(frame, size, size);
  const isNear = (pixel: number) => pixel > -MARGIN * size && pixel < (1 + MARGIN) * size;
  return {
    placeAt: ({ path }, step) => {
      const first = step * dimension;
      const [x, y] = [across(path[first] ?? NaN), down(path[first + 1] ?? NaN)];
      return isNear(x) && isNear(y) ? [x, y] : null;
    },
  };
}
