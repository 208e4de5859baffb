import type { Page } from '@playwright/test';
import { draw, testDigits } from './support/digits';
import { expect, test } from './support/fixtures';
import { iteration, open, playButton } from './support/whittle';

/** Two networks are there soon, while the last step goes on for long. */
const TRAINING =
  'v=1&data=mnist&model=lenet-300-100&seed=7&backend=wasm&train=epochs:1&prune=sparsity:0.7&train=epochs:80';

/** The class that each variant names, once the newest drawing is answered. */
async function answers(page: Page): Promise<readonly string[]> {
  await expect(page.locator('.probabilities[aria-busy=false] .probability-best')).toHaveCount(2);
  return page.locator('.probabilities').evaluate((table) => {
    const rows = [...table.querySelectorAll('tbody tr')];
    return [1, 2].map((column) => {
      const row = rows.find(({ children }) => children[column]?.className === 'probability-best');
      return row?.firstElementChild?.textContent ?? '';
    });
  });
}

test('digits of the test set, drawn on the pad while it trains, are recognized by baseline and pruned network', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await open(page, TRAINING);
  await playButton(page).click();
  const pad = page.getByRole('img', { name: /^Pad/ });
  await expect(page.locator('.probabilities thead th')).toHaveCount(3, { timeout: 60_000 });
  const first = await page.evaluate(() => window.whittle.progress().iteration);
  const right = [0, 0];
  for (const { label, picture } of await testDigits(10)) {
    await draw(page, pad, picture);
    const [baseline, pruned] = await answers(page);
    right[0] = (right[0] ?? 0) + Number(baseline === String(label));
    right[1] = (right[1] ?? 0) + Number(pruned === String(label));
    await expect(page.locator('.try')).toContainText(
      baseline === pruned ? `Both say ${String(baseline)}` : 'They disagree',
    );
    await page.getByRole('button', { name: 'Erase' }).click();
    await expect(page.locator('.probability-best')).toHaveCount(0);
  }
  for (const count of right) expect(count).toBeGreaterThanOrEqual(8);
  await iteration(page, first + 1);
  expect((await page.evaluate(() => window.whittle.progress())).status).toBe('running');

  // From the keyboard: the first test digits are a 7 and a 2.
  const next = page.getByRole('button', { name: 'Next test example' });
  await next.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.try')).toContainText('Test example 1; its label is 7.');
  expect(await answers(page)).toEqual(['7', '7']);
  await page.keyboard.press('Enter');
  await expect(page.locator('.try')).toContainText('Test example 2; its label is 2.');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.locator('.try')).toContainText('Test example 1; its label is 7.');
});
