import { backend as currentBackend } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { createEngine } from '../../../src/engine/engine';
import {
  denseNetworks,
  distillations,
  furthest,
  isSmooth,
  pictureNetworks,
  roundings,
} from '../../../src/engine/testing/agreement';
import {
  batchOf,
  LENET_300_100,
  LENET_5,
  networkOf,
  PLAIN,
  pruned,
  roundEach,
  sketch,
  taught,
} from '../../../src/engine/testing/networks';
import type { Engine } from '../../../src/engine/trainer';
import type { Batch } from '../../../src/experiment/dataset';
import { withSteps } from '../../../src/techniques/quantize/learned-steps';
import { quantize } from '../../../src/techniques/quantize/quantize';
import { quantizeSpec } from '../../../src/techniques/quantize/spec';
import { checkpointOf } from '../../../src/techniques/testing/networks';
import { OPTIMIZERS } from '../../../src/techniques/train/spec';
import { toProblem } from '../../../src/experiment/problem';
import type { Answers, Question } from './questions';

const ITERATIONS = 30;
const AGREEING = 24;
const WASM = { wasmBase: '/tfjs/' };

/** Every layer type and activation, on small pictures. */
const EVERYTHING = sketch(
  [9, 9, 2],
  [
    { type: 'conv', filters: 4, kernel: 3, padding: 'same', activation: 'gelu' },
    { type: 'batchnorm' },
    { type: 'maxpool', size: 2 },
    { type: 'conv', filters: 3, kernel: 2, stride: 2, padding: 'same', activation: 'leaky' },
    { type: 'avgpool', size: 2, stride: 1 },
    { type: 'flatten' },
    { type: 'dense', units: 7, activation: 'tanh' },
    { type: 'dropout', rate: 0.2 },
    { type: 'dense', units: 6, activation: 'sigmoid' },
    { type: 'dense', units: 6, activation: 'relu' },
    { type: 'dense', units: 4 },
  ],
);
const DENSE = sketch(
  [9],
  [
    { type: 'dense', units: 20, activation: 'tanh' },
    { type: 'dense', units: 3 },
  ],
);
const LITTLE = sketch([5], [{ type: 'dense', units: 3 }]);
const OBJECTIVE = { ...PLAIN, optimizer: 'adam', l2: 1e-3, labelSmoothing: 0.1, clip: 1 } as const;

