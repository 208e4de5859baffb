import { sizeOf } from '../../experiment/shapes';
import type { PictureSet } from '../protocol';

/** Pictures that are looked at. */
const LOOKED_AT = 200;

/**
 * Whether the edges of pictures are bright: then what is on them is darker. MNIST's ink is bright, and networks learn
 * faster where most of what they see is zero.
 */
export function areEdgesBright({
  shape,
  pixels,
  labels,
}: Pick<PictureSet, 'shape' | 'pixels' | 'labels'>): boolean {
  const [height, width, channels] = shape;
  let [sum, count] = [0, 0];
  for (let i = 0; i < Math.min(LOOKED_AT, labels.length); i++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (x > 0 && x < width - 1 && y > 0 && y < height - 1) continue;
        const at = i * sizeOf(shape) + (y * width + x) * channels;
        for (let channel = 0; channel < channels; channel++) sum += pixels[at + channel] ?? 0;
        count += channels;
      }
    }
  }
  return sum > 128 * count;
}
