import { expect, test } from './support/fixtures';
import { fragment, open } from './support/whittle';

const ROSENBROCK =
  'v=1&data=xor&lab=function:rosenbrock,x:-1.2,y:1,lr:0.001,steps:200,optimizers:sgd~adam';

test('a race is opened by its link, dragged, played and rewound, and the experiment is still there', async ({
  page,
}) => {
  await open(page, ROSENBROCK);
  const table = page.getByRole('table');
  const scrub = page.getByRole('slider', { name: /^Step( Step)?$/ });
  await expect(table.getByRole('row')).toHaveCount(3);
  await expect(scrub).toHaveAttribute('aria-valuetext', 'step 200 of 200');
  expect(fragment(page)).toContain('lab=function:rosenbrock,x:-1.2,y:1');

  // Rosenbrock at (−1.2, 1): 2.2² + 100 · 0.44².
  await page.getByRole('button', { name: 'To the start' }).click();
  await expect(scrub).toHaveAttribute('aria-valuetext', 'step 0 of 200');
  await expect(table.getByRole('row', { name: /SGD/ })).toContainText('24.2');
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(scrub).toHaveAttribute('aria-valuetext', /^step [1-9]\d* of/);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await scrub.press('End');
  await expect(scrub).toHaveAttribute('aria-valuetext', 'step 200 of 200');

  // To the middle of the picture, which is (0, 1): 1 + 100.
  const start = page.getByRole('button', { name: /^Start: x/ });
  const picture = page.getByRole('img', { name: /^Rosenbrock from above/ });
  const [from, whole] = [await start.boundingBox(), await picture.locator('..').boundingBox()];
  if (from === null || whole === null) throw new Error('the picture is not there');
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(whole.x + whole.width / 2, whole.y + whole.height / 2, { steps: 3 });
  await page.mouse.up();
  await expect(start).toHaveAccessibleName(/x −?0(\.0\d*)?, y (1(\.0\d*)?|0\.99\d*)\./);
  await start.press('ArrowRight');
  await scrub.press('Home');
  await expect(table.getByRole('row', { name: /SGD/ })).toContainText(/^SGD(9[89]|10[0-4])/);
  await expect.poll(() => fragment(page)).not.toContain('x:-1.2');

  await page.getByRole('button', { name: 'Back to the playground' }).click();
  await expect(page.getByRole('button', { name: 'Data set' })).toContainText('XOR');
  await expect.poll(() => fragment(page)).not.toContain('lab=');
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Laboratory of descent' }).click();
  await expect(page.getByRole('button', { name: 'Function' })).toContainText('Rosenbrock');
});

test('the step that is shown is part of the link, as soon as it rests', async ({ page }) => {
  await open(page, `${ROSENBROCK},step:37`);
  const scrub = page.getByRole('slider', { name: /^Step( Step)?$/ });
  await expect(scrub).toHaveAttribute('aria-valuetext', 'step 37 of 200');
  await page.getByRole('button', { name: 'One step on' }).click();
  await expect(scrub).toHaveAttribute('aria-valuetext', 'step 38 of 200');
  await expect.poll(() => fragment(page)).toContain('step:38');

  const entries = await page.evaluate(() => history.length);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(scrub).not.toHaveAttribute('aria-valuetext', 'step 38 of 200');
  expect(fragment(page)).toContain('step:38');
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  const [, step = ''] = /step (\d+)/.exec((await scrub.getAttribute('aria-valuetext')) ?? '') ?? [];
  await expect.poll(() => fragment(page)).toContain(`step:${step}`);
  await scrub.press('End');
  await expect.poll(() => fragment(page)).not.toContain('step:');
  expect(await page.evaluate(() => history.length)).toBe(entries);

  await page.evaluate((link) => (location.hash = link), `${ROSENBROCK},step:5`);
  await expect(scrub).toHaveAttribute('aria-valuetext', 'step 5 of 200');
});

test('the article’s bowl shows its closed form beside the run, and a step too long says why', async ({
  page,
}) => {
  await open(page, 'v=1&lab=');
  const closed = page.getByRole('region', { name: 'Closed form' });
  // NUMERICS: 0.98^1000 = 1.683e-9; from (2, 1.5) on the closed form is 3.366e-9 and 2.524e-9.
  await expect(closed).toContainText('= 1.683·10⁻⁹');
  await expect(closed).toContainText('(3.366·10⁻⁹, 2.524·10⁻⁹)');
  const rate = page.getByRole('textbox', { name: 'Learning rate', exact: true });
  await rate.fill('1.5');
  await rate.press('Enter');
  const words = page.getByRole('region', { name: 'In words' });
  await expect(words).toContainText(/SGD diverged: from step 1 on.*2\/λ = 1,.*is 1\.5/);
});

test('a typed formula is drawn where it is finite; one that is none says what to do', async ({
  page,
}) => {
  await open(page, 'v=1&lab=function:expression,expr:x~5E2~2By~5E2,wings:2,lr:99');
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('lab.wings');
  const formula = page.getByRole('textbox', { name: 'Formula' });
  await expect(formula).toHaveValue('x^2+y^2');
  const words = page.getByRole('region', { name: 'In words' });
  await expect(words).toContainText('arrive');
  for (const [text, answer] of [
    [`${'('.repeat(99)}x${')'.repeat(99)}`, /within one another/],
    ['9^9^9^9^9^x', /anywhere in the picture/],
    ['x + '.repeat(60), /at most 200/],
    ['constructor(x)', /not known here/],
    ['ln(x', /ends too early/],
    ['', /no formula yet/],
  ] as const) {
    await formula.fill(text);
    await expect(page.getByRole('alert')).toContainText(answer);
  }
  await formula.fill('(ln(x) - 1)^2 + y^2');
  await expect(page.getByRole('alert')).toHaveCount(0);
});
