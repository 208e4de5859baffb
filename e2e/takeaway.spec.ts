import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import * as tf from '@tensorflow/tfjs';
import { decodeSafetensors } from '../src/deploy/safetensors';
import { decodeTfjs, unzipTfjs } from '../src/deploy/tfjs/decode';
import { decodeWhittle } from '../src/deploy/whittle-file';
import { expect, test } from './support/fixtures';
import { open, runLink, variantOf } from './support/whittle';

const LINK =
  'v=1&data=spiral&model=mlp:16-16&seed=7&backend=wasm&title=A_~3Cb~3Espiral' +
  '&train=epochs:8,batch:16,lr:0.01&prune=sparsity:0.5&quantize=bits:4';

/** What a press hands to the browser as a file. */
async function downloaded(page: Page, press: () => Promise<void>) {
  const arriving = page.waitForEvent('download');
  await press();
  const download = await arriving;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test('every network leaves as a file of every kind, with the same weights in each', async ({
  page,
}) => {
  const report = await runLink(page, LINK);
  const { id, metrics, size } = variantOf(report, 'combined');
  const file = (entry: RegExp) =>
    downloaded(page, async () => {
      await page.getByRole('button', { name: /^Download Combined/ }).click();
      await page.getByRole('menuitem', { name: entry }).click();
    });
  const packed = await file(/^\.whittle/);
  expect(packed.name).toBe(`${id}.whittle`);
  const { parameters, architecture } = decodeWhittle(packed.bytes);
  const weights = parameters['dense2.kernel']?.values ?? [];

  const tensors = await file(/^safetensors/);
  const read = decodeSafetensors(tensors.bytes);
  expect(tensors.name).toBe(`${id}.safetensors`);
  expect(read.parameters['dense2.kernel']?.values).toEqual(weights);
  expect(read.metadata).toMatchObject({ variant: id, accuracy: String(metrics.accuracy) });

  const model = await file(/^TensorFlow\.js/);
  expect(model.name).toBe(`${id}-tfjs.zip`);
  const files = unzipTfjs(model.bytes);
  const decoded = decodeTfjs(files);
  const { modelTopology, weightsManifest } = JSON.parse(files.model) as {
    modelTopology: object;
    weightsManifest: [{ weights: tf.io.WeightsManifestEntry[] }];
  };
  const weightSpecs = weightsManifest[0].weights;
  const weightData = files.weights.slice().buffer;
  const loaded = await tf.loadLayersModel(
    tf.io.fromMemory({ modelTopology, weightSpecs, weightData }),
  );
  expect(loaded.countParams()).toBe(size.parameters);
  expect(decoded.parameters['dense2.kernel']?.values).toEqual(weights);

  const plain = await file(/^JSON/);
  const json = JSON.parse(plain.bytes.toString('utf8')) as Record<string, unknown>;
  expect(json).toMatchObject({ architecture: { layers: [...architecture.layers] } });
});

test('programs get every kind of file, and a kind that there is not is refused', async ({
  page,
}) => {
  await runLink(page, LINK);
  const length = (format: string) =>
    page.evaluate(
      async (wanted) => (await window.whittle.export('s1', wanted as 'tfjs')).length,
      format,
    );
  for (const format of ['whittle', 'safetensors', 'tfjs', 'json']) {
    expect(await length(format)).toBeGreaterThan(100);
  }
  await expect(length('hologram')).rejects.toThrow(/no file format "hologram"/);
});

test('the charts are saved as pictures that stand by themselves', async ({ page }) => {
  await runLink(page, LINK);
  const menus = page.getByRole('button', { name: 'Save the chart' });
  await expect(menus).toHaveCount(2);
  for (const [index, chart] of ['curves', 'scatter'].entries()) {
    const save = (kind: string) =>
      downloaded(page, async () => {
        await menus.nth(index).click();
        await page.getByRole('menuitem', { name: `Save as ${kind}` }).click();
      });
    const svg = await save('SVG');
    expect(svg.name).toBe(`whittle-${chart}.svg`);
    expect(svg.bytes.toString('utf8')).not.toMatch(/var\(|<b>/);
    const png = await save('PNG');
    expect(png.name).toBe(`whittle-${chart}.png`);
    // The signature, and the width of 2 × 640 in the header.
    expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(png.bytes.readUInt32BE(16)).toBe(1280);
  }
});

test('the run is a page that opens without a network, with the numbers of the report', async ({
  page,
  context,
}) => {
  const report = await runLink(page, LINK);
  const { bytes } = await downloaded(page, () =>
    page.getByRole('button', { name: 'The run as a page' }).click(),
  );
  const html = bytes.toString('utf8');
  const other = await context.newPage();
  await context.setOffline(true);
  await other.setContent(html);
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('A <b>spiral');
  for (const { metrics } of report.variants) {
    const accuracy = (100 * (metrics.accuracy ?? 0)).toFixed(2);
    await expect(other.getByRole('cell', { name: accuracy }).first()).toBeVisible();
  }
  await expect(other.getByRole('img')).toHaveCount(2);
  await expect(other.locator('script')).toHaveCount(0);
});

test('the recipe is code in three languages, which is copied and saved', async ({ page }) => {
  await runLink(page, LINK);
  await page.getByRole('button', { name: 'The recipe as code' }).click();
  const dialog = page.getByRole('dialog', { name: 'The recipe as code' });
  await expect(dialog.locator('code')).toContainText('import torch');
  await dialog.getByRole('button', { name: 'Keras' }).click();
  await expect(dialog.locator('code')).toContainText('import keras');
  await dialog.getByRole('button', { name: 'TensorFlow.js' }).click();
  await expect(dialog.locator('code')).toContainText('@tensorflow/tfjs');
  const shown = await dialog.locator('code').textContent();
  const { name, bytes } = await downloaded(page, () =>
    dialog.getByRole('button', { name: 'Save recipe-tfjs.mjs' }).click(),
  );
  expect(name).toBe('recipe-tfjs.mjs');
  expect(bytes.toString('utf8')).toBe(shown);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

test('before anything is measured there is nothing to take, and a picture of nothing is not offered', async ({
  page,
}) => {
  await open(page, LINK);
  await expect(page.getByRole('button', { name: /^Download Combined/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Save the chart' }).click();
  await expect(page.getByRole('menuitem', { name: 'Save as SVG' })).toBeDisabled();
});
