import { expect, test } from './support/fixtures';
import { LONG, SPIRAL } from './support/links';
import { fragment, iteration, open, playButton, runLink, statusIs } from './support/whittle';

test('the page opens with the default experiment, complete and ready', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Data set' })).toContainText('MNIST');
  await expect(page.getByRole('button', { name: 'Network' })).toContainText('LeNet-300-100');
  const steps = page.getByRole('article');
  await expect(steps.getByRole('heading')).toHaveText([
    '1 Train',
    '2 Prune',
    '3 Train',
    '4 Quantize',
  ]);
  await expect(playButton(page)).toBeEnabled();
  expect(await page.evaluate(() => window.crossOriginIsolated)).toBe(true);
});

test('a run goes through every step and ends measured', async ({ page }) => {
  await open(page, SPIRAL);
  await playButton(page).click();
  await statusIs(page, 'done');
  await expect(page.getByRole('img', { name: 'done' })).toHaveCount(4);
  await expect(page.getByRole('table', { name: /^A column for each variant/ })).toContainText(
    'Baseline',
  );
});

test('pause holds the run, step makes one iteration, play goes on, reset starts over', async ({
  page,
}) => {
  await open(page, LONG);
  const done = () => page.evaluate(() => window.whittle.progress().done);
  await playButton(page).click();
  await iteration(page, 50);
  await page.getByRole('button', { name: 'Pause' }).click();
  await statusIs(page, 'paused');
  const held = await done();
  await page.waitForTimeout(500);
  expect(await done()).toBe(held);

  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect.poll(done).toBe(held + 1);
  await statusIs(page, 'paused');

  await playButton(page).click();
  await iteration(page, held + 20);
  await page.getByRole('button', { name: 'Reset' }).click();
  await statusIs(page, 'idle');
  await expect.poll(() => page.evaluate(() => window.whittle.progress().iteration)).toBe(0);
});

test('a learning rate set while it trains is written into the link, which reproduces the run', async ({
  page,
}) => {
  await open(page, LONG);
  await playButton(page).click();
  await iteration(page, 40);
  await page.getByRole('slider', { name: 'Learning rate' }).first().focus();
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
  await expect.poll(() => fragment(page)).toMatch(/at:\d/);
  await statusIs(page, 'done');
  const history = () =>
    page.evaluate(() =>
      window.whittle
        .run(location.hash)
        .then((report) =>
          report.history.map(({ trainLoss, learningRate }) => [trainLoss, learningRate]),
        ),
    );
  const first = await history();
  expect(new Set(first.map(([, rate]) => rate)).size).toBeGreaterThan(1);

  // From the link alone, in a page that knows nothing of the first.
  const link = fragment(page);
  await page.goto('about:blank');
  const again = await runLink(page, link);
  expect(again.history.map(({ trainLoss, learningRate }) => [trainLoss, learningRate])).toEqual(
    first,
  );
});

test('a learning rate that diverges stops the run, says where, and keeps the last good state', async ({
  page,
}) => {
  await open(
    page,
    'v=1&data=linear&model=mlp:16&backend=cpu&train=optimizer:sgd,lr:10,epochs:5,loss:mse',
  );
  await playButton(page).click();
  await statusIs(page, 'failed');
  const message = page.getByRole('region', { name: 'Messages' });
  await expect(message).toContainText(/iteration \d+/);
  await expect(message).toContainText(/learning rate/i);
  // The page goes on: a smaller learning rate trains.
  await page.getByRole('textbox', { name: 'Learning rate' }).fill('0.01');
  await page.keyboard.press('Enter');
  await playButton(page).click();
  await statusIs(page, 'done');
});

test('tensors neither grow nor shrink in number while a step trains', async ({ page }) => {
  await open(page, LONG);
  await playButton(page).click();
  const counts: number[] = [];
  for (let at = 100; at <= 1000; at += 100) {
    await iteration(page, at);
    counts.push(await page.evaluate(() => window.whittle.tensorCount()));
  }
  expect(new Set(counts).size, `tensors: ${counts.join(', ')}`).toBe(1);
});

test('a run that a closed tab interrupted goes on to the same end', async ({ page }) => {
  const whole = await runLink(page, LONG);
  await page.goto('about:blank');
  await open(page, LONG);
  await playButton(page).click();
  await iteration(page, 600);
  await page.getByRole('button', { name: 'Pause' }).click();
  await statusIs(page, 'paused');
  await page.reload();
  await page.getByRole('button', { name: 'Go on' }).click();
  await statusIs(page, 'done');
  const report = await runLink(page, LONG, { stay: true });
  const points = ({ history }: typeof report) => history.map(({ elapsedMs: _, ...point }) => point);
  expect(points(report)).toEqual(points(whole));
  expect(report.variants[0]?.metrics).toEqual(whole.variants[0]?.metrics);
});
