import type { Activation, Layer, Shape } from '../../experiment/architecture';
import type { Checkpoint } from '../../experiment/checkpoint';
import { onGrid } from '../quantize/activation-grids';
import { Slices } from './slices';
import type { KeptUnits } from './unit-scores';

/** What flows from one layer to the next: its shape before the removal, and what is left of it. */
interface Flow {
  readonly shape: Shape;
  /** Channels (the last axis) that are left, ascending. */
  readonly kept: readonly number[];
  /** By channel: what a removed one would still say. */
  readonly silent: readonly number[];
}

/**
 * The smaller dense network without the units that are not kept: their incoming weights, biases,
 * batch-norm entries and optimizer memory go, and so do the next layer's weights that read them,
 * through pooling, dropout, batch norm and flattening.
 *
 * In inference it equals the network in which these units are silent: incoming weights and bias zero,
 * and their scale and shift zero in a batch norm that follows (its shift would otherwise speak for a
 * unit that is gone). A silent sigmoid still says ½; that constant moves into the biases of the layer
 * that reads it. Only where a convolution with padding `same` reads it does the border differ, since
 * a bias knows no border.
 */
export function removeUnits(checkpoint: Checkpoint, kept: KeptUnits): Checkpoint {
  const { architecture } = checkpoint;
  const slices = new Slices(checkpoint);
  const layers: Layer[] = [];
  let flow: Flow = all(architecture.input);
  for (const layer of architecture.layers) {
    const result = through(layer, flow, kept[layer.name], slices);
    layers.push(result.layer);
    flow = result.flow;
  }
  return { ...checkpoint, ...slices.parts(), architecture: { ...architecture, layers } };
}

function all(shape: Shape): Flow {
  const channels = shape.at(-1) ?? 1;
  return { shape, kept: range(channels), silent: new Array<number>(channels).fill(0) };
}

function through(
  layer: Layer,
  flow: Flow,
  keptUnits: readonly number[] | undefined,
  slices: Slices,
): { layer: Layer; flow: Flow } {
  const input = narrowed(flow);
  switch (layer.type) {
    case 'dense':
    case 'conv': {
      const read = layer.type === 'dense' ? flattened(flow) : flow;
      const after = units(layer.output, keptUnits, layer.activation);
      slices.absorb(layer.name, read.silent, read.kept);
      slices.kernel(layer.name, read.kept, after.kept);
      slices.vectors(layer.name, ['bias'], after.kept);
      const count = after.kept.length;
      const output = narrowed(after);
      return {
        layer:
          layer.type === 'dense'
            ? { ...layer, units: count, input, output }
            : { ...layer, filters: count, input, output },
        flow: after,
      };
    }
    case 'batchnorm':
      slices.vectors(layer.name, ['scale', 'shift', 'mean', 'variance'], flow.kept);
      return {
        layer: { ...layer, input, output: input },
        flow: { ...flow, silent: flow.silent.map(() => 0) },
      };
    case 'flatten': {
      const after = flattened(flow);
      return { layer: { ...layer, input, output: narrowed(after) }, flow: after };
    }
    case 'maxpool':
    case 'avgpool':
    case 'quantize':
    case 'dropout': {
      const silent =
        layer.type === 'quantize' ? flow.silent.map((value) => onGrid(value, layer)) : flow.silent;
      const after = { ...flow, silent, shape: layer.output };
      return { layer: { ...layer, input, output: narrowed(after) }, flow: after };
    }
  }
}

function units(output: Shape, kept: readonly number[] | undefined, activation: Activation): Flow {
  const everything = all(output);
  const says = activation === 'sigmoid' ? 0.5 : 0;
  return kept === undefined
    ? everything
    : { ...everything, kept, silent: everything.silent.map(() => says) };
}

/** The flow as a vector: channel `c` at `(y, x)` of `[height, width, channels]` is entry `(y·width + x)·channels + c`. */
function flattened({ shape, kept, silent }: Flow): Flow {
  const channels = shape.at(-1) ?? 1;
  const positions = shape.slice(0, -1).reduce((product, side) => product * side, 1);
  return {
    shape: [positions * channels],
    kept: range(positions).flatMap((position) => kept.map((c) => position * channels + c)),
    silent: range(positions).flatMap(() => silent),
  };
}

/** The shape after the removal. */
function narrowed({ shape, kept }: Flow): Shape {
  return [...shape.slice(0, -1), kept.length];
}

function range(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}
