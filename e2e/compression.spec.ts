import { expect, test } from './support/fixtures';
import { comparable, open, runLink, variantOf } from './support/whittle';

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

/** Low rank, folding and distillation, one after the other, on a network with batch norm. */
const RESHAPED =
  'v=1&data=spiral&model=net:dense-24,batchnorm,dense-24&seed=7&backend=wasm' +
  '&train=lr:0.01,epochs:20,batch:16&lowrank=rank:8&fold=' +
  '&distill=student:net:dense-12~dense-8-tanh,epochs:10,lr:0.01,batch:16';

test('low rank, folding and distillation each leave a smaller network, and the link holds them', async ({
  page,
}) => {
  const report = await runLink(page, RESHAPED);
  const sizes = report.variants.map(({ id, size }) => [id, size.parameters]);
  // 2–24–24–2 with batch norm; 24 × 24 at rank 8; without its batch norm; 2–12–8–2.
  const whole = 2 * 24 + 24 + 4 * 24 + 24 * 24 + 24 + 24 * 2 + 2;
  const thin = whole - 24 * 24 + 8 * (24 + 24 + 1);
  const student = 2 * 12 + 12 + 12 * 8 + 8 + 8 * 2 + 2;
  expect(sizes).toEqual([
    ['s0', whole],
    ['s1', thin],
    ['s2', thin - 4 * 24],
    ['s3', student],
  ]);
  const [, lowRank, folded] = report.variants;
  expect(folded?.metrics.accuracy).toBe(lowRank?.metrics.accuracy);
  expect(variantOf(report, 'reshaped').compressions).toEqual(['reshape']);
  expect(report.link).toBe(RESHAPED);
  await expect(page.getByText(`The network has shrunk to ${String(student)}`)).toBeVisible();
  await page.getByRole('button', { name: 'Show every step' }).click();
  const table = page.getByRole('table', { name: /A column for each variant/ });
  await expect(table.getByText('Low rank')).toBeVisible();
  await expect(table.getByText('Fold batch norm')).toBeVisible();
  expect(comparable(await runLink(page, report.link))).toBe(comparable(report));
});

test('a rank that changes nothing, a network without batch norm and a missing teacher are told at their controls', async ({
  page,
}) => {
  const start = 'v=1&data=spiral&model=mlp:16-16&seed=7&backend=wasm&train=epochs:2,batch:16';
  await open(page, `${start}&lowrank=rank:9&fold=&distill=teacher:9`);
  await expect(page.getByText('Choose 7 or less.')).toBeVisible();
  await expect(page.getByText('This network has no batch norm to fold.')).toBeVisible();
  await page.getByRole('button', { name: 'Step 4: Distill: Options' }).click();
  await expect(page.getByText('Step 9 is not before this one')).toBeVisible();
  await expect(runLink(page, `${start}&fold=`)).rejects.toThrow(/no batch norm to fold/);
});
