import type { Workload } from '../workloads';
import type { Contender } from './contender';

/** A unit and the links that lead to it. */
interface Unit {
  readonly links: Link[];
  readonly activation: Activation;
  bias: number;
  sum: number;
  output: number;
  /** ∂loss/∂output of the current example. */
  error: number;
  /** Σ ∂loss/∂sum over the batch so far. */
  gradient: number;
}

interface Link {
  readonly from: Unit;
  weight: number;
  gradient: number;
}

interface Activation {
  readonly value: (x: number) => number;
  /** By the sum and what came of it. */
  readonly slope: (output: number) => number;
}

const TANH: Activation = { value: Math.tanh, slope: (output) => 1 - output * output };
const LINEAR: Activation = { value: (x) => x, slope: () => 1 };

/**
 * Dense layers as plain objects, one example at a time, gradients summed over a batch: how TensorFlow
 * Playground computes, which is what a network of a dozen weights asks for.
 */
export function startPlayground({ network, optimizer, learningRate }: Workload): Contender {
  if (optimizer !== 'sgd') throw new Error('Plain loops know plain gradient descent alone.');
  const layers = build(network);
  const inputs = layers[0] ?? [];
  const units = layers.slice(1);
  const backwards = units.toReversed();
  const output = units.at(-1)?.[0];
  if (output === undefined) throw new Error('The network has no output.');
  return {
    threads: 1,
    optimizer,
    step: (batch) => {
      let loss = 0;
      for (let i = 0; i < batch.count; i++) {
        for (let j = 0; j < inputs.length; j++) {
          const unit = inputs[j];
          if (unit !== undefined) unit.output = batch.inputs[i * inputs.length + j] ?? 0;
        }
        for (const layer of units) for (const unit of layer) forward(unit);
        const difference = output.output - (batch.targets[i] ?? 0);
        loss += difference * difference;
        output.error = 2 * difference;
        for (const layer of backwards) for (const unit of layer) backward(unit);
      }
      const rate = learningRate / batch.count;
      for (const layer of units) for (const unit of layer) update(unit, rate);
      return loss / batch.count;
    },
  };
}

function build({ architecture, parameters }: Workload['network']): Unit[][] {
  const blank = (activation: Activation, bias: number, links: Link[]): Unit => ({
    links,
    activation,
    bias,
    sum: 0,
    output: 0,
    error: 0,
    gradient: 0,
  });
  const width = architecture.input[0] ?? 0;
  const layers = [Array.from({ length: width }, () => blank(LINEAR, 0, []))];
  for (const layer of architecture.layers) {
    if (layer.type !== 'dense') throw new Error(`Plain loops have no layer of type ${layer.type}.`);
    const before = layers.at(-1) ?? [];
    const kernel = parameters[`${layer.name}.kernel`]?.values ?? [];
    const bias = parameters[`${layer.name}.bias`]?.values ?? [];
    const activation = layer.activation === 'tanh' ? TANH : LINEAR;
    layers.push(
      Array.from({ length: layer.units }, (_, unit) => {
        const links = before.map((from, i) => ({
          from,
          weight: kernel[i * layer.units + unit] ?? 0,
          gradient: 0,
        }));
        return blank(activation, bias[unit] ?? 0, links);
      }),
    );
  }
  return layers;
}

function forward(unit: Unit): void {
  unit.sum = unit.bias;
  for (const link of unit.links) unit.sum += link.weight * link.from.output;
  unit.output = unit.activation.value(unit.sum);
  unit.error = 0;
}

function backward(unit: Unit): void {
  const slope = unit.error * unit.activation.slope(unit.output);
  unit.gradient += slope;
  for (const link of unit.links) {
    link.gradient += slope * link.from.output;
    link.from.error += slope * link.weight;
  }
}

function update(unit: Unit, rate: number): void {
  unit.bias -= rate * unit.gradient;
  unit.gradient = 0;
  for (const link of unit.links) {
    link.weight -= rate * link.gradient;
    link.gradient = 0;
  }
}
