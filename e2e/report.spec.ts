import { expect, test } from './support/fixtures';
import type { VariantRole } from '../src/experiment/report';
import { comparable, runLink, variantOf } from './support/whittle';

/** The default experiment takes a minute or two on two cores; these are the promises the page makes of it. */
test.describe.configure({ mode: 'serial', timeout: 420_000 });

const LINK =
  'v=1&data=mnist&model=lenet-300-100&seed=7&backend=wasm' +
  '&train=lr:0.002,schedule:cosine&prune=&train=lr:0.002,epochs:1,schedule:cosine&quantize=';

let first: string;

test('the default link reaches its accuracy, and keeps it pruned and quantized', async ({
  page,
}) => {
  const report = await runLink(page, LINK);
  const accuracyOf = (role: VariantRole) => variantOf(report, role).metrics.accuracy ?? 0;
  expect(variantOf(report, 'baseline').metrics.examples).toBe(10_000);
  expect(accuracyOf('baseline')).toBeGreaterThanOrEqual(0.975);
  expect(accuracyOf('pruned')).toBeGreaterThanOrEqual(accuracyOf('baseline') - 0.005);
  expect(Math.abs(accuracyOf('quantized') - accuracyOf('baseline'))).toBeLessThanOrEqual(0.001);
  expect(Math.abs(accuracyOf('combined') - accuracyOf('pruned'))).toBeLessThanOrEqual(0.001);
  expect(variantOf(report, 'combined').size.packedBytes).toBeLessThan(
    variantOf(report, 'baseline').size.packedBytes / 10,
  );
  first = comparable(report);
});

test('the same link gives the same metrics and history, bit for bit', async ({ page }) => {
  expect(comparable(await runLink(page, LINK))).toBe(first);
});

test('a run that is paused, closed and reopened ends in the same report', async ({ page }) => {
  await page.goto(`/#${LINK}`);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.waitForFunction(() => window.whittle.progress().iteration >= 700, null, {
    timeout: 180_000,
  });
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: /go on/i }).click();
  const report = await runLink(page, LINK, { stay: true });
  expect(comparable(report)).toBe(first);
});
