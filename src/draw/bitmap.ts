import { scaleOf, shrink, type Wanted } from './shrink';

/** Longer sides are first made about so long by the browser, which is fast; what is left is averaged. */
const FIRST_SIDE = 256;

/** A picture that a browser has decoded, as bytes `[height, width, channels]`. */
export function smallOf(bitmap: ImageBitmap, wanted: Wanted): Uint8Array {
  return shrink(drawn(bitmap, wanted), wanted);
}

/** The picture, or the part in its middle that is wanted, no larger than it has to be. */
function drawn(bitmap: ImageBitmap, wanted: Wanted): ImageData {
  const taken = scaleOf(bitmap, wanted);
  const [width, height] =
    wanted.keep === 'middle'
      ? [Math.round(taken * wanted.width), Math.round(taken * wanted.height)]
      : [bitmap.width, bitmap.height];
  const scale = Math.min(1, FIRST_SIDE / Math.max(width, height));
  const [wide, high] = [
    Math.max(1, Math.round(width * scale)),
    Math.max(1, Math.round(height * scale)),
  ];
  const context = new OffscreenCanvas(wide, high).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('this browser cannot draw it');
  context.imageSmoothingQuality = 'high';
  const [left, top] = [(bitmap.width - width) / 2, (bitmap.height - height) / 2];
  context.drawImage(bitmap, left, top, width, height, 0, 0, wide, high);
  return context.getImageData(0, 0, wide, high);
}
