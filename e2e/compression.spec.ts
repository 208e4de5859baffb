import { expect, test } from './support/fixtures';
import { comparable, fragment, open, runLink, variantOf } from './support/whittle';

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

test('activations are rounded too, on grids found on training examples, and scales that train end better', async ({
  page,
}) => {
  const start =
    'v=1&data=spiral&model=mlp:16-16&seed=7&backend=wasm&train=epochs:20,batch:16,lr:0.01';
  const report = await runLink(page, `${start}&quantize=bits:8,target:both,abits:8`);
  const [before, after] = [variantOf(report, 'baseline'), variantOf(report, 'quantized')];
  const lossOf = ({ metrics }: typeof before) => metrics.loss;
  expect(lossOf(after)).not.toBe(lossOf(before));
  expect(Math.abs(lossOf(after) - lossOf(before))).toBeLessThan(0.05);
  const few = async (aware: string) => {
    const link = `${start}&quantize=bits:2,granularity:tensor${aware}`;
    return lossOf(variantOf(await runLink(page, link), 'quantized'));
  };
  expect(await few(',aware:lsq,epochs:20,batch:16,lr:0.005')).toBeLessThan(0.5 * (await few('')));
});

/** Presets with the training of each step cut to an epoch or two; docs/reproduction.md has the whole. */
test('a shortened deep compression of LeNet-300-100 makes a file 35 times smaller at nearly the same error', async ({
  page,
}) => {
  const report = await runLink(
    page,
    'v=1&data=mnist&model=lenet-300-100&seed=1&backend=wasm&train=lr:0.002,epochs:1,schedule:cosine' +
      '&prune=sparsity:0.92,schedule:gradual,epochs:1,ramp:1&train=lr:0.002,epochs:1,schedule:onecycle' +
      '&quantize=bits:4,scheme:codebook,granularity:tensor,aware:ste,epochs:1,lr:0.0001',
  );
  const [before, after] = [variantOf(report, 'baseline'), variantOf(report, 'combined')];
  expect(before.size.float32Bytes / after.size.packedBytes).toBeGreaterThan(35);
  expect(after.metrics.accuracy ?? 0).toBeGreaterThan((before.metrics.accuracy ?? 1) - 0.005);
});

test('a shortened lottery: the ticket is better than its mask drawn anew', async ({ page }) => {
  const start = 'v=1&data=mnist&model=lenet-300-100&seed=1&backend=wasm&train=epochs:1';
  await open(page, start);
  const accuracyOf = async (rewind: string) => {
    // In one page, which trains the first step once.
    const link = `${start}&prune=sparsity:0.96,rewind:${rewind}&train=epochs:1`;
    const report = await runLink(page, link, { stay: true });
    const last = report.variants.find(({ step }) => step === 2);
    return last?.metrics.accuracy ?? NaN;
  };
  expect(await accuracyOf('init')).toBeGreaterThan((await accuracyOf('reinit')) + 0.005);
});

test('every layer shows what it can bear alone, and a press on its chart sets it apart', async ({
  page,
}) => {
  await runLink(
    page,
    'v=1&data=spiral&model=mlp:16-16&seed=7&backend=wasm&train=epochs:20,batch:16,lr:0.01&prune=sparsity:0.5',
  );
  const prune = page.getByRole('article', { name: /2 Prune/ });
  await prune.getByRole('button', { name: /Sensitivity of every layer/ }).click();
  const charts = prune.locator('.layer-chart');
  await expect(charts).toHaveCount(3);
  await expect(prune.getByRole('progressbar', { name: 'Measuring the layers' })).toHaveCount(0);
  for (const chart of await charts.all()) {
    const points = (await chart.locator('polyline').getAttribute('points')) ?? '';
    expect(points.split(' ')).toHaveLength(25);
  }

  const second = charts.filter({ hasText: 'dense2' });
  await second.scrollIntoViewIfNeeded();
  const curve = await second.locator('.curve').boundingBox();
  if (curve === null) throw new Error('The curve is not shown.');
  await page.mouse.click(curve.x + curve.width * 0.3, curve.y + curve.height / 2);
  await expect
    .poll(() => fragment(page))
    .toMatch(/prune=sparsity:0\.5,layers:dense2~0\.(29|3)\d*$/);
  await expect(second.getByRole('slider')).toHaveAttribute('aria-valuetext', /^(29|30).* % at /);

  await prune.getByRole('slider', { name: 'Sparsity of dense3' }).focus();
  await page.keyboard.press('Home');
  await expect.poll(() => fragment(page)).toMatch(/,layers:dense2~[\d.]+~dense3~0$/);
  await second.getByRole('button', { name: 'Take the setting of dense2 back' }).click();
  await expect.poll(() => fragment(page)).toMatch(/prune=sparsity:0\.5,layers:dense3~0$/);
});

test('a setting of a layer that is not there is told at the card, and taken back there', async ({
  page,
}) => {
  await open(page, 'v=1&data=spiral&model=mlp:8&train=epochs:2&quantize=bits:4,layers:dense7~3');
  const quantize = page.getByRole('article', { name: /2 Quantize/ });
  await expect(quantize.getByRole('alert')).toContainText('set one of dense1, dense2');
  await quantize.getByRole('button', { name: /dense7 3 bits/ }).click();
  await expect(quantize.getByRole('alert')).toHaveCount(0);
  await expect.poll(() => fragment(page)).toMatch(/quantize=bits:4$/);
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
  await expect(page.getByText('Step 9 is not before this one')).toBeVisible();
  await expect(runLink(page, `${start}&fold=`)).rejects.toThrow(/no batch norm to fold/);
});

test('a budget of bits is shared out among the layers and never exceeded, as the card says', async ({
  page,
}) => {
  const report = await runLink(
    page,
    'v=1&data=spiral&model=mlp:16-16&seed=7&backend=wasm&train=epochs:20,batch:16,lr:0.01&quantize=widths:budget,budget:3.5',
  );
  expect(variantOf(report, 'quantized').metrics.accuracy ?? 0).toBeGreaterThan(0.6);
  const line = page.getByRole('article', { name: /2 Quantize/ }).getByText(/\d on average$/);
  await expect(line).toHaveText(/^dense1 \d+ · dense2 \d+ · dense3 \d+ bits, [\d.]+ on average$/);
  // 32, 256 and 32 weights.
  const [first = 0, second = 0, third = 0, mean = 0] =
    ((await line.textContent()) ?? '')
      .replaceAll(/dense\d/g, '')
      .match(/[\d.]+/g)
      ?.map(Number) ?? [];
  expect((32 * first + 256 * second + 32 * third) / 320).toBeCloseTo(mean, 2);
  expect(mean).toBeLessThanOrEqual(3.5);
});
