import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { crc32 } from '../deploy/crc32';
import { decodeWhittle } from '../deploy/whittle-file';
import { parseLink } from '../experiment/link';
import { initialCheckpoint } from '../experiment/model';
import { PRETRAINED } from '../experiment/pretrained';
import { techniqueSpecs } from '../techniques/registry';
import { bundledAt } from './bundled';

const FOLDER = join(import.meta.dirname, '..', '..', 'public', 'pretrained');

test('digits 0–4, all digits and clothes come with the page', () => {
  expect(PRETRAINED.map(({ dataset }) => dataset)).toEqual(['mnist:0-4', 'mnist', 'fashion-mnist']);
});

describe.each(PRETRAINED)('the network of $dataset', ({ id, link, dataset, bytes }) => {
  test('is a file of at most 300 KB that is named by what is in it', () => {
    const path = join(FOLDER, `${id}.whittle`);
    expect(statSync(path).size).toBe(bytes);
    expect(bytes).toBeLessThanOrEqual(300_000);
    expect(id.slice(0, 8)).toBe(crc32(readFileSync(path)).toString(16).padStart(8, '0'));
  });

  test('has the layers of the experiment that made it', () => {
    const { link: parsed, problems } = parseLink(link, techniqueSpecs);
    expect([problems, parsed.experiment.dataset]).toEqual([[], dataset]);
    const { architecture } = decodeWhittle(readFileSync(join(FOLDER, `${id}.whittle`)));
    expect(architecture).toEqual(initialCheckpoint(parsed.experiment).architecture);
  });
});

test('what is not there is none, and what does not arrive is named', async () => {
  const bundled = bundledAt('http://127.0.0.1:9/');
  expect(await bundled('00000000-1')).toBeNull();
  await expect(bundled(PRETRAINED[0]?.id ?? '')).rejects.toMatchObject({
    problem: { code: 'bundledNotArrived', at: 'file' },
  });
});
