import { zipSync } from 'fflate';
import type { Page } from '@playwright/test';
import { testDigits } from './support/digits';
import { expect, test } from './support/fixtures';
import { fragment, open, playButton, runLink, statusIs } from './support/whittle';

const START = 'v=1&data=iris&seed=7&backend=cpu&train=epochs:1';

/** Opens the dialog for data of the user's own, at one of its tabs. */
async function openTab(page: Page, name: string): Promise<void> {
  await page.getByRole('region', { name: 'Data', exact: true }).getByRole('button').first().click();
  await page.getByRole('option').last().click();
  await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
}

const TYPES = ['png', 'jpeg', 'webp'] as const;

/** Digits as the browser's own encoders write them, in turn in each of the formats. */
async function encoded(
  page: Page,
  pictures: readonly Uint8Array[],
): Promise<readonly Uint8Array[]> {
  const files = await page.evaluate(
    ({ all, types }) =>
      Promise.all(
        all.map(async (grey, i) => {
          const image = new ImageData(28, 28);
          grey.forEach((value, at) => {
            // Dark ink on paper, as it is scanned.
            image.data.set([255 - value, 255 - value, 255 - value, 255], 4 * at);
          });
          const canvas = new OffscreenCanvas(28, 28);
          canvas.getContext('2d')?.putImageData(image, 0, 0);
          const type = `image/${types[i % types.length] ?? 'png'}`;
          const blob = await canvas.convertToBlob({ type });
          return Array.from(new Uint8Array(await blob.arrayBuffer()));
        }),
      ),
    { all: pictures.map((picture) => Array.from(picture)), types: TYPES },
  );
  return files.map((bytes) => Uint8Array.from(bytes));
}

const upload = async (page: Page, name: string, files: Readonly<Record<string, Uint8Array>>) => {
  const buffer = Buffer.from(zipSync(files));
  await page
    .getByLabel('Choose a zip file, or IDX files …')
    .setInputFiles({ name, mimeType: 'application/zip', buffer });
};

/** Of a small network that learns the data that is chosen now. */
async function trainedAccuracy(page: Page): Promise<number> {
  const chosen = /data=(own:[0-9a-z-]+:28x28x1:c2)/;
  await expect.poll(() => fragment(page)).toMatch(chosen);
  const [, ref = ''] = chosen.exec(fragment(page)) ?? [];
  const link = `v=1&data=${ref}&model=mlp:32&seed=7&backend=cpu&train=epochs:40,lr:0.005,batch:16`;
  const { variants } = await runLink(page, link, { stay: true });
  return variants[0]?.metrics.accuracy ?? 0;
}

test('a zip of scanned digits, a folder a class, becomes data that a network learns', async ({
  page,
}) => {
  await open(page, START);
  await openTab(page, 'Add pictures');
  const files: Record<string, Uint8Array> = {};
  const digits = (await testDigits(400)).filter(({ label }) => label < 2);
  const written = await encoded(
    page,
    digits.map(({ picture }) => picture),
  );
  digits.forEach(({ label }, i) => {
    const folder = label === 0 ? '<b>zero' : 'one';
    const file = `${String(i)}.${TYPES[i % TYPES.length] ?? ''}`;
    files[`scans/${folder}/${file}`] = written[i] ?? new Uint8Array(0);
  });
  files['scans/one/broken.png'] = new TextEncoder().encode('no picture');
  files['scans/.DS_Store'] = new Uint8Array(3);
  await upload(page, 'scans.zip', files);
  const dialog = page.getByRole('dialog');
  const found = `${String(digits.length)} pictures of 28 × 28 pixels in 2 classes.`;
  await expect(dialog).toContainText(found);
  await expect(dialog).toContainText('scans/one/broken.png: not PNG, JPEG or WebP inside');
  await expect(dialog).toContainText('1 hidden file of a system is left out.');
  // A name is text.
  await expect(dialog.getByText('<b>zero', { exact: true })).toBeVisible();
  await expect(dialog.getByRole('checkbox', { name: /Invert/ })).toBeChecked();
  await dialog.getByRole('button', { name: /^Keep/ }).click();
  await expect(dialog).toHaveCount(0);
  expect(await trainedAccuracy(page)).toBeGreaterThan(0.9);
  await page.getByRole('button', { name: 'Next test example' }).click();
  await expect(page.locator('.try')).toContainText(/its label is (one|<b>zero)\./);
});