const answers: { [Name in keyof Answers]: (engine: Engine) => Promise<Answers[Name]> } = {
  train: async (engine) => {
    const network = networkOf(EVERYTHING, 1);
    const { gradients } = await engine.gradients(network, OBJECTIVE, batchOf(EVERYTHING, 12, 2));
    const trainer = await engine.train(network, OBJECTIVE, null);
    const losses: number[] = [];
    const tensors: number[] = [];
    for (let i = 0; i < ITERATIONS; i++) {
      losses.push(await trainer.step(batchOf(EVERYTHING, 12, i), 0.01, i));
      tensors.push(engine.tensorCount());
    }
    const { parameters } = await trainer.read();
    return {
      threads: engine.threads,
      gradients: numbers(gradients, (values) => values),
      losses,
      tensors,
      parameters: numbers(parameters, ({ values }) => values),
    };
  },

  // Large enough for threads to share every layer's work.
  lenet: async (engine) => {
    const trainer = await engine.train(networkOf(LENET_5, 1), OBJECTIVE, null);
    for (let i = 0; i < 3; i++) await trainer.step(batchOf(LENET_5, 64, i), 0.001, i);
    const { parameters } = await trainer.read();
    const values = new Blob(Object.values(parameters).map((each) => each.values.slice()));
    const digest = await crypto.subtle.digest('SHA-256', await values.arrayBuffer());
    return { threads: engine.threads, digest: String(new Uint8Array(digest)) };
  },

  agree: async (engine) => {
    const oracle = await createEngine('cpu', WASM);
    const networks = fc.oneof(denseNetworks, pictureNetworks);
    // One example has no variance to normalize by.
    const counts = fc.oneof(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 33, max: 70 }));
    const property = fc.asyncProperty(
      networks,
      counts,
      roundings,
      distillations,
      fc.nat(),
      async (architecture, count, ways, distillation, part) => {
        const sparse = pruned(networkOf(architecture, 3), 0.3, 2);
        const rounded = isSmooth(architecture) && ways ? roundEach(architecture, ways) : null;
        const objective = {
          ...{ ...OBJECTIVE, distillation, roundings: rounded },
          // Of three networks one has layers that stay as they are.
          frozen: part % 3 === 0 ? part % architecture.layers.length : 0,
        };
        const network = withSteps(sparse, rounded ?? {});
        const floats = taught(batchOf(architecture, count, 5), architecture.outputs, 6);
        // As floats, as grey values, or as pictures of a set.
        const batch = [floats, grey(floats), fromStore(grey(floats))][count % 3] ?? floats;
        const ask = async (from: Engine) => {
          const { loss, gradients } = await from.gradients(network, objective, batch);
          const trainer = await from.train(network, objective, null);
          const outputs = await trainer.predict(batch);
          trainer.dispose();
          return { loss: Float32Array.of(loss), outputs, ...gradients };
        };
        const { name, distance } = furthest(await ask(engine), await ask(oracle));
        if (!(distance < 1e-4)) throw new Error(`${name} is ${String(distance)} off`);
      },
    );
    const shared = await sharing(engine, oracle);
    if (shared !== null) return { networks: 0, failure: shared };
    const { failed, numRuns, counterexample, errorInstance } = await fc.check(property, {
      numRuns: AGREEING,
      seed: 1,
    });
    if (failed) {
      const failure = `${String(errorInstance)}: ${JSON.stringify(counterexample)}`;
      return { networks: numRuns, failure };
    }
    return { networks: numRuns, failure: await disagreement(engine, oracle) };
  },

  traffic: async (engine) => {
    const trainer = await engine.train(networkOf(LENET_300_100, 1), OBJECTIVE, null);
    const batch = fromStore(grey(batchOf(LENET_300_100, 16, 0)));
    await trainer.step(batch, 0.001, 0);
    const dispatches = summed(GPUComputePassEncoder.prototype, 'dispatchWorkgroups');
    const reads = summed(GPUBuffer.prototype, 'mapAsync');
    const bytes = summed(GPUQueue.prototype, 'writeBuffer', (given) => Number(given[4]));
    const steps = Array.from({ length: 8 }, (_, i) => trainer.step(batch, 0.001, i));
    await Promise.all(steps);
    const iterations = steps.length;
    return { iterations, dispatches: dispatches(), reads: reads(), bytes: bytes() };
  },

  lose: async (engine) => {
    const batch = batchOf(LITTLE, 12, 2);
    const trainer = await engine.train(networkOf(LITTLE, 1), OBJECTIVE, null);
    await trainer.step(batch, 0.01, 0);
    loseDevice();
    const reason = await engine.lost;
    const code = await trainer.step(batch, 0.01, 1).then(
      () => 'none',
      (error: unknown) => toProblem(error).code,
    );
    trainer.dispose();
    const next = await createEngine(engine.backend, WASM);
    const second = await next.train(networkOf(LITTLE, 1), OBJECTIVE, null);
    return { reason, code, again: await second.step(batch, 0.01, 0) };
  },
};

/** The first optimizer that does not descend as the other engine's does, with masks and penalties. */
async function disagreement(engine: Engine, oracle: Engine): Promise<string | null> {
  const network = pruned(networkOf(DENSE, 1), 0.4, 2);
  for (const optimizer of OPTIMIZERS) {
    const objective = { ...OBJECTIVE, l1: 1e-3, clip: 0.2, rates: { dense1: 0.25 }, optimizer };
    const descend = async (from: Engine) => {
      const trainer = await from.train(network, objective, null);
      const underWay: Promise<number>[] = [];
      for (let i = 0; i < 5; i++) {
        const loss = trainer.step(batchOf(DENSE, 12, i), 0.01, i);
        underWay.push(loss);
        if (from.ahead === 1) await loss;
      }
      const losses = await Promise.all(underWay);
      const { parameters, optimizer: state } = await trainer.read();
      trainer.dispose();
      const values = Object.entries(parameters).map(([name, each]) => [name, each.values] as const);
      const slots = Object.entries(state?.slots ?? {});
      return { losses: Float32Array.from(losses), ...Object.fromEntries([...values, ...slots]) };
    };
    const { name, distance } = furthest(await descend(engine), await descend(oracle));
    if (!(distance < 1e-4)) return `${optimizer}: ${name} is ${String(distance)} off`;
  }
  return null;
}

