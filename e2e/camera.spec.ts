import { NO_GPU, findBrowser } from '../scripts/browser.mjs';
import { expect, test } from './support/fixtures';
import { fragment, open } from './support/whittle';

const executablePath = await findBrowser();
const FAKE_CAMERA = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
test.use({
  launchOptions: {
    ...(executablePath === null ? {} : { executablePath }),
    args: [...NO_GPU, ...FAKE_CAMERA],
  },
});

test('the camera records only while the button is held, and stops with the dialog', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const { mediaDevices } = navigator;
    const ask = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (constraints) => {
      const stream = await ask(constraints);
      Object.assign(window, { stream });
      return stream;
    };
  });
  await open(page, 'v=1&data=iris&seed=7&backend=cpu&train=epochs:1');
  await page.getByRole('region', { name: 'Data', exact: true }).getByRole('button').first().click();
  await page.getByRole('option').last().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Camera', exact: true }).click();
  await dialog.getByRole('button', { name: 'Start the camera' }).click();
  const video = dialog.locator('video');
  await expect.poll(() => video.evaluate((v: HTMLVideoElement) => v.videoWidth)).toBeGreaterThan(0);
  // Nothing is recorded by looking.
  const keep = dialog.getByRole('button', { name: /^Keep/ });
  await expect(keep).toHaveText('Keep 0 examples, and use them');

  const examples = dialog.locator('.gather-example');
  await dialog.getByRole('button', { name: 'Hold to record Class 1' }).hover();
  await page.mouse.down();
  await expect.poll(() => examples.count()).toBeGreaterThanOrEqual(8);
  await page.mouse.up();
  await expect(dialog.getByRole('button', { name: 'Hold to record Class 1' })).toBeVisible();
  const held = await keep.textContent();
  await page.waitForTimeout(500);
  await expect(keep).toHaveText(held ?? '');

  // From the keyboard too, and one recording is one step back.
  await dialog.getByRole('radio', { name: 'New examples are of Class 2' }).check();
  const button = dialog.getByRole('button', { name: 'Hold to record Class 2' });
  const record = async () => {
    await button.focus();
    await page.keyboard.down('Space');
    await expect(dialog.getByRole('button', { name: 'Recording …' })).toBeVisible();
    await expect(keep).not.toHaveText(held ?? '');
    await page.waitForTimeout(600);
    await page.keyboard.up('Space');
    await expect(button).toBeVisible();
  };
  await record();
  await dialog.getByRole('button', { name: 'Undo' }).click();
  await expect(keep).toHaveText(held ?? '');
  await record();
  await keep.click();
  await expect(dialog).toHaveCount(0);
  await expect.poll(() => fragment(page)).toMatch(/data=own:[0-9a-z-]+:32x32x3:c2/);
  const states = await page.evaluate(() =>
    (window as unknown as { stream: MediaStream }).stream.getTracks().map((t) => t.readyState),
  );
  expect(states).toEqual(['ended']);
});
