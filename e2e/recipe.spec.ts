import { expect, test } from './support/fixtures';
import { SPIRAL } from './support/links';
import { fragment, open, playButton, statusIs } from './support/whittle';

test.beforeEach(async ({ page }) => {
  await open(page, SPIRAL);
});

const headings = ['1 Train', '2 Prune', '3 Train', '4 Quantize'];

test('steps are added, copied, moved and removed; undo and redo go through it all', async ({
  page,
}) => {
  const names = page.getByRole('article').getByRole('heading');
  const undo = page.getByRole('button', { name: 'Undo' });
  const redo = page.getByRole('button', { name: 'Redo' });
  const act = async (step: string, action: string) => {
    await page.getByRole('button', { name: `${step}: copy, move or remove` }).click();
    await page.getByRole('menuitem', { name: action, exact: true }).click();
  };
  await page.getByRole('button', { name: /Add a step/ }).click();
  await page.getByRole('menuitem', { name: /^Prune/ }).click();
  const added = [...headings, '5 Prune'];
  await expect(names).toHaveText(added);

  await act('Step 4, Quantize', 'Copy');
  const copied = ['1 Train', '2 Prune', '3 Train', '4 Quantize', '5 Quantize', '6 Prune'];
  await expect(names).toHaveText(copied);

  await act('Step 6, Prune', 'Move up');
  const moved = ['1 Train', '2 Prune', '3 Train', '4 Quantize', '5 Prune', '6 Quantize'];
  await expect(names).toHaveText(moved);

  await act('Step 1, Train', 'Remove');
  const removed = ['1 Prune', '2 Train', '3 Quantize', '4 Prune', '5 Quantize'];
  await expect(names).toHaveText(removed);

  for (const before of [moved, copied, added, headings]) {
    await undo.click();
    await expect(names).toHaveText(before);
  }
  await expect(undo).toBeDisabled();
  for (const after of [added, copied, moved, removed]) {
    await redo.click();
    await expect(names).toHaveText(after);
  }
  await expect(redo).toBeDisabled();
});

test('the focus goes on to the next step when one is removed, and at last to adding one', async ({
  page,
}) => {
  const add = page.getByRole('button', { name: /Add a step/ });
  const menus = page.getByRole('button', { name: /: copy, move or remove/ });
  const remove = async (index: number) => {
    await menus.nth(index).click();
    await page.getByRole('menuitem', { name: 'Remove', exact: true }).click();
  };
  await remove(1);
  await expect(menus.nth(1)).toBeFocused();
  await remove(2);
  await expect(menus.nth(1)).toBeFocused();
  await remove(1);
  await remove(0);
  await expect(add).toBeFocused();
});

test('a step is dragged by its handle', async ({ page }) => {
  const handle = page.getByRole('button', { name: 'Move step 4, Quantize' });
  const target = page.getByRole('article').nth(1);
  await handle.scrollIntoViewIfNeeded();
  const [from, to] = [await handle.boundingBox(), await target.boundingBox()];
  if (from === null || to === null) throw new Error('The handle or the card is not shown.');
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x, from.y - 50, { steps: 4 });
  await page.mouse.move(from.x, to.y + 2, { steps: 8 });
  await page.mouse.up();
  await expect(page.getByRole('article').getByRole('heading')).toHaveText([
    '1 Train',
    '2 Quantize',
    '3 Prune',
    '4 Train',
  ]);
});

test('dragging sparsity on a trained network shows the effect at once, with nothing retrained', async ({
  page,
}) => {
  await playButton(page).click();
  await statusIs(page, 'done');
  const prune = page.getByRole('article', { name: /2 Prune/ });
  const line = prune.getByText(/^now /);
  await expect(line).toBeVisible();
  const before = await line.textContent();
  const iteration = await page.evaluate(() => window.whittle.progress().iteration);

  const slider = prune.getByRole('slider', { name: 'Sparsity' });
  const box = await slider.boundingBox();
  if (box === null) throw new Error('The slider is not shown.');
  await slider.focus();
  for (let i = 0; i < 45; i++) await page.keyboard.press('ArrowRight');
  await expect(line).not.toHaveText(before ?? '');
  await expect(line).toContainText(/%/);
  // Behind the slider, the score at every setting.
  await expect(prune.getByText('accuracy at each setting')).toBeVisible();
  expect(await page.evaluate(() => window.whittle.progress().iteration)).toBeLessThanOrEqual(
    iteration,
  );
  await expect.poll(() => fragment(page)).toMatch(/prune=sparsity:0\.725/);
});

test('dragging bits re-runs the quantization alone', async ({ page }) => {
  await playButton(page).click();
  await statusIs(page, 'done');
  const quantize = page.getByRole('article', { name: /4 Quantize/ });
  await quantize.getByRole('slider', { name: 'Bits' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(quantize.getByText(/^now /)).toBeVisible();
  await playButton(page).click();
  await statusIs(page, 'done');
  const steps = await page.evaluate(() => window.whittle.progress().step);
  expect(steps).toBe(3);
  await expect.poll(() => fragment(page)).toMatch(/quantize=bits:5/);
});

test('a value can be typed, and one out of range is held to the range, which is told', async ({
  page,
}) => {
  const bits = page.getByRole('textbox', { name: 'Bits' });
  await bits.fill('400');
  await bits.press('Enter');
  await expect(bits).toHaveValue('16');
  await expect(page.getByText('From 1 to 16.')).toBeVisible();
  await bits.fill('abc');
  await bits.press('Enter');
  await expect(bits).toHaveValue('16');
  await expect(page.getByText('“abc” is not a number.')).toBeVisible();
});

test('a network of one’s own is typed in, and an impossible one is refused with its layer', async ({
  page,
}) => {
  await page.getByRole('button', { name: 'Network', exact: false }).first().click();
  await page.getByRole('option', { name: /Your own layers/ }).click();
  const layers = page.getByRole('textbox', { name: 'Layers' });
  await layers.fill('net:dense-8-tanh,dense-4');
  await layers.press('Enter');
  await expect.poll(() => fragment(page)).toContain('model=net:dense-8-tanh,dense-4');
  await expect(layers).toBeFocused();
  await layers.fill('net:maxpool-9');
  await layers.press('Enter');
  await expect(page.getByRole('region', { name: 'Network', exact: true })).toContainText(/maxpool/);
});

test('a learning rate is tried, suggested and taken with one press, and one undo takes it back', async ({
  page,
}) => {
  const train = page.getByRole('article', { name: /^1 Train/ });
  await train.getByRole('button', { name: /Find the learning rate/ }).click();
  const use = train.getByRole('button', { name: /^Use 0\.\d+$/ });
  await expect(train.getByRole('img', { name: /Loss against learning rate/ })).toBeVisible();
  const rate = ((await use.textContent()) ?? '').replace('Use ', '');
  await use.click();
  await expect(train.getByRole('textbox', { name: 'Learning rate' })).toHaveValue(rate);
  await expect.poll(() => fragment(page)).toContain(`lr:${rate}`);
  await expect(train.getByRole('button', { name: `${rate} is set` })).toBeFocused();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(use).toHaveText(`Use ${rate}`);
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled();
});