test('a hostile zip is refused by name, and the page goes on', async ({ page }) => {
  await open(page, START);
  await openTab(page, 'Add pictures');
  const picture = new Uint8Array(8);
  const dialog = page.getByRole('dialog');
  await upload(page, 'climbs.zip', { 'a/1.png': picture, '../../b/1.png': picture });
  await expect(dialog.getByRole('alert')).toContainText('climbs.zip holds “../../b/1.png”');
  await upload(page, 'nested.zip', { 'a/1.png': picture, 'a/more.zip': picture });
  await expect(dialog.getByRole('alert')).toContainText('nested.zip holds “a/more.zip”');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await playButton(page).click();
  await statusIs(page, 'done');
});

test('classes of the user’s own are drawn, kept, trained on, and tried on the pad', async ({
  page,
}) => {
  await open(page, START);
  await openTab(page, 'Draw');
  const dialog = page.getByRole('dialog');
  const shapes = {
    bar: [
      [0.5, 0.2],
      [0.5, 0.8],
    ],
    hook: [
      [0.3, 0.2],
      [0.3, 0.7],
      [0.7, 0.7],
    ],
  } as const;
  const stroke = async (pad: string, points: readonly (readonly [number, number])[], by = 0) => {
    const box = await page.getByRole('img', { name: pad }).boundingBox();
    if (box === null) throw new Error('There is no pad.');
    for (const [i, [x, y]] of points.entries()) {
      await page.mouse.move(box.x + (x + by) * box.width, box.y + (y + by) * box.height);
      if (i === 0) await page.mouse.down();
    }
    await page.mouse.up();
    await page.evaluate(() => new Promise(requestAnimationFrame));
  };
  for (const [i, [name, points]] of Object.entries(shapes).entries()) {
    await dialog.getByLabel(`Name of class ${String(i + 1)}`).fill(name);
    await dialog.getByRole('radio', { name: `New examples are of ${name}` }).check();
    for (let n = 0; n < 8; n++) {
      await stroke('Pad: draw an example', points, n / 100);
      await dialog.getByRole('button', { name: `Add to ${name}` }).click();
    }
  }
  await expect(dialog).toContainText('8 examples · 2 more would be good');
  await dialog.getByRole('button', { name: 'Undo' }).click();
  await expect(
    dialog.getByRole('button', { name: 'Keep 15 examples, and use them' }),
  ).toBeEnabled();
  await dialog.getByRole('button', { name: /^Remove this example hook 7/ }).click();
  // A dialog that is closed by mistake loses nothing.
  await dialog.getByRole('button', { name: 'Close' }).click();
  await openTab(page, 'Draw');
  await dialog.getByRole('button', { name: 'Keep 14 examples, and use them' }).click();
  await expect(dialog).toHaveCount(0);
  expect(await trainedAccuracy(page)).toBe(1);
  const pad = page.getByRole('img', { name: /^Pad: draw with/ });
  await pad.scrollIntoViewIfNeeded();
  await stroke('Pad: draw with', shapes.hook);
  await expect(page.locator('.try')).toContainText(/Baseline says hook at/);

  // What is learned of the set leaves the drawing as it is.
  await openTab(page, 'Kept here (1)');
  await dialog.getByRole('button', { name: 'Rename My drawings' }).click();
  await page.getByRole('textbox', { name: 'New name of My drawings' }).fill('Signs');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Signs', { exact: true })).toBeVisible();
  const hasInk = (canvas: HTMLCanvasElement) =>
    canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data.some(Boolean);
  expect(await page.locator('canvas.drawing-pad').evaluate(hasInk)).toBe(true);

  // What is kept can be added to.
  await dialog.getByRole('button', { name: 'Draw', exact: true }).click();
  await dialog.getByRole('button', { name: 'Set' }).click();
  await page.getByRole('option', { name: 'Signs' }).click();
  await expect(
    dialog.getByRole('button', { name: 'Keep 14 examples, and use them' }),
  ).toBeVisible();
});

test('a camera that is not allowed is said to be, with what to do', async ({ page, context }) => {
  const devtools = await context.newCDPSession(page);
  await devtools.send('Browser.setPermission', {
    permission: { name: 'camera' },
    setting: 'denied',
  });
  await open(page, START);
  await openTab(page, 'Camera');
  await page.getByRole('button', { name: 'Start the camera' }).click();
  await expect(page.getByRole('alert')).toContainText(/camera/i);
  await expect(page.getByRole('button', { name: 'Start the camera' })).toBeEnabled();
});
