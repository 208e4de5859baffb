import '@tensorflow/tfjs-core/dist/register_all_gradients';
import {
  add,
  avgPool,
  conv2d,
  enableProdMode,
  losses,
  matMul,
  maxPool,
  relu,
  reshape,
  setBackend,
  tanh,
  tensor,
  tidy,
  train,
  variable,
  type Scalar,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  type Variable,
} from '@tensorflow/tfjs-core';
import type { Activation, Layer } from '../../../../src/experiment/architecture';
import type { Batch } from '../../../../src/experiment/dataset';
import { targetsOf } from '../../../../src/experiment/dataset';
import type { Workload } from '../workloads';
import type { Contender } from './contender';

type TfjsBackend = 'wasm' | 'cpu' | 'webgpu' | 'webgl';

/** TensorFlow.js as its documentation shows it: tensors, variables and its own optimizers. */
export async function startTfjs(backend: TfjsBackend, workload: Workload): Promise<Contender> {
  enableProdMode();
  const threadsOf = await load(backend);
  if (!(await setBackend(backend))) throw new Error(`TensorFlow.js could not start "${backend}"`);
  const { architecture, parameters } = workload.network;
  const { layers, outputs, task } = architecture;
  const variables = new Map(
    Object.entries(parameters).map(([name, { values, shape }]) => [
      name,
      variable(tensor(values, [...shape])),
    ]),
  );
  const optimizer = optimizerOf(workload);
  const inputsOf = ({ count, inputs }: Batch) => tensor(inputs, [count, ...architecture.input]);
  const forward = (batch: Batch) =>
    layers.reduce<Tensor>((values, layer) => apply(layer, values, variables), inputsOf(batch));
  const cost = (batch: Batch): Scalar => {
    const targets = tensor(targetsOf(batch, outputs), [batch.count, outputs]);
    const values = forward(batch);
    return task === 'classification'
      ? losses.softmaxCrossEntropy(targets, values)
      : losses.meanSquaredError(targets, values);
  };
  return {
    threads: threadsOf(),
    optimizer: workload.optimizer,
    step: async (batch) => {
      const loss = tidy(() => {
        const value = optimizer.minimize(() => cost(batch), true, [...variables.values()]);
        if (value === null) throw new Error('TensorFlow.js gave no loss.');
        return value;
      });
      const [value = NaN] = await loss.data();
      loss.dispose();
      return value;
    },
    predict: async (batch) => {
      const logits = tidy(() => forward(batch));
      const values = await logits.data<'float32'>();
      logits.dispose();
      return values;
    },
  };
}

/** Registers the backend with what its package chooses, and how many threads it has once it is up. */
async function load(backend: TfjsBackend): Promise<() => number | null> {
  switch (backend) {
    case 'wasm': {
      const { getThreadsCount, setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
      setWasmPaths('/tfjs/');
      return getThreadsCount;
    }
    case 'cpu':
      await import('@tensorflow/tfjs-backend-cpu');
      return () => 1;
    case 'webgpu':
      await import('@tensorflow/tfjs-backend-webgpu');
      return () => null;
    case 'webgl':
      await import('@tensorflow/tfjs-backend-webgl');
      return () => null;
  }
}

/** With Whittle's ε, which is outside the square root in both. */
function optimizerOf({ optimizer, learningRate }: Workload) {
  switch (optimizer) {
    case 'adam':
      return train.adam(learningRate, 0.9, 0.999, 1e-8);
    case 'momentum':
      return train.momentum(learningRate, 0.9);
    case 'sgd':
      return train.sgd(learningRate);
  }
}

function apply(layer: Layer, values: Tensor, variables: ReadonlyMap<string, Variable>): Tensor {
  const parameter = (role: string): Tensor => {
    const found = variables.get(`${layer.name}.${role}`);
    if (found === undefined) throw new Error(`${layer.name} has no ${role}.`);
    return found;
  };
  switch (layer.type) {
    case 'flatten':
      return reshape(values, [-1, layer.output[0] ?? 0]);
    case 'dense': {
      const sums = matMul(values as Tensor2D, parameter('kernel') as Tensor2D);
      return activate(layer.activation, add(sums, parameter('bias')));
    }
    case 'conv': {
      const kernel = parameter('kernel') as Tensor4D;
      const sums = conv2d(values as Tensor4D, kernel, layer.stride, layer.padding);
      return activate(layer.activation, add(sums, parameter('bias')));
    }
    case 'maxpool':
      return maxPool(values as Tensor4D, layer.size, layer.stride, 'valid');
    case 'avgpool':
      return avgPool(values as Tensor4D, layer.size, layer.stride, 'valid');
    case 'batchnorm':
    case 'dropout':
    case 'quantize':
      throw new Error(`No workload has a layer of type ${layer.type}.`);
  }
}

function activate(activation: Activation, values: Tensor): Tensor {
  switch (activation) {
    case 'relu':
      return relu(values);
    case 'tanh':
      return tanh(values);
    case 'none':
      return values;
    case 'leaky':
    case 'sigmoid':
    case 'gelu':
      throw new Error(`No workload has ${activation}.`);
  }
}
