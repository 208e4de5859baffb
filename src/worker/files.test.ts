import { beforeAll, describe, expect, test } from 'vitest';
import { unzipTfjs } from '../deploy/tfjs/decode';
import type { Experiment } from '../experiment/experiment';
import type { Requests } from './protocol';
import { memoryStore } from './store';
import { openWorker, small, step, type TestWorker } from './testing/worker';

const store = memoryStore();
let worker: TestWorker;
let result: Requests['run']['result'];
let file: Uint8Array;
beforeAll(async () => {
  worker = openWorker({ store });
  result = await worker.run();
  // The pruned and quantized network at the recipe's end.
  file = await worker.client.request('exportFile', {
    ...{ experiment: small, step: 3, format: 'whittle' },
  });
});

const loading = (id: string, network: string, ...behind: Experiment['recipe']): Experiment => ({
  ...{ dataset: 'circles', model: 'mlp:8', seed: small.seed },
  recipe: [step('load', { file: id, network }), ...behind],
});
const importIn = ({ client }: TestWorker, bytes: Uint8Array, name = 'mine.whittle') =>
  client.request('importFile', { files: [{ name, bytes }] });

describe('a file that was imported', () => {
  test('is the network that it was: the same score, zeros and levels', async () => {
    const { id, network } = await importIn(worker, file);
    expect(network).toBe('net:dense-8');
    const { variants } = await worker.run(loading(id, network));
    const [was, is] = [result.variants.find((each) => each.id === 's3'), variants[0]];
    expect(is?.role).toBe('baseline');
    expect(is?.metrics).toEqual(was?.metrics);
    expect(is?.size).toEqual(was?.size);
  });

  test('says as a baseline what had been done to it before, as far as it holds', async () => {
    const { id, network } = await importIn(worker, file);
    const broughtBy = async (...behind: Experiment['recipe']) =>
      (await worker.run(loading(id, network, ...behind))).variants.map(({ brought }) => brought);
    expect(await broughtBy(step('prune'))).toEqual([['prune', 'quantize'], undefined]);
    // Masks hold while it trains, levels do not.
    expect(await broughtBy(step('train', { epochs: 1, batch: 16 }))).toEqual([
      undefined,
      ['prune'],
    ]);
    expect(result.variants.filter(({ brought }) => brought !== undefined)).toEqual([]);
  });

  test('trains and is compressed like any other', async () => {
    const { id, network } = await importIn(worker, file);
    const { variants } = await worker.run(
      loading(id, network, step('train', { epochs: 1, batch: 16 }), step('prune')),
    );
    expect(variants.map(({ role }) => role)).toEqual(['other', 'baseline', 'pruned']);
  });

  test('is kept: another visit finds it, by the same id, with its name', async () => {
    const { id } = await importIn(worker, file);
    const later = openWorker({ store });
    expect(await later.client.request('fileName', { id })).toBe('mine.whittle');
    expect(await importIn(later, file)).toMatchObject({ id });
    expect((await later.run(loading(id, 'net:dense-8'))).variants).toHaveLength(1);
  });
});

describe('a network that left in another format', () => {
  const exported = (format: 'safetensors' | 'json' | 'onnx' | 'onnx-int8-weights' | 'tfjs') =>
    worker.client.request('exportFile', { experiment: small, step: 3, format });
  const scoreOf = async (id: string, network: string) =>
    (await worker.run(loading(id, network))).variants[0]?.metrics.confusion;
  const was = () => result.variants.find(({ id }) => id === 's3')?.metrics.confusion;

  test('comes back from ONNX, floats and integers, and answers the same', async () => {
    for (const format of ['onnx', 'onnx-int8-weights'] as const) {
      const { id, network } = await importIn(worker, await exported(format), 'mine.onnx');
      expect(network).toBe('net:dense-8');
      expect(await scoreOf(id, network)).toEqual(was());
    }
  });

  test('comes back from safetensors, which its first bytes tell', async () => {
    const { id, network } = await importIn(worker, await exported('safetensors'), 'mine');
    expect(network).toBe('net:dense-8');
    expect(await scoreOf(id, network)).toEqual(was());
  });

  test('comes back from TensorFlow.js, as a zip or as its two files', async () => {
    const zip = await exported('tfjs');
    const { id, network } = await importIn(worker, zip, 'mine.zip');
    expect(await scoreOf(id, network)).toEqual(was());
    const { model, weights } = unzipTfjs(zip);
    const files = [
      { name: 'weights.bin', bytes: weights },
      { name: 'model.json', bytes: new TextEncoder().encode(model) },
    ];
    expect((await worker.client.request('importFile', { files })).id).toBe(id);
    // Weights that begin as the header of a safetensors file might are weights all the same.
    const pruned = weights.slice();
    pruned.set([0, 0, 0, 0, 0, 0, 0, 0, '{'.charCodeAt(0)]);
    const beside = { files: [{ name: 'weights.bin', bytes: pruned }, ...files.slice(1)] };
    expect((await worker.client.request('importFile', beside)).network).toBe(network);
    const alone = worker.client.request('importFile', { files: files.slice(1) });
    await expect(alone).rejects.toMatchObject({ problem: { code: 'weightsMissing' } });
    const plain = importIn(worker, await exported('json'), 's3.json');
    await expect(plain).rejects.toMatchObject({ problem: { code: 'unknownFile' } });
  });
});

describe('what cannot be loaded is told', () => {
  test('a file that is not in this browser, at the step', async () => {
    const elsewhere = openWorker();
    expect(await elsewhere.client.request('fileName', { id: '0123abcd-9z' })).toBeNull();
    await expect(elsewhere.run(loading('0123abcd-9z', 'net:dense-8'))).rejects.toMatchObject({
      problem: { code: 'fileNotHere', at: 'step.0.file' },
    });
  });

  test('a network of other inputs', async () => {
    const { id, network } = await importIn(worker, file);
    const experiment = { ...loading(id, network), dataset: 'linear' };
    await expect(worker.run(experiment)).rejects.toMatchObject({
      problem: { code: 'fileUnfit', params: { is: '2 → 2 classes', wanted: '10 → 1 numbers' } },
    });
  });

  test('no network at all, and a truncated one; nothing is kept of them', async () => {
    const bytes = new TextEncoder().encode('not a network');
    await expect(importIn(worker, bytes, 'notes.txt')).rejects.toMatchObject({
      problem: { code: 'unknownFile', params: { name: 'notes.txt' } },
    });
    const header = Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0, ...new TextEncoder().encode('{}'));
    await expect(importIn(worker, header, 'empty.safetensors')).rejects.toMatchObject({
      problem: { code: 'badSafetensors' },
    });
    const before = await store.list('file/');
    await expect(importIn(worker, file.subarray(0, 40))).rejects.toMatchObject({
      problem: { code: 'badWhittleFile' },
    });
    expect(await store.list('file/')).toHaveLength(before.length);
  });
});
