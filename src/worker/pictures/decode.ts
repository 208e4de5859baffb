import type { BrokenFile } from '../protocol';
import { MAX_PICTURE_BYTES, MAX_PIXELS } from './limits';
import { pictureSize } from './picture-size';
import { shrink, type Wanted } from '../../draw/shrink';

/** Longer sides are first made about so long by the browser, which is fast; what is left is averaged. */
const FIRST_SIDE = 256;

/** Why a picture's file is left out. */
export type Broken = BrokenFile['reason'];

export class BrokenPicture extends Error {
  constructor(readonly reason: Broken) {
    super(reason);
  }
}

/**
 * A picture's file as `[side, side, channels]`.
 * @throws BrokenPicture where it is no picture, or too large a one
 */
export async function decodePicture(bytes: Uint8Array, wanted: Wanted): Promise<Uint8Array> {
  if (bytes.length > MAX_PICTURE_BYTES) throw new BrokenPicture('bytes');
  const size = pictureSize(bytes);
  if (size === null) throw new BrokenPicture('type');
  const { type, width, height } = size;
  if (width * height > MAX_PIXELS) throw new BrokenPicture('pixels');
  const blob = new Blob([bytes.slice()], { type });
  const bitmap = await createImageBitmap(blob).catch(() => {
    throw new BrokenPicture('damaged');
  });
  try {
    return shrink(drawn(bitmap, wanted.keep), wanted);
  } finally {
    bitmap.close();
  }
}

/** The picture, or the square in its middle, no longer than it has to be. */
function drawn(bitmap: ImageBitmap, keep: Wanted['keep']): ImageData {
  const square = Math.min(bitmap.width, bitmap.height);
  const [width, height] = keep === 'middle' ? [square, square] : [bitmap.width, bitmap.height];
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
