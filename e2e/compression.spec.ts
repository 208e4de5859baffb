import { expect, test } from './support/fixtures';
import { comparable, runLink, variantOf } from './support/whittle';

test.describe.configure({ timeout: 120_000 });

/** Prunes and rounds while it trains, on a network that trains in a moment. */
const TRAINED =
  'v=1&data=spiral&model=mlp:16-16&seed=7&backend=wasm&train=epochs:20,batch:16,lr:0.01' +
  '&prune=sparsity:0.5,schedule:gradual,epochs:20,batch:16,lr:0.005' +
  '&quantize=bits:3,aware:ste,epochs:10,batch:16,lr:0.005';

test('pruning and rounding while training reaches the sparsity and the levels, the same twice', async ({
  page,
}) => {
  const report = await runLink(page, TRAINED);
  const pruned = variantOf(report, 'pruned');
  const { parameters, nonzero } = pruned.size;
  // 320 of the parameters are weights, half of them pruned; a bias may be zero as well.
  expect(nonzero).toBeLessThanOrEqual(parameters - 160);
  expect(pruned.metrics.accuracy ?? 0).toBeGreaterThan(0.8);
  const both = variantOf(report, 'combined');
  expect(both.metrics.accuracy ?? 0).toBeGreaterThan(0.8);
  expect(both.size.packedBytes).toBeLessThan(pruned.size.packedBytes);
  expect(report.history.filter(({ step }) => step > 0)).toHaveLength((20 + 10) * 25);
  expect(comparable(await runLink(page, TRAINED))).toBe(comparable(report));
});

test('the lottery ticket goes back to where it began, and too far back is refused at its control', async ({
  page,
}) => {
  const start =
    'v=1&data=spiral&model=mlp:16-16&seed=7&backend=wasm&train=epochs:4,batch:16,lr:0.01';
  const report = await runLink(page, `${start}&prune=sparsity:0.5,rewind:iteration,to:30`);
  expect(report.variants.map(({ step }) => step)).toEqual([0, 1]);
  await expect(
    runLink(page, `${start}&prune=sparsity:0.5,rewind:iteration,to:101`),
  ).rejects.toThrow(/cannot go back to iteration 101: the steps before end at iteration 100/);
});
