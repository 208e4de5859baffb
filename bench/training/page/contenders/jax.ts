import {
  blockUntilReady,
  defaultDevice,
  init,
  jit,
  lax,
  nn,
  numpy as np,
  tree,
  valueAndGrad,
} from '@jax-js/jax';
import type {
  Activation,
  Architecture,
  Layer,
  Shape,
} from '../../../../src/experiment/architecture';
import type { Parameter } from '../../../../src/experiment/checkpoint';
import type { Batch } from '../../../../src/experiment/dataset';
import { targetsOf } from '../../../../src/experiment/dataset';
import type { Workload } from '../workloads';
import type { Contender } from './contender';

type Parameters = Record<string, np.Array>;
// An alias, since an interface is no tree to jax-js's types.
// eslint-disable-next-line @typescript-eslint/consistent-type-definitions
type State = {
  parameters: Parameters;
  /** Adam's moments. */
  first: Parameters;
  second: Parameters;
  /** β₁ᵗ and β₂ᵗ, scalars. */
  powers: np.Array[];
};

const BETAS = [0.9, 0.999] as const;
const EPSILON = 1e-8;

/**
 * jax-js with the whole step (loss, gradients, update) in one `jit`. `async` reads the loss as its README
 * advises, which shares the work among threads; `sync` computes on the calling thread alone.
 */
export async function startJax(
  device: 'wasm' | 'webgpu',
  way: 'async' | 'sync',
  workload: Workload,
): Promise<Contender> {
  const devices = await init(device);
  if (!devices.includes(device)) throw new Error(`jax-js has no ${device} here.`);
  defaultDevice(device);
  const { architecture } = workload.network;
  const { outputs } = architecture;
  const step = jit(stepOf(workload));
  let state = initialState(workload);
  return {
    threads: device === 'webgpu' ? null : way === 'sync' ? 1 : navigator.hardwareConcurrency,
    optimizer: workload.optimizer,
    step: (batch) => {
      const targets = np.array(targetsOf(batch, outputs), { shape: [batch.count, outputs] });
      const after = step(state, inputsOf(architecture, batch), targets);
      ({ state } = after);
      return way === 'sync' ? after.loss.item() : after.loss.data().then(first);
    },
    settle: async () => {
      if (way === 'async') await blockUntilReady(state);
    },
  };
}

function first(values: ArrayLike<number>): number {
  return values[0] ?? NaN;
}

/** `[count, channels, height, width]`, which is the order of one channel's picture, or `[count, features]`. */
function inputsOf({ input }: Architecture, { count, inputs }: Batch): np.Array {
  const [height, width, channels] = input;
  const shape =
    height !== undefined && width !== undefined && channels !== undefined
      ? [count, channels, height, width]
      : [count, ...input];
  return np.array(inputs, { shape });
}

function initialState({ network }: Workload): State {
  const { parameters, architecture } = network;
  const make = (
    value: (parameter: Parameter, layer: Layer | undefined, before: Layer | undefined) => np.Array,
  ) =>
    Object.fromEntries(
      Object.entries(parameters).map(([name, parameter]) => {
        const index = architecture.layers.findIndex((layer) => name.startsWith(`${layer.name}.`));
        return [
          name,
          value(parameter, architecture.layers[index], architecture.layers[index - 1]),
        ] as const;
      }),
    );
  const zeros = () =>
    make((parameter, layer, before) => np.zerosLike(arrange(parameter, layer, before)));
  return {
    parameters: make(arrange),
    first: zeros(),
    second: zeros(),
    powers: [np.array([1]).reshape([]), np.array([1]).reshape([])],
  };
}

/** A parameter in the order that channels before rows ask for. */
function arrange(
  { values, shape, role }: Parameter,
  layer: Layer | undefined,
  before: Layer | undefined,
): np.Array {
  const [units = 1] = shape.slice(-1);
  if (layer?.type === 'conv') {
    return role === 'kernel'
      ? transposed(values, shape, [3, 2, 0, 1])
      : np.array(values, { shape: [units, 1, 1] });
  }
  const [height, width, channels] = before?.type === 'flatten' ? before.input : [];
  if (role !== 'kernel' || height === undefined || width === undefined || channels === undefined) {
    return np.array(values, { shape: [...shape] });
  }
  const places = transposed(values, [height, width, channels, units], [2, 0, 1, 3]);
  return places.reshape([...shape]);
}