/** Where the gradients of weights on the levels of codebooks differ; null where they do not. */
async function sharing(engine: Engine, oracle: Engine): Promise<string | null> {
  for (const granularity of ['tensor', 'channel']) {
    const options = quantizeSpec.options.parse({ scheme: 'codebook', bits: 2, granularity });
    const sparse = pruned(networkOf(EVERYTHING, 1), 0.4, 2);
    const network = quantize({ ...checkpointOf(EVERYTHING, 1), ...sparse }, options);
    const objective = { ...OBJECTIVE, shares: true };
    const batch = batchOf(EVERYTHING, 6, 3);
    const ask = async (from: Engine) => (await from.gradients(network, objective, batch)).gradients;
    const { name, distance } = furthest(await ask(engine), await ask(oracle));
    if (!(distance < 1e-4)) return `${granularity}: ${name} is ${String(distance)} off`;
  }
  return null;
}

/** Adds up what the calls of a method weigh from now on. */
function summed(
  owner: object,
  name: string,
  weigh: (given: readonly unknown[]) => number = () => 1,
): () => number {
  let sum = 0;
  const real = Object.getOwnPropertyDescriptor(owner, name)?.value as (
    ...given: unknown[]
  ) => unknown;
  Object.defineProperty(owner, name, {
    value(this: unknown, ...given: unknown[]) {
      sum += weigh(given);
      return real.apply(this, given);
    },
  });
  return () => sum;
}

/** The batch with grey values for inputs. */
function grey(batch: Batch): Batch {
  return { ...batch, inputs: Uint8Array.from(batch.inputs, (value) => 128 + 60 * value) };
}

/** The batch as the last pictures of a set of two blocks, from the last on. */
function fromStore(batch: Batch): Batch {
  const inputs = Uint8Array.from(batch.inputs);
  const size = inputs.length / batch.count;
  const perBlock = 4 * Math.ceil(batch.count / 8);
  const rows = Uint32Array.from({ length: batch.count }, (_, i) => 2 * perBlock - 1 - i);
  const pictures = new Uint8Array(2 * perBlock * size);
  rows.forEach((row, i) => {
    pictures.set(inputs.subarray(i * size, (i + 1) * size), row * size);
  });
  const blockBytes = perBlock * size;
  const blocks = [pictures.subarray(0, blockBytes), pictures.subarray(blockBytes)];
  return { ...batch, inputs, origin: { store: { blockBytes, blocks }, rows } };
}

/** Devices that were handed out, newest last. */
const devices: GPUDevice[] = [];
if ('gpu' in navigator) {
  const { gpu } = navigator;
  const request = gpu.requestAdapter.bind(gpu);
  gpu.requestAdapter = async (options) => {
    const adapter = await request(options);
    if (adapter === null) return null;
    const open = adapter.requestDevice.bind(adapter);
    adapter.requestDevice = async (descriptor) => {
      const device = await open(descriptor);
      devices.push(device);
      return device;
    };
    return adapter;
  };
}

/** What a driver's reset would do, through the handles that the backends hold. */
function loseDevice(): void {
  const device = devices.at(-1);
  if (device !== undefined) {
    device.destroy();
    return;
  }
  const running = currentBackend();
  if ('gpgpu' in running) {
    const { gl } = running.gpgpu as { gl: WebGL2RenderingContext };
    gl.getExtension('WEBGL_lose_context')?.loseContext();
  }
}

function numbers<Value>(
  values: Readonly<Record<string, Value>>,
  read: (value: Value) => Float32Array,
): Record<string, number[]> {
  return Object.fromEntries(Object.entries(values).map(([name, each]) => [name, [...read(each)]]));
}

async function answer({ name, backend, ...options }: Question): Promise<Answers[keyof Answers]> {
  return answers[name](await createEngine(backend, { ...WASM, ...options }));
}

self.onmessage = ({ data }: MessageEvent<Question>) => {
  answer(data).then(
    (given) => {
      self.postMessage({ answer: given });
    },
    (error: unknown) => {
      self.postMessage({ error: toProblem(error).message });
    },
  );
};
