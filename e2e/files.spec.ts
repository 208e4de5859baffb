import { expect, test } from './support/fixtures';
import { open, runLink } from './support/whittle';

test.use({ timesFiles: true });

const LINK = 'v=1&data=circles&model=mlp:8&seed=7&backend=wasm&train=epochs:4,batch:16,lr:0.01';

test('files are timed on ONNX Runtime and on Whittle’s own runtime after a run', async ({
  page,
}) => {
  await runLink(page, `${LINK}&prune=sparsity:0.5`);
  const table = page.getByRole('table', { name: /column for each variant/ });
  await expect(table.getByRole('row', { name: /^ONNX Runtime/ })).toContainText('95 % ≤', {
    timeout: 40_000,
  });
  await expect(table.getByRole('row', { name: /^Own runtime/ })).toContainText('95 % ≤');
});

test('where ONNX Runtime does not load, the cell says why and tries again', async ({
  page,
  complaints,
}) => {
  await page.route('**/ort/*', (route) => route.abort());
  await runLink(page, LINK);
  const again = page.getByRole('button', { name: 'Try again' });
  await expect(again).toBeVisible({ timeout: 40_000 });
  await expect(page.locator('.compare-clock')).toContainText('ONNX Runtime does not run');
  await page.unroute('**/ort/*');
  await again.click();
  await expect(page.getByRole('row', { name: /^ONNX Runtime/ })).toContainText('95 % ≤', {
    timeout: 40_000,
  });
  // The browser says itself that a file did not come.
  complaints.length = 0;
});

test('a recipe begins with a file: it is chosen, found again after a reload, and missed elsewhere', async ({
  page,
  browser,
  baseURL,
}) => {
  await runLink(page, `${LINK}&prune=sparsity:0.5`);
  const bytes = await page.evaluate(async () =>
    Array.from(await window.whittle.export('s1', 'onnx')),
  );
  await open(page, 'v=1&data=circles&model=mlp:4&seed=7&backend=wasm&recipe=none');
  await page.getByRole('button', { name: /Add a step/ }).click();
  await page.getByRole('menuitem', { name: /^Load a file/ }).click();
  await expect(page.getByText('No file is chosen yet')).toBeVisible();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a file …' }).click();
  const file = { name: 'mine.onnx', mimeType: '', buffer: Buffer.from(bytes) };
  await (await chooser).setFiles(file);
  await expect(page.getByText('mine.onnx')).toBeVisible();
  await expect(page).toHaveURL(/load=file/);
  await page.reload();
  await expect(page.getByText('mine.onnx')).toBeVisible();
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(page.getByRole('columnheader', { name: /Baseline/ })).toBeVisible();

  const elsewhere = await (await browser.newContext({ baseURL: baseURL ?? '' })).newPage();
  await elsewhere.goto(page.url());
  await expect(elsewhere.getByText(/not in this browser/).first()).toBeVisible();
  const again = elsewhere.waitForEvent('filechooser');
  await elsewhere.getByRole('button', { name: 'Another file …' }).click();
  await (await again).setFiles(file);
  await expect(elsewhere.getByText('mine.onnx')).toBeVisible();
  await expect(elsewhere.getByText(/not in this browser/)).toHaveCount(0);
  await elsewhere.context().close();
});
