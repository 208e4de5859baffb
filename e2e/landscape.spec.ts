import { expect, test } from './support/fixtures';
import { runLink, variantOf } from './support/whittle';

test.describe.configure({ timeout: 120_000 });

/** Large enough for its landscape to be cancelled before it is whole. */
const LINK =
  'v=1&data=spiral&model=mlp:500-500&seed=7&backend=wasm&train=epochs:2,batch:50,lr:0.002&prune=sparsity:0.5';

test('a landscape is measured around a variant, read by keys, cancelled and gone on with', async ({
  page,
}) => {
  const report = await runLink(page, LINK);
  const card = page.getByRole('region', { name: 'Loss landscape' });
  await card.getByRole('button', { name: 'The loss around a variant' }).click();
  const choose = async (label: RegExp, option: string | RegExp) => {
    await card.getByRole('button', { name: label }).click();
    await page.getByRole('option', { name: option }).click();
  };
  await choose(/Examples$/, 'Test examples');
  const map = card.getByRole('slider', { name: 'Read the landscape at a point' });
  const { loss } = variantOf(report, 'pruned').metrics;
  // Its own place is the middle, measured among the first.
  const middle = `At (0, 0): loss ${String(Number(loss.toPrecision(3)))}`;
  await expect(map).toHaveAttribute(
    'aria-valuetext',
    new RegExp(`^${middle.replace(/[().]/g, '\\$&')}`),
  );
  await map.focus();
  await page.keyboard.press('ArrowRight');
  await expect(map).toHaveAttribute('aria-valuetext', /^At \(0\.083, 0\)/);
  await expect(card.getByText(/Part of the way/)).toBeVisible();

  await choose(/Plane$/, 'Through three networks');
  await card.getByRole('button', { name: 'Cancel' }).click();
  await expect(card.getByRole('progressbar')).toHaveCount(0);
  await card.getByRole('button', { name: 'Go on' }).click();
  await expect(card.getByText(/All of the way/)).toBeVisible();
  await expect(card.getByRole('button', { name: 'Cancel' })).toBeVisible();
});