/** In memory as it will be read, which a view is not. */
function transposed(values: Float32Array, shape: Shape, order: number[]): np.Array {
  const view = np.array(values, { shape: [...shape], device: 'cpu' }).transpose(order);
  const to = view.shape;
  return np.array(view.dataSync(), { shape: to });
}

function stepOf(workload: Workload) {
  const { learningRate, optimizer } = workload;
  const lossOf = lossFunction(workload.network.architecture);
  return (state: State, inputs: np.Array, targets: np.Array) => {
    const [loss, gradients] = valueAndGrad(lossOf)(tree.ref(state.parameters), inputs, targets);
    const update = optimizer === 'adam' ? adam : descend;
    return { loss, state: update(state, gradients, learningRate) };
  };
}

function lossFunction({ layers, task }: Architecture) {
  return (parameters: Parameters, inputs: np.Array, targets: np.Array): np.Array => {
    const count = inputs.shape[0] ?? 1;
    const outputs = layers.reduce((values, layer) => apply(layer, values, parameters), inputs);
    return task === 'classification'
      ? nn
          .logSoftmax(outputs)
          .mul(targets)
          .sum()
          .mul(-1 / count)
      : np.square(outputs.sub(targets)).mean();
  };
}

function apply(layer: Layer, values: np.Array, parameters: Parameters): np.Array {
  const parameter = (role: string): np.Array => {
    const found = parameters[`${layer.name}.${role}`];
    if (found === undefined) throw new Error(`${layer.name} has no ${role}.`);
    return found;
  };
  switch (layer.type) {
    case 'flatten':
      return values.reshape([-1, layer.output[0] ?? 0]);
    case 'dense':
      return activate(layer.activation, np.dot(values, parameter('kernel')).add(parameter('bias')));
    case 'conv': {
      const padding = layer.padding === 'same' ? 'SAME' : 'VALID';
      const sums = lax.conv(values, parameter('kernel'), [layer.stride, layer.stride], padding);
      return activate(layer.activation, sums.add(parameter('bias')));
    }
    case 'maxpool':
    case 'avgpool': {
      const reduce = layer.type === 'maxpool' ? np.max : np.mean;
      const window = [layer.size, layer.size];
      return lax.reduceWindow(values, (each) => reduce(each), window, [layer.stride, layer.stride]);
    }
    case 'batchnorm':
    case 'dropout':
    case 'quantize':
      throw new Error(`No workload has a layer of type ${layer.type}.`);
  }
}

function activate(activation: Activation, values: np.Array): np.Array {
  switch (activation) {
    case 'relu':
      return nn.relu(values);
    case 'tanh':
      return np.tanh(values);
    case 'none':
      return values;
    case 'leaky':
    case 'sigmoid':
    case 'gelu':
      throw new Error(`No workload has ${activation}.`);
  }
}

function descend(state: State, gradients: Parameters, learningRate: number): State {
  const parameters = mapped(state.parameters, (value, name) =>
    value.sub(of(gradients, name).mul(learningRate)),
  );
  return { ...state, parameters };
}

/** Kingma & Ba 2015. */
function adam(state: State, gradients: Parameters, learningRate: number): State {
  const [beta1, beta2] = BETAS;
  const [power1 = np.array([1]), power2 = np.array([1])] = state.powers.map((power, i) =>
    power.mul(BETAS[i] ?? 1),
  );
  const firstMoments = mapped(state.first, (moment, name) =>
    moment.mul(beta1).add(of(gradients, name).ref.mul(1 - beta1)),
  );
  const secondMoments = mapped(state.second, (moment, name) =>
    moment.mul(beta2).add(np.square(of(gradients, name)).mul(1 - beta2)),
  );
  const rate = np.array(learningRate).div(np.subtract(1, power1.ref));
  const scale = np.reciprocal(np.subtract(1, power2.ref));
  const parameters = mapped(state.parameters, (value, name) => {
    const deviation = np.sqrt(of(secondMoments, name).ref.mul(scale.ref)).add(EPSILON);
    return value.sub(of(firstMoments, name).ref.mul(rate.ref).div(deviation));
  });
  rate.dispose();
  scale.dispose();
  return { parameters, first: firstMoments, second: secondMoments, powers: [power1, power2] };
}

function mapped(values: Parameters, change: (value: np.Array, name: string) => np.Array) {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, change(value, name)] as const),
  );
}

function of(values: Parameters, name: string): np.Array {
  const found = values[name];
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found;
}
