import convnetjs, { type LayerDefinition, type Net } from 'convnetjs';
import type { Architecture, Layer } from '../../../../src/experiment/architecture';
import type { Network } from '../../../../src/engine/trainer';
import type { OptimizerKind } from '../protocol';
import type { Workload } from '../workloads';
import type { Contender } from './contender';

/** What a trainer takes for a method that it does not know is SGD, and its package has no Adam. */
const KINDS: Readonly<Record<OptimizerKind, OptimizerKind>> = {
  adam: 'momentum',
  momentum: 'momentum',
  sgd: 'sgd',
};
const MOMENTUM_RATE = 1e-2;

export function startConvNetJs({ network, batches, optimizer, learningRate }: Workload): Contender {
  const { architecture } = network;
  const regression = architecture.task === 'regression';
  const net = new convnetjs.Net();
  net.makeLayers(definitionsOf(architecture));
  copyParameters(network, net);
  const kind = KINDS[optimizer];
  // Its regression descends ½(ŷ − y)² and tells 2(ŷ − y)².
  const [rateScale, lossScale] = regression ? [2, 0.5] : [1, 1];
  const trainer = new convnetjs.Trainer(net, {
    method: 'sgd',
    learning_rate: rateScale * (kind === optimizer ? learningRate : MOMENTUM_RATE),
    momentum: kind === 'momentum' ? 0.9 : 0,
    batch_size: batches[0]?.count ?? 1,
  });
  const [height = 1, width = 1, channels] = architecture.input;
  const input =
    channels === undefined
      ? new convnetjs.Vol(1, 1, height, 0)
      : new convnetjs.Vol(width, height, channels, 0);
  const size = input.w.length;
  return {
    threads: 1,
    optimizer: kind,
    step: ({ count, inputs, labels, targets }) => {
      let sum = 0;
      for (let i = 0; i < count; i++) {
        input.w.set(inputs.subarray(i * size, (i + 1) * size));
        const target = regression ? Float64Array.of(targets[i] ?? 0) : (labels[i] ?? 0);
        sum += trainer.train(input, target).cost_loss;
      }
      return (lossScale * sum) / count;
    },
  };
}

function definitionsOf({ input, layers, task, outputs }: Architecture): LayerDefinition[] {
  const [height = 1, width = 1, channels] = input;
  const first =
    channels === undefined
      ? { type: 'input', out_sx: 1, out_sy: 1, out_depth: height }
      : { type: 'input', out_sx: width, out_sy: height, out_depth: channels };
  // The last dense layer comes with the loss.
  const last =
    task === 'classification'
      ? { type: 'softmax', num_classes: outputs }
      : { type: 'regression', num_neurons: outputs };
  return [first, ...layers.slice(0, -1).flatMap(definitionOf), last];
}

function definitionOf(layer: Layer): LayerDefinition[] {
  switch (layer.type) {
    case 'flatten':
      return [];
    case 'dense':
      return [{ type: 'fc', num_neurons: layer.units, activation: layer.activation }];
    case 'conv': {
      const { kernel, filters, stride, padding, activation } = layer;
      const pad = padding === 'same' ? (kernel - 1) / 2 : 0;
      return [{ type: 'conv', sx: kernel, filters, stride, pad, activation }];
    }
    case 'maxpool':
      return [{ type: 'pool', sx: layer.size, stride: layer.stride }];
    case 'avgpool':
    case 'batchnorm':
    case 'dropout':
    case 'quantize':
      throw new Error(`ConvNetJS has no such layer: ${layer.type}`);
  }
}

/** Its filters hold a unit's weights together; a kernel here holds an input's, for all units. */
function copyParameters({ architecture, parameters }: Network, net: Net): void {
  const weighted = net.layers.flatMap(({ filters, biases }) =>
    filters === undefined || biases === undefined ? [] : [{ filters, biases }],
  );
  const named = architecture.layers.filter(({ type }) => type === 'dense' || type === 'conv');
  named.forEach(({ name }, index) => {
    const kernel = parameters[`${name}.kernel`];
    const bias = parameters[`${name}.bias`];
    const layer = weighted[index];
    if (kernel === undefined || bias === undefined || layer === undefined) {
      throw new Error(`ConvNetJS has no place for ${name}.`);
    }
    const units = layer.filters.length;
    layer.filters.forEach(({ w }, unit) => {
      for (let i = 0; i < w.length; i++) w[i] = kernel.values[i * units + unit] ?? 0;
    });
    layer.biases.w.set(bias.values);
  });
}
