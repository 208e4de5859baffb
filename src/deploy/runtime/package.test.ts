import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildRuntime } from '../../../scripts/build-runtime.mjs';
import { batchOf } from '../../engine/testing/networks';
import { initialCheckpoint } from '../../experiment/model';
import { network } from '../testing/packed';
import { encodeWhittle } from '../whittle-file';
import { load } from './index';
import type { load as declared } from './package/index';

let folder: string;
let bytes: number;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'whittle-runtime-'));
  bytes = (await buildRuntime(join(folder, 'node_modules/whittle-runtime'))).brotli;
});
afterAll(() => rm(folder, { recursive: true }));

const file = encodeWhittle(initialCheckpoint({ dataset: 'mnist', model: 'mlp:8', seed: 7 }));

test('the example of the README runs in Node and says what the source says', async () => {
  const readme = await readFile(join(folder, 'node_modules/whittle-runtime/README.md'), 'utf8');
  const [, example = ''] = /```js\n(.*?)```/s.exec(readme) ?? [];
  const url = `data:application/octet-stream;base64,${Buffer.from(file).toString('base64')}`;
  const script = join(folder, 'example.mjs');
  await writeFile(script, `const url = ${JSON.stringify(url)};\n${example}`);
  const printed = execFileSync(process.execPath, [script], { encoding: 'utf8' });
  const logits = (await load(file)).predict(new Float32Array(784));
  const digit = logits.indexOf(Math.max(...logits));
  expect(printed.trim()).toBe(`[ 28, 28, 1 ] ${String(digit)}`);
});

test('with its short names it computes what the source does, to the bit', async () => {
  const path = join(folder, 'node_modules/whittle-runtime/index.js');
  const built = (await import(pathToFileURL(path).href)) as { load: typeof declared };
  const property = fc.asyncProperty(network, fc.nat(), async (checkpoint, seed) => {
    const inputs = Float32Array.from(batchOf(checkpoint.architecture, 2, seed).inputs);
    const packed = encodeWhittle(checkpoint);
    const [source, short] = await Promise.all([load(packed), built.load(packed)]);
    expect(short.predict(inputs)).toEqual(source.predict(inputs));
    const { predict: _one, ...facts } = source;
    const { predict: _other, ...same } = short;
    expect(same).toEqual(facts);
  });
  await fc.assert(property, { numRuns: 100 });
  const refused = await built.load(file.slice(0, -1)).catch((error: unknown) => error);
  expect(refused).toMatchObject({ problem: { code: 'badWhittleFile' } });
});

test('the package’s types are those of the source', () => {
  const typed: typeof declared = load;
  expect(typed).toBe(load);
});

test('the module is as small as docs/runtime.md says, and makes no code of texts', async () => {
  const code = await readFile(join(folder, 'node_modules/whittle-runtime/index.js'), 'utf8');
  expect(code).not.toMatch(/\beval\b|new Function|Function\(/);
  expect(code).not.toMatch(/^import/m);
  expect(bytes).toBeLessThanOrEqual(12_000);
});
