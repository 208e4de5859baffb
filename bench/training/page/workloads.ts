import type { Architecture } from '../../../src/experiment/architecture';
import { seen, type Batch } from '../../../src/experiment/dataset';
import { randomOf } from '../../../src/experiment/random';
import {
  LENET_300_100,
  LENET_5,
  networkOf,
  pruned,
  sketch,
  roundEach,
} from '../../../src/engine/testing/networks';
import type { Network, Rounding, Roundings } from '../../../src/engine/trainer';
import { withSteps } from '../../../src/techniques/quantize/learned-steps';
import type { OptimizerKind } from './protocol';

export interface Workload {
  readonly network: Network;
  readonly batches: readonly Batch[];
  readonly optimizer: OptimizerKind;
  readonly learningRate: number;
  /** Whittle's own: kernels rounded while they train. */
  readonly roundings: Roundings | null;
}

/** Adam's is the task's; the others move the loss enough within five steps to tell them apart. */
const LEARNING_RATES: Readonly<Record<OptimizerKind, number>> = {
  adam: 1e-3,
  momentum: 1e-2,
  sgd: 3e-2,
};

const SEED = 7;
const BATCH = 128;
/** Pictures differ from step to step; how many there are costs nothing but memory. */
const BATCHES = 5;
const TEST_EXAMPLES = 10_000;
const TEST_CHUNK = 1_024;
const PICTURE = [28, 28, 1];

/** 784 inputs, two hidden layers of ReLU, ten classes. */
function perceptron(first: number, second: number): Architecture {
  return sketch(PICTURE, [
    { type: 'flatten' },
    { type: 'dense', units: first, activation: 'relu' },
    { type: 'dense', units: second, activation: 'relu' },
    { type: 'dense', units: 10 },
  ]);
}

/** LeCun et al. 1998, with ReLU. */
const LENET_5_CLASSIC = sketch(PICTURE, [
  { type: 'conv', filters: 6, kernel: 5, padding: 'same', activation: 'relu' },
  { type: 'avgpool', size: 2 },
  { type: 'conv', filters: 16, kernel: 5, activation: 'relu' },
  { type: 'avgpool', size: 2 },
  { type: 'flatten' },
  { type: 'dense', units: 120, activation: 'relu' },
  { type: 'dense', units: 84, activation: 'relu' },
  { type: 'dense', units: 10 },
]);

const TOY = sketch(
  [2],
  [
    { type: 'dense', units: 4, activation: 'tanh' },
    { type: 'dense', units: 2, activation: 'tanh' },
    { type: 'dense', units: 1 },
  ],
  'regression',
);

const roundedTo = (scheme: Rounding['scheme']) =>
  roundEach(LENET_300_100, [{ scheme, bits: 4, granularity: 'channel', group: 0 }]);
const FITTED = roundedTo('symmetric');
const LEARNED = roundedTo('learned');

const NETWORKS: Readonly<Record<string, () => Network>> = {
  'lenet-300-100': () => networkOf(LENET_300_100, SEED),
  'lenet-300-100-pruned': () => pruned(networkOf(LENET_300_100, SEED), 0.9, SEED),
  'lenet-300-100-pruned-4-bits': () => pruned(networkOf(LENET_300_100, SEED), 0.9, SEED),
  'lenet-300-100-pruned-learned': () =>
    withSteps(pruned(networkOf(LENET_300_100, SEED), 0.9, SEED), LEARNED),
  'lenet-5-classic': () => networkOf(LENET_5_CLASSIC, SEED),
  'lenet-5': () => networkOf(LENET_5, SEED),
};

/** The same weights and batches for everybody who asks: a name above, `toy`, or `mlp-<hidden units>`. */
export function workloadOf(id: string, optimizer?: OptimizerKind): Workload {
  if (id === 'toy') {
    const kind = optimizer ?? 'sgd';
    return {
      network: networkOf(TOY, SEED),
      batches: Array.from({ length: 25 }, (_, i) => batchOf(TOY, 10, i)),
      optimizer: kind,
      learningRate: LEARNING_RATES[kind],
      roundings: null,
    };
  }
  const hidden = Number(/^mlp-(\d+)$/.exec(id)?.[1]);
  const network = NETWORKS[id]?.() ?? networkOf(perceptron(hidden, hidden), SEED);
  const kind = optimizer ?? 'adam';
  return {
    network,
    batches: Array.from({ length: BATCHES }, (_, i) => batchOf(network.architecture, BATCH, i)),
    optimizer: kind,
    learningRate: LEARNING_RATES[kind],
    roundings: id.endsWith('-4-bits') ? FITTED : id.endsWith('-learned') ? LEARNED : null,
  };
}

/** A test set's examples in chunks, the last a smaller one. */
export function testChunks(architecture: Architecture): readonly Batch[] {
  const chunks = Math.ceil(TEST_EXAMPLES / TEST_CHUNK);
  return Array.from({ length: chunks }, (_, i) =>
    batchOf(architecture, Math.min(TEST_CHUNK, TEST_EXAMPLES - i * TEST_CHUNK), i),
  );
}

/** Bytes before the pictures of an IDX file. */
const IDX_HEADER = 16;

/** MNIST's test set, as `serve.mjs` hands it out. */
export async function mnistChunks(): Promise<readonly Batch[]> {
  const response = await fetch('/mnist-test');
  const images = new Uint8Array(await response.arrayBuffer(), IDX_HEADER);
  const pixels = images.length / TEST_EXAMPLES;
  return Array.from({ length: Math.ceil(TEST_EXAMPLES / TEST_CHUNK) }, (_, i): Batch => {
    const part = images.subarray(i * TEST_CHUNK * pixels, (i + 1) * TEST_CHUNK * pixels);
    return {
      count: part.length / pixels,
      inputs: seen(part),
      labels: new Int32Array(0),
      targets: new Float32Array(0),
    };
  });
}

/** Random pictures with random labels, or points with a product to learn. */
function batchOf({ input, outputs, task }: Architecture, count: number, seed: number): Batch {
  const random = randomOf(seed);
  const size = input.reduce((product, side) => product * side, 1);
  if (task === 'classification') {
    return {
      count,
      inputs: Float32Array.from({ length: count * size }, () => random.uniform()),
      labels: Int32Array.from({ length: count }, () => random.below(outputs)),
      targets: new Float32Array(0),
    };
  }
  const inputs = Float32Array.from({ length: count * size }, () => random.normal());
  const targets = Float32Array.from({ length: count }, (_, i) =>
    inputs.subarray(i * size, (i + 1) * size).reduce((product, value) => product * value, 1),
  );
  return { count, inputs, labels: new Int32Array(0), targets };
}

export function parametersOf({ parameters }: Network): number {
  return Object.values(parameters).reduce((sum, { values }) => sum + values.length, 0);
}

/**
 * Floating-point operations of a step: a multiplication and an addition for each weight's use in the forward
 * pass, in the weights' gradients, and in the inputs' of all layers but the first that has weights.
 */
export function flopsOf({ layers }: Architecture, batch: number): number {
  const uses = layers.flatMap((layer) => {
    const places = layer.output.reduce((product, side) => product * side, 1);
    if (layer.type === 'dense') return [places * (layer.input[0] ?? 0)];
    if (layer.type === 'conv') return [places * layer.kernel ** 2 * (layer.input[2] ?? 0)];
    return [];
  });
  const all = uses.reduce((sum, each) => sum + each, 0);
  return 2 * batch * (3 * all - (uses[0] ?? 0));
}
