import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { draw, testDigits } from './support/digits';
import { expect, test } from './support/fixtures';
import { runLink } from './support/whittle';

/** Saves a network as the page that runs it. */
async function take(page: Page, variant: string, path: string): Promise<string> {
  const bytes = await page.evaluate(
    async (id) => Array.from(await window.whittle.export(id, 'html')),
    variant,
  );
  await writeFile(path, Uint8Array.from(bytes));
  return pathToFileURL(path).href;
}

test('a network that was taken away recognizes drawn digits, from a file without a network', async ({
  page,
  browser,
}, info) => {
  test.setTimeout(120_000);
  await runLink(page, 'v=1&data=mnist&model=mlp:64&seed=7&backend=wasm&train=epochs:1');
  const url = await take(page, 's0', info.outputPath('digits.html'));

  const taken = await browser.newPage();
  const asked: string[] = [];
  taken.on('request', (request) => asked.push(request.url()));
  await taken.goto(url);
  let right = 0;
  for (const { label, picture } of await testDigits(6)) {
    await draw(taken, taken.locator('canvas'), picture);
    const answer = await taken.locator('[aria-current=true] span').textContent();
    right += Number(answer === String(label));
    await taken.getByRole('button', { name: 'Clear' }).click();
    await expect(taken.locator('[aria-current=true]')).toHaveCount(0);
  }
  expect(right).toBeGreaterThanOrEqual(5);
  expect(asked).toEqual([url]);
  await taken.close();
});

test('a network of rows comes with a form, in the numbers of the data', async ({
  page,
  browser,
}, info) => {
  await runLink(page, 'v=1&data=iris&seed=7&backend=wasm&train=epochs:40,batch:16,lr:0.01');
  const url = await take(page, 's0', info.outputPath('iris.html'));
  const taken = await browser.newPage();
  await taken.goto(url);
  const fill = async (numbers: readonly number[]) => {
    for (const [i, value] of numbers.entries()) {
      await taken.getByRole('spinbutton').nth(i).fill(String(value));
    }
    return taken.locator('[aria-current=true] span').textContent();
  };
  await expect(taken.getByRole('spinbutton')).toHaveCount(4);
  // The first of the setosa and of the virginica in Fisher's table.
  expect(await fill([5.1, 3.5, 1.4, 0.2])).toBe('setosa');
  expect(await fill([6.3, 3.3, 6.0, 2.5])).toBe('virginica');
  await taken.close();
});

test('a network of a regression answers with a number', async ({ page, browser }, info) => {
  await runLink(page, 'v=1&data=linear&model=mlp:8&seed=7&backend=wasm&train=epochs:20,batch:16');
  const url = await take(page, 's0', info.outputPath('linear.html'));
  const taken = await browser.newPage();
  await taken.goto(url);
  const answer = taken.locator('#answer > output');
  await expect(answer).toHaveText(/^-?\d/);
  const before = await answer.textContent();
  await taken.getByRole('spinbutton').first().fill('2');
  await expect(answer).not.toHaveText(before ?? '');
  await taken.close();
});
