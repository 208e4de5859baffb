import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveData, type DataServer } from '../data/data-server';
import type { Dataset } from '../data/dataset';
import { openDataset } from '../data/open';
import { decodeOnnx } from '../deploy/onnx/decode-onnx';
import { runOnnx } from '../deploy/onnx/testing/runtime';
import { apart, predict } from '../deploy/onnx/testing/networks';
import type { OnnxFormat } from '../deploy/onnx/writing';
import { createEngine } from '../engine/engine';
import { predictions } from '../engine/metrics';
import type { Engine } from '../engine/trainer';
import type { Checkpoint } from '../experiment/checkpoint';
import { seen, type Batch } from '../experiment/dataset';
import { initialCheckpoint } from '../experiment/model';
import type { Step } from '../experiment/step';
import { withoutGrids } from '../techniques/float-activations';
import { onnxFile } from './onnx-file';
import { applyStep } from './technique';
import { step } from './testing/worker';

const TEST_IMAGES = 10_000;
/** Of the training images, as many as make a network good enough to be compared. */
const TRAINED_ON = 8_000;

let server: DataServer;
let engine: Engine;
let dataset: Dataset;
let images: Batch;
/** `[count, height, width, channels]` */
let pictures: Float32Array;
beforeAll(async () => {
  server = await serveData();
  engine = await createEngine('wasm', { wasmBase: '', threads: 1 });
  const whole = openDataset('mnist', 1, server.baseUrl);
  dataset = { ...whole, train: { ...whole.train, count: TRAINED_ON } };
  images = await whole.test.gather(Uint32Array.from({ length: TEST_IMAGES }, (_, i) => i));
  pictures = seen(images.inputs);
}, 120_000);
afterAll(() => server.close());

function apply(checkpoint: Checkpoint, next: Step): Promise<Checkpoint> {
  return applyStep(next, checkpoint, { engine, dataset });
}

function fileOf(checkpoint: Checkpoint, format: OnnxFormat): Promise<Uint8Array> {
  return onnxFile(checkpoint, { format, metadata: { link: '#' } }, { engine, dataset });
}

const predicted = new WeakMap<Checkpoint, Promise<Float32Array>>();

/** What a network puts out for the whole test set: once for all files that are compared with it. */
function outputsOf(checkpoint: Checkpoint): Promise<Float32Array> {
  const known = predicted.get(checkpoint) ?? predict(engine, checkpoint, images);
  predicted.set(checkpoint, known);
  return known;
}

/** What the whole test set makes of a file, and of the network that it was made of. */
async function compared(checkpoint: Checkpoint, format: OnnxFormat, shown = checkpoint) {
  const file = await fileOf(checkpoint, format);
  const { input, outputs } = checkpoint.architecture;
  const made = await runOnnx(file, pictures, TEST_IMAGES, input);
  const wanted = await outputsOf(shown);
  const [classes, expected] = [predictions(made, outputs), predictions(wanted, outputs)];
  const count = (of: (i: number) => boolean) => images.labels.filter((_, i) => of(i)).length;
  return {
    file,
    apart: apart(made, wanted),
    same: count((i) => classes[i] === expected[i]),
    /** In points of a hundred. */
    accuracies: [classes, expected].map((each) => count((i) => each[i] === images.labels[i]) / 100),
  };
}

describe.each(['lenet-300-100', 'lenet-5-classic'])('the ONNX file of %s, trained', (model) => {
  let trained: Checkpoint;
  let rounded: Checkpoint;
  beforeAll(async () => {
    const start = initialCheckpoint({ dataset: 'mnist', model, seed: 1 });
    trained = await apply(start, step('train', { epochs: 1, batch: 64, lr: 0.002 }));
    rounded = await apply(trained, step('quantize', { bits: 8, target: 'both' }));
  }, 120_000);

  test('in float32 says the same of every test image', async () => {
    const { same, accuracies, ...result } = await compared(trained, 'float32');
    expect(accuracies[1]).toBeGreaterThan(85);
    expect(same).toBeGreaterThanOrEqual(9_999);
    expect(result.apart).toBeLessThan(1e-4);
  });

  test('in float16 says the same of nearly every one, and half of it is there', async () => {
    const { same, file } = await compared(trained, 'float16');
    expect(same).toBeGreaterThanOrEqual(9_950);
    const whole = await fileOf(trained, 'float32');
    expect(file.length / whole.length).toBeCloseTo(0.5, 1);
  });

  test('in int8 says what was shown of the quantized network', async () => {
    const { same, accuracies } = await compared(rounded, 'int8');
    expect(Math.abs(accuracies[0]! - accuracies[1]!)).toBeLessThanOrEqual(0.1);
    expect(same).toBeGreaterThanOrEqual(9_950);
  });

  test('in int8 is quantized on the way where it was not before', async () => {
    const { same, accuracies } = await compared(trained, 'int8', rounded);
    expect(Math.abs(accuracies[0]! - accuracies[1]!)).toBeLessThanOrEqual(0.1);
    expect(same).toBeGreaterThanOrEqual(9_950);
  });

  test.each([
    ['int8weights', { bits: 8 }],
    ['int4weights', { bits: 4, granularity: 'group', group: 32 }],
  ] as const)(
    'in %s says what the network with weights like that does',
    async (format, options) => {
      const shown = await apply(trained, step('quantize', options));
      for (const checkpoint of [shown, trained]) {
        const { same, ...result } = await compared(checkpoint, format, shown);
        expect(same).toBeGreaterThanOrEqual(9_999);
        expect(result.apart).toBeLessThan(1e-4);
      }
    },
  );

  test('comes back with the same predictions, and its grids', async () => {
    const read = decodeOnnx(await fileOf(rounded, 'int8'));
    const { outputs } = read.architecture;
    const classes = predictions(await predict(engine, read, images), outputs);
    const wanted = predictions(await outputsOf(rounded), outputs);
    expect(classes.filter((each, i) => each === wanted[i]).length).toBeGreaterThanOrEqual(9_950);
    expect(read.architecture).toEqual(rounded.architecture);
    expect(withoutGrids(read.architecture)).toEqual(trained.architecture);
    expect(Object.keys(read.quantizers)).toEqual(Object.keys(rounded.quantizers));
  });
});
