import { expect, test } from './support/fixtures';
import type { VariantRole } from '../src/experiment/report';
import { comparable, runLink, variantOf } from './support/whittle';

/** The default experiment takes up to a minute on two cores; these are the promises the page makes of it. */
test.describe.configure({ mode: 'serial', timeout: 240_000 });

const START = 'v=1&data=mnist&seed=7&backend=wasm';
const DEFAULT =
  `${START}&model=lenet-300-100` +
  '&train=lr:0.002,schedule:cosine&prune=&train=lr:0.002,epochs:1,schedule:cosine&quantize=';

/** The same steps on a network that trains in seconds. */
const SMALL =
  `${START}&model=mlp:32` +
  '&train=lr:0.002,epochs:1,schedule:cosine&prune=&train=lr:0.002,epochs:1,schedule:cosine&quantize=';

let first: string;

test('the default link reaches its accuracy, and keeps it pruned and quantized', async ({
  page,
}) => {
  const report = await runLink(page, DEFAULT);
  const accuracyOf = (role: VariantRole) => variantOf(report, role).metrics.accuracy ?? 0;
  expect(variantOf(report, 'baseline').metrics.examples).toBe(10_000);
  expect(accuracyOf('baseline')).toBeGreaterThanOrEqual(0.975);
  expect(accuracyOf('pruned')).toBeGreaterThanOrEqual(accuracyOf('baseline') - 0.005);
  expect(Math.abs(accuracyOf('quantized') - accuracyOf('baseline'))).toBeLessThanOrEqual(0.001);
  expect(Math.abs(accuracyOf('combined') - accuracyOf('pruned'))).toBeLessThanOrEqual(0.001);
  expect(variantOf(report, 'combined').size.packedBytes).toBeLessThan(
    variantOf(report, 'baseline').size.packedBytes / 10,
  );
});

test('the same link gives the same metrics and history, bit for bit', async ({ page }) => {
  first = comparable(await runLink(page, SMALL));
  await page.goto('about:blank');
  expect(comparable(await runLink(page, SMALL))).toBe(first);
});

test('a run that is paused, closed and reopened ends in the same report', async ({ page }) => {
  await page.goto(`/#${SMALL}`);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.waitForFunction(() => window.whittle.progress().iteration >= 100);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: /go on/i }).click();
  const report = await runLink(page, SMALL, { stay: true });
  expect(comparable(report)).toBe(first);
});
