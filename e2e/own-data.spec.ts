import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { fragment, open, playButton, statusIs } from './support/whittle';

const PLAIN = 'v=1&data=circles&model=mlp:4&seed=7&backend=wasm&recipe=none';
const WEATHER = fileURLToPath(
  new URL('../node_modules/vega-datasets/data/seattle-weather.csv', import.meta.url),
);

async function openDialog(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Data set' }).click();
  await page.getByRole('option', { name: 'Your own data …' }).click();
  await expect(page.getByRole('dialog', { name: 'Your own data' })).toBeVisible();
}

type GivenFile = string | { name: string; mimeType: string; buffer: Buffer };

async function choose(page: Page, file: GivenFile): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a file …' }).click();
  await (await chooser).setFiles(file);
}

const csv = (text: string | Uint8Array, name = 'bad.csv') => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(text),
});

test('a real CSV file is chosen, learned and compressed, found after a reload, and missed elsewhere', async ({
  page,
  browser,
  baseURL,
}) => {
  await open(page, PLAIN.replace('recipe=none', 'train=epochs:2,batch:32&prune='));
  await openDialog(page);
  await choose(page, WEATHER);
  await expect(page.getByText('free text: nothing is learned from it')).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).include('.own-dialog').analyze();
  expect(violations).toEqual([]);
  await page.getByRole('button', { name: 'Keep it, and use it' }).click();
  const card = page.getByRole('region', { name: 'Data', exact: true });
  await expect(card.getByText('5 classes: drizzle, fog, rain, snow, sun')).toBeVisible();
  await expect(page).toHaveURL(/data=own:/);
  await playButton(page).click();
  await statusIs(page, 'done');
  // The words and the tables name the classes as the file does.
  await expect(page.getByRole('row', { name: /^drizzle/ })).toBeVisible();
  const link = fragment(page);
  await page.reload();
  await expect(card.getByText('5 classes: drizzle, fog, rain, snow, sun')).toBeVisible();

  const elsewhere = await browser.newContext(baseURL === undefined ? {} : { baseURL });
  const other = await elsewhere.newPage();
  await open(other, link);
  await expect(other.getByText(/is not in this browser/)).toBeVisible();
  await other.getByRole('button', { name: 'Add it again, or choose other data …' }).click();
  await choose(other, WEATHER);
  await other.getByRole('button', { name: 'Keep it, and use it' }).click();
  await expect(other.getByText(/is not in this browser/)).toBeHidden();
  expect(fragment(other)).toBe(link);
  await elsewhere.close();
});

test('bad files say what is wrong, names are text, and sets are renamed, saved and deleted', async ({
  page,
}) => {
  await open(page, PLAIN);
  await openDialog(page);
  await choose(page, csv(Uint8Array.of(0x78, 0x2c, 0x79, 0x0a, 0xe9, 0x2c, 0x31, 0x0a)));
  await expect(page.getByRole('alert')).toContainText(
    'bad.csv is not encoded in UTF-8: it goes wrong in line 2, at byte 5',
  );
  await page.getByRole('button', { name: 'Encoding of the text' }).click();
  await page.getByRole('option', { name: /^Western European/ }).click();
  await expect(page.getByText('1 category: é')).toBeVisible();
  await page.getByRole('button', { name: 'Back' }).click();
  const columns = Array.from({ length: 10_000 }, (_, i) => `c${String(i)}`).join(',');
  await choose(page, csv(`${columns}\n1\n`, 'wide.csv'));
  await expect(page.getByRole('alert')).toContainText('wide.csv has 10,000 columns');
  const names = Array.from({ length: 1_002 }, (_, i) => `c${String(i)}`).join(',');
  const cells = (row: number) => Array.from({ length: 1_002 }, (_, i) => (row * (1 + (i % 6))) % 7);
  await choose(page, csv([names, ...Array.from({ length: 12 }, (_, i) => cells(i))].join('\n')));
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('status')).toContainText('until at most 1,000 inputs are left');
  await expect(page.getByRole('button', { name: 'Keep it, and use it' })).toBeDisabled();
  await page.getByRole('checkbox', { name: 'c0', exact: true }).uncheck();
  await expect(page.getByRole('button', { name: 'Keep it, and use it' })).toBeEnabled();
  await page.getByRole('button', { name: 'Back' }).click();

  const markup = '<img src=x onerror=alert(1)>';
  const rows = Array.from(
    { length: 20 },
    (_, i) => `${String(i * i)},${i % 2 === 0 ? markup : 'b'}`,
  );
  await page.getByLabel('Or paste a table').fill([`${markup},label`, ...rows].join('\n'));
  await page.getByRole('button', { name: 'Read it' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(markup);
  await page.getByRole('button', { name: 'Keep it, and use it' }).click();
  await expect(page.getByText(`2 classes: ${markup}, b`)).toBeVisible();
  expect(await page.locator('img').count()).toBe(0);

  await openDialog(page);
  await page.getByRole('button', { name: `Rename ${markup}` }).click();
  await page.getByRole('textbox', { name: `New name of ${markup}` }).fill('Squares');
  await page.keyboard.press('Enter');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save Squares as a file' }).click();
  expect((await download).suggestedFilename()).toBe('Squares.csv');
  await page.getByRole('button', { name: 'Delete Squares' }).click();
  await page.getByRole('button', { name: 'Really delete Squares for ever' }).click();
  await expect(page.getByText('Nothing is kept here yet.')).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByText(/is not in this browser/)).toBeVisible();
});
