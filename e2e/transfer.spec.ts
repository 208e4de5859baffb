import { readFile } from 'node:fs/promises';
import type { Pretrained } from '../src/experiment/pretrained';
import { expect, test } from './support/fixtures';
import { fragment, open, runLink, variantOf } from './support/whittle';

test('a network goes on to another task, compared with from scratch, and with what it forgets', async ({
  page,
}) => {
  const report = await runLink(
    page,
    'v=1&data=spiral&model=mlp:8&seed=7&backend=wasm&train=epochs:20,batch:16,lr:0.01&transfer=to:circles,examples:50,epochs:10,beta:0.01,head:0.01&prune=sparsity:0.3',
  );
  expect(variantOf(report, 'baseline').step).toBe(1);
  expect(report.history.some(({ oldAccuracy }) => oldAccuracy !== undefined)).toBe(true);
  await expect(page.getByText('accuracy on the old task')).toBeVisible();
  await expect(page.getByRole('banner')).toContainText('Spiral → Circles');
  const card = page.getByRole('region', { name: 'Is it better than from scratch?' });
  await expect(card.getByText(/it still gets .* of the task before right/)).toBeVisible();
  // The step's own number of examples is compared by itself.
  await expect(card.getByText(/On average over 5 draws it gets .* right fine-tuned/)).toBeVisible({
    timeout: 30_000,
  });
  await expect(card.getByRole('rowheader')).toHaveText(['50']);
  await card.getByRole('button', { name: 'With other numbers of examples, too' }).click();
  const row = card.getByRole('row', { name: /^100 / });
  await expect(row.getByRole('cell')).toHaveText([/\d %/, /\d %/, /\d %/], { timeout: 30_000 });
  await expect(card.getByRole('progressbar', { name: /^Trainings/ })).toHaveCount(0, {
    timeout: 30_000,
  });
  await expect(row.getByRole('cell').first()).toHaveText(/–\d/);
});

test('a recipe begins with a network that comes with the page', async ({ page }) => {
  await open(page, 'v=1&data=mnist&model=lenet-300-100&seed=7&backend=wasm&load=');
  await page.getByRole('button', { name: /Comes with Whittle/ }).click();
  await page.getByRole('option', { name: /classes 0–4/ }).click();
  const list = new URL('../src/experiment/pretrained.json', import.meta.url);
  const [digits] = JSON.parse(await readFile(list, 'utf8')) as readonly Pretrained[];
  await expect.poll(() => fragment(page)).toContain(`load=file:${digits?.id ?? ''}`);
  expect(fragment(page)).toContain('data=mnist:0-4');
  const report = await runLink(page, fragment(page), { stay: true });
  expect(report.variants[0]?.metrics.accuracy).toBeCloseTo(digits?.accuracy ?? 0, 6);
});

test('what is wrong with a folded option is seen, and a file of which the link says too little', async ({
  page,
}) => {
  await open(page, 'v=1&data=mnist:0-4&model=mlp:8&transfer=to:mnist:5-9,freeze:20');
  await expect(page.getByText('20 layers cannot be frozen')).toBeVisible();
  // Another source: a network from a file, before the step.
  await page.getByRole('button', { name: /Goes on from/ }).click();
  await page.getByRole('option', { name: 'A file, or a network that comes with Whittle' }).click();
  await expect.poll(() => fragment(page)).toContain('&load=&transfer=');
  await page.getByRole('button', { name: /Goes on from/ }).click();
  await page.getByRole('option', { name: 'The untrained network' }).click();
  await expect.poll(() => fragment(page)).toMatch(/&transfer=.*&load=/);
  await open(page, 'v=1&data=mnist:0-4&model=mlp:8&load=file:28994a04-4cqz');
  await expect(page.getByText('Choose the file again.')).toBeVisible();
});
