import { expect, test } from 'vitest';
import { decodePicture } from './decode';
import { fileOf, ICON } from './testing/files';

const wanted = { height: 28, width: 28, channels: 1, keep: 'middle' } as const;

test('a picture of more pixels than are decoded is left out by its header', async () => {
  const huge = fileOf(ICON);
  // Width and height of a PNG stand behind its first 16 bytes.
  new DataView(huge.buffer).setUint32(16, 100_000);
  new DataView(huge.buffer).setUint32(20, 100_000);
  await expect(decodePicture(huge, wanted)).rejects.toMatchObject({ reason: 'pixels' });
});

test('what is no picture is left out as such', async () => {
  const text = new TextEncoder().encode('GIF89a, or nothing');
  await expect(decodePicture(text, wanted)).rejects.toMatchObject({ reason: 'type' });
});
