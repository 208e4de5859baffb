import { expect, test } from 'vitest';
import { pictureSize } from './picture-size';
import { bytesOf, fileOf, ICON, MADE_ELSEWHERE } from './testing/files';

test('pictures that other programs wrote have the size that their first bytes say', () => {
  const [width, height] = [37, 21];
  expect(pictureSize(fileOf(ICON))).toEqual({ type: 'image/png', width: 400, height: 400 });
  for (const [name, base64] of Object.entries(MADE_ELSEWHERE)) {
    const type = name.endsWith('Webp') ? 'image/webp' : 'image/jpeg';
    expect(pictureSize(bytesOf(base64)), name).toEqual({ type, width, height });
  }
});

test('what is no picture, or is cut off in its header, has none', () => {
  expect(
    pictureSize(new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>')),
  ).toBeNull();
  expect(pictureSize(new Uint8Array(0))).toBeNull();
  for (const base64 of Object.values(MADE_ELSEWHERE)) {
    const whole = bytesOf(base64);
    for (const length of [1, 4, 11, 15, 20]) {
      expect(pictureSize(whole.subarray(0, length))).toBeNull();
    }
  }
});
