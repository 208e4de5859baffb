import type { PictureSet } from '../../worker/protocol';

/** Pictures that are looked at. */
const LOOKED_AT = 200;

/**
 * Whether ink is darker than what it is on: whether the edges of grey pictures are bright. MNIST's ink is bright,
 * and networks learn faster where most of what they see is zero.
 */
export function hasDarkInk({ shape, pixels, labels }: PictureSet): boolean {
  const [height, width, channels] = shape;
  if (channels !== 1) return false;
  let [sum, count] = [0, 0];
  for (let i = 0; i < Math.min(LOOKED_AT, labels.length); i++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (x > 0 && x < width - 1 && y > 0 && y < height - 1) continue;
        sum += pixels[(i * height + y) * width + x] ?? 0;
        count++;
      }
    }
  }
  return sum > 128 * count;
}

export function inverted(pixels: Uint8Array): Uint8Array {
  return pixels.map((value) => 255 - value);
}
