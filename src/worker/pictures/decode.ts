import type { BrokenFile } from '../protocol';
import { MAX_PICTURE_BYTES, MAX_PIXELS } from './limits';
import { pictureSize } from './picture-size';
import { smallOf } from '../../draw/bitmap';
import type { Wanted } from '../../draw/shrink';

/** Why a picture's file is left out. */
export type Broken = BrokenFile['reason'];

export class BrokenPicture extends Error {
  constructor(readonly reason: Broken) {
    super(reason);
  }
}

/**
 * A picture's file as `[height, width, channels]`.
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
    return smallOf(bitmap, wanted);
  } finally {
    bitmap.close();
  }
}
