import type {
  Activation,
  ActivationGrid,
  Architecture,
  Layer,
  Padding,
  Shape,
} from '../../experiment/architecture';
import type { Parameter, ParameterRole } from '../../experiment/checkpoint';
import type { Batch } from '../../experiment/dataset';
import { layerParameters } from '../../experiment/parameters';
import { randomOf } from '../../experiment/random';
import type { Network, Objective, Rounding, Roundings } from '../trainer';

/** A layer as a test writes it; names and shapes follow from the order. */
export type LayerSketch =
  | { readonly type: 'dense'; readonly units: number; readonly activation?: Activation }
  | {
      readonly type: 'conv';
      readonly filters: number;
      readonly kernel: number;
      readonly stride?: number;
      readonly padding?: Padding;
      readonly activation?: Activation;
    }
  | { readonly type: 'maxpool' | 'avgpool'; readonly size: number; readonly stride?: number }
  | { readonly type: 'batchnorm' | 'flatten' }
  | ({ readonly type: 'quantize' } & ActivationGrid)
  | { readonly type: 'dropout'; readonly rate: number };

/** An architecture without the checks of the real one, independent of how links spell networks. */
export function sketch(
  input: Shape,
  sketches: readonly LayerSketch[],
  task: Architecture['task'] = 'classification',
): Architecture {
  let shape = input;
  const layers = sketches.map((each, index): Layer => {
    const layer = complete(each, `${each.type}${String(index + 1)}`, shape);
    shape = layer.output;
    return layer;
  });
  return { task, input, outputs: shape[0] ?? 0, layers };
}

function complete(each: LayerSketch, name: string, input: Shape): Layer {
  const [height = 1, width = 1, channels = 1] = input;
  const initializer = 'he';
  switch (each.type) {
    case 'dense': {
      const activation = each.activation ?? 'none';
      return { ...each, name, input, output: [each.units], activation, initializer };
    }
    case 'conv': {
      const { stride = 1, padding = 'valid', activation = 'none', kernel, filters } = each;
      const side = (length: number) =>
        padding === 'same'
          ? Math.ceil(length / stride)
          : Math.floor((length - kernel) / stride) + 1;
      const output = [side(height), side(width), filters];
      return { ...each, name, input, output, stride, padding, activation, initializer };
    }
    case 'maxpool':
    case 'avgpool': {
      const { size, stride = size } = each;
      const side = (length: number) => Math.floor((length - size) / stride) + 1;
      return { ...each, name, input, output: [side(height), side(width), channels], stride };
    }
    case 'flatten':
      return { ...each, name, input, output: [height * width * channels] };
    case 'batchnorm':
    case 'quantize':
    case 'dropout':
      return { ...each, name, input, output: input };
  }
}

/** A network with normal parameters of standard deviation about 1/√fanIn. */
export function networkOf(architecture: Architecture, seed: number): Network {
  const random = randomOf(seed);
  const parameters: Record<string, Parameter> = {};
  const put = (name: string, role: ParameterRole, shape: Shape, value: () => number) => {
    const size = shape.reduce((product, side) => product * side, 1);
    const values = Float32Array.from({ length: size }, value);
    parameters[`${name}.${role}`] = { role, shape, values };
  };
  for (const layer of architecture.layers) {
    const channels = layer.input.at(-1) ?? 1;
    if (layer.type === 'dense' || layer.type === 'conv') {
      const fanIn =
        layer.type === 'dense'
          ? layer.input.reduce((product, side) => product * side, 1)
          : layer.kernel * layer.kernel * channels;
      const outputs = layer.output.at(-1) ?? 1;
      const shape =
        layer.type === 'dense' ? [fanIn, outputs] : [layer.kernel, layer.kernel, channels, outputs];
      put(layer.name, 'kernel', shape, () => random.normal() / Math.sqrt(fanIn));
      put(layer.name, 'bias', [outputs], () => 0.1 * random.normal());
    } else if (layer.type === 'batchnorm') {
      put(layer.name, 'scale', [channels], () => 1 + 0.1 * random.normal());
      put(layer.name, 'shift', [channels], () => 0.1 * random.normal());
      put(layer.name, 'mean', [channels], () => 0.1 * random.normal());
      put(layer.name, 'variance', [channels], () => 0.5 + random.uniform());
    }
  }
  return { architecture, parameters, masks: {} };
}

/** Random inputs with random labels or targets. */
export function batchOf(architecture: Architecture, count: number, seed: number): Batch {
  const random = randomOf(seed);
  const inputs = architecture.input.reduce((product, side) => product * side, count);
  const classes = architecture.task === 'classification';
  const { outputs } = architecture;
  return {
    count,
    inputs: Float32Array.from({ length: inputs }, () => random.normal()),
    labels: Int32Array.from({ length: classes ? count : 0 }, () => random.below(outputs)),
    targets: Float32Array.from({ length: classes ? 0 : count * outputs }, () => random.normal()),
  };
}

/** The batch with what a teacher says of it: logits about as far apart as those of a trained network. */
export function taught(batch: Batch, outputs: number, seed: number): Batch {
  const random = randomOf(seed);
  const length = batch.count * outputs;
  return { ...batch, teacher: Float32Array.from({ length }, () => 4 * random.normal()) };
}

/** Every `1/share`-th weight of each kernel pruned, at random. */
export function pruned(network: Network, share: number, seed: number): Network {
  const random = randomOf(seed);
  const masks = Object.fromEntries(
    Object.entries(network.parameters)
      .filter(([, { role }]) => role === 'kernel')
      .map(([name, { values }]) => [
        name,
        Uint8Array.from(values, () => (random.uniform() < share ? 0 : 1)),
      ]),
  );
  return { ...network, masks };
}

export const PLAIN: Objective = {
  loss: 'crossentropy',
  optimizer: 'sgd',
  momentum: 0.9,
  decay: 0.01,
  l1: 0,
  l2: 0,
  clip: 0,
  labelSmoothing: 0,
  distillation: null,
  roundings: null,
  shares: false,
  frozen: 0,
  rates: {},
};

/** A network's kernels rounded in these ways, in turns. */
export function roundEach({ layers }: Architecture, ways: readonly Rounding[]): Roundings {
  const kernels = layers.flatMap(layerParameters).filter(({ role }) => role === 'kernel');
  return Object.fromEntries(
    kernels.flatMap(({ name }, i) => {
      const way = ways[i % ways.length];
      return way === undefined ? [] : [[name, way]];
    }),
  );
}

const DIGIT = [28, 28, 1];

export const LENET_300_100 = sketch(DIGIT, [
  { type: 'flatten' },
  { type: 'dense', units: 300, activation: 'relu' },
  { type: 'dense', units: 100, activation: 'relu' },
  { type: 'dense', units: 10 },
]);

/** Caffe's, with ReLU after every layer but the last. */
export const LENET_5 = sketch(DIGIT, [
  { type: 'conv', filters: 20, kernel: 5, activation: 'relu' },
  { type: 'maxpool', size: 2 },
  { type: 'conv', filters: 50, kernel: 5, activation: 'relu' },
  { type: 'maxpool', size: 2 },
  { type: 'flatten' },
  { type: 'dense', units: 500, activation: 'relu' },
  { type: 'dense', units: 10 },
]);
