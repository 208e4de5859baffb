import { expect, test } from './support/fixtures';
import { SPIRAL } from './support/links';
import { fragment, open, playButton, statusIs } from './support/whittle';

const notices = 'Messages';

test('a link carries the whole experiment and opens to the same thing', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, SPIRAL);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByRole('button', { name: 'Link copied' })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const link = copied.slice(copied.indexOf('#') + 1);
  expect(link).toMatch(/^[A-Za-z0-9._~:,=&-]+$/);
  await page.goto('about:blank');
  await open(page, link);
  await expect(page.getByRole('article').getByRole('heading')).toHaveText([
    '1 Train',
    '2 Prune',
    '3 Train',
    '4 Quantize',
  ]);
  await expect(page.getByRole('slider', { name: 'Bits' })).toHaveAttribute('aria-valuetext', /4/);
  expect(fragment(page)).toBe(link);
});

test('a broken link opens, names what it replaced, and runs', async ({ page }) => {
  await open(
    page,
    'v=1&data=nonsense&model=net:conv-0&seed=-1&backend=abacus&train=lr:NaN,epochs:-3&prune=sparsity:7&fly=high:yes',
  );
  const messages = page.getByRole('region', { name: notices });
  // One notice for all of them, whose last are folded away.
  await messages.getByRole('button', { name: /more/ }).click();
  for (const held of ['nonsense', 'abacus', 'NaN', 'fly'])
    await expect(messages).toContainText(held);
  await messages.getByRole('button', { name: 'Dismiss all' }).press('Enter');
  await expect(messages).toBeEmpty();
  await expect(page.locator('#recipe')).toBeFocused();
  await expect(playButton(page)).toBeEnabled();
});

test('nothing of a link is inserted as markup', async ({ page }) => {
  const markup = encodeURIComponent(
    '<img src=x onerror=window.broken=1><script>window.broken=1</script>',
  );
  await open(page, `v=1&data=${markup}&title=${markup}&model=${markup}&train=${markup}`);
  await expect(page.getByRole('region', { name: notices })).toBeVisible();
  expect(await page.evaluate(() => 'broken' in window)).toBe(false);
  await expect(page.locator('img[src="x"]')).toHaveCount(0);
});

test('a link with an impossible network names the layer, and opens with one that works', async ({
  page,
}) => {
  await open(page, 'v=1&data=mnist&model=net:conv-4-k5,maxpool-30,dense-10&train=epochs:1');
  await expect(page.getByRole('region', { name: notices })).toContainText(/maxpool/);
  await expect(page.getByRole('button', { name: 'Network' })).toContainText('LeNet-300-100');
});

test('another fragment opens another experiment', async ({ page }) => {
  await open(page, SPIRAL);
  await page.evaluate(() => {
    location.hash = '#v=1&data=xor&train=epochs:2';
  });
  await expect(page.getByRole('button', { name: 'Data set' })).toContainText('XOR');
  await expect(page.getByRole('article')).toHaveCount(1);
});

test('run=1 starts by itself, embed=1 leaves out the page’s own header, lang chooses the language', async ({
  page,
}) => {
  await open(page, `${SPIRAL}&run=1&embed=1&lang=zh`);
  await statusIs(page, 'done');
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(0);
  await expect(page.getByRole('button', { name: '运行' })).toBeVisible();
});
