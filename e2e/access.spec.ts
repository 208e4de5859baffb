import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { SPIRAL } from './support/links';
import { fragment, open, playButton, runLink, statusIs } from './support/whittle';

// All that unfolds is unfolded, and measured.
test.describe.configure({ timeout: 120_000 });

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

for (const [theme, lang] of [
  ['light', 'en'],
  ['dark', 'zh'],
] as const) {
  test(`axe finds nothing, ${theme}, ${lang}, before and after a run`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await open(page, `${SPIRAL}&lang=${lang}`);
    expect(await violations(page)).toEqual([]);
    await page.evaluate(() => window.whittle.run(location.hash).then(() => null));
    await unfoldAll(page);
    expect(await violations(page)).toEqual([]);
  });
}

async function unfoldAll(page: Page): Promise<void> {
  const folded = page.locator('main button[aria-expanded="false"]:not([aria-haspopup])');
  while ((await folded.count()) > 0) await folded.first().click();
}

test('nothing overflows, from a phone to a projector', async ({ page }) => {
  await runLink(page, SPIRAL);
  await unfoldAll(page);
  for (const width of [320, 390, 768, 1024, 1440, 2560]) {
    await page.setViewportSize({ width, height: 844 });
    // Charts measure their width and draw again.
    await page.waitForTimeout(300);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `at ${String(width)} pixels`).toBeLessThanOrEqual(0);
  }
});

test('the keyboard alone plays, changes a value, adds a step, and moves it', async ({ page }) => {
  await open(page, SPIRAL);
  const tabTo = async (name: RegExp) => {
    for (let i = 0; i < 80; i++) {
      await page.keyboard.press('Tab');
      const label = await page.evaluate(
        () =>
          document.activeElement?.getAttribute('aria-label') ??
          document.activeElement?.textContent ??
          '',
      );
      if (name.test(label)) return;
    }
    throw new Error(`Tab never reaches ${String(name)}.`);
  };
  await tabTo(/^Play$/);
  await page.keyboard.press('Enter');
  await statusIs(page, 'done');
  await tabTo(/Add a step/);
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('article')).toHaveCount(5);
  await page.getByRole('button', { name: /Move step 5/ }).focus();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('article').nth(4).getByRole('heading')).toHaveText('5 Quantize');
  await page.getByRole('slider', { name: 'Bits' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => fragment(page)).toContain('bits:5');
  await page.keyboard.press('Control+z');
  await expect.poll(() => fragment(page)).toContain('bits:4');
});

test('the Tab key stops at controls alone', async ({ page }) => {
  await open(page, 'v=1&data=circles&model=mlp:8&train=epochs:2');
  const stops: string[] = [];
  do {
    await page.keyboard.press('Tab');
    stops.push(await page.evaluate(() => document.activeElement?.tagName ?? ''));
  } while (stops.at(-1) !== 'BODY' && stops.length < 80);
  expect(stops.length).toBeGreaterThan(20);
  expect(stops.filter((tag) => tag.toLowerCase() === 'g')).toEqual([]);
});

test('the space bar plays and pauses, and the question mark shows the shortcuts', async ({
  page,
}) => {
  await open(page, SPIRAL);
  await page.locator('body').press(' ');
  await expect.poll(() => page.evaluate(() => window.whittle.progress().status)).not.toBe('idle');
  await statusIs(page, 'done');
  await page.locator('body').press('?');
  await expect(page.getByRole('dialog')).toContainText('Keyboard shortcuts');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('the language changes in the running page, all of it', async ({ page }) => {
  await runLink(page, SPIRAL);
  await page.getByRole('button', { name: '中文' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh');
  await expect(page.getByRole('button', { name: '运行' })).toBeVisible();
  const words = await page.locator('main').innerText();
  // What is left in Latin letters are names and units: no sentence of three words.
  const english = words.split('\n').filter((line) => /[a-z]{3,} [a-z]{3,} [a-z]{3,}/.test(line));
  expect(english).toEqual([]);
  await page.getByRole('button', { name: 'English' }).click();
  await expect(playButton(page)).toBeVisible();
});

test('the theme is chosen and kept', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await open(page, SPIRAL);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
