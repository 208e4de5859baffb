import type { Engine } from '../engine/trainer';
import type { Architecture, Layer } from '../experiment/architecture';
import type { Checkpoint } from '../experiment/checkpoint';
import { seen, type Batch } from '../experiment/dataset';
import { sizeOf } from '../experiment/shapes';
import type { UnitLayer } from './unit-layers';

/** What a layer takes in, for every example of the batch, `[count, ...layer.input]`. */
export async function inputsOf(
  layer: UnitLayer,
  checkpoint: Checkpoint,
  examples: Batch,
  engine: Engine,
): Promise<Float32Array> {
  const before = layersBefore(layer, checkpoint.architecture);
  // Nothing computes there yet.
  if (before.every(({ type }) => type === 'flatten' || type === 'dropout')) {
    return seen(examples.inputs);
  }
  return outputsOf(before, checkpoint, examples, engine);
}

/** What goes into a layer's activation, likewise. */
export function sumsOf(
  layer: UnitLayer,
  checkpoint: Checkpoint,
  examples: Batch,
  engine: Engine,
): Promise<Float32Array> {
  const before = layersBefore(layer, checkpoint.architecture);
  return outputsOf([...before, { ...layer, activation: 'none' }], checkpoint, examples, engine);
}

function layersBefore({ name }: Layer, { layers }: Architecture): readonly Layer[] {
  return layers.slice(
    0,
    layers.findIndex((layer) => layer.name === name),
  );
}

/** The outputs of a network that ends with these layers. */
async function outputsOf(
  layers: readonly Layer[],
  checkpoint: Checkpoint,
  examples: Batch,
  engine: Engine,
): Promise<Float32Array> {
  const outputs = sizeOf(layers.at(-1)?.output ?? []);
  const architecture = { ...checkpoint.architecture, outputs, layers };
  const trainer = await engine.open({ ...checkpoint, architecture });
  try {
    return await trainer.predict(examples);
  } finally {
    trainer.dispose();
  }
}
