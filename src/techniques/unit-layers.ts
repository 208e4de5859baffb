import type {
  Architecture,
  BatchNormLayer,
  ConvLayer,
  DenseLayer,
  Layer,
} from '../experiment/architecture';

/** A layer with units. */
export type UnitLayer = DenseLayer | ConvLayer;

const hasUnits = (layer: Layer): layer is UnitLayer =>
  layer.type === 'dense' || layer.type === 'conv';

/** The dense and convolutional layers. */
export function unitLayers({ layers }: Architecture): UnitLayer[] {
  return layers.filter(hasUnits);
}

/** Those whose units may go: all but the last, which is the output. */
export function hiddenLayers(architecture: Architecture): UnitLayer[] {
  return unitLayers(architecture).slice(0, -1);
}

/** The layer that reads what `layer` gives; null behind the last. */
export function readerOf({ layers }: Architecture, layer: UnitLayer): UnitLayer | null {
  return layers.slice(layers.indexOf(layer) + 1).find(hasUnits) ?? null;
}

/** The batch norm between a layer and its reader; null where there is none. */
export function normBehind(architecture: Architecture, layer: UnitLayer): BatchNormLayer | null {
  const { layers } = architecture;
  const reader = readerOf(architecture, layer);
  return (
    layers
      .slice(layers.indexOf(layer) + 1, reader === null ? undefined : layers.indexOf(reader))
      .find((between) => between.type === 'batchnorm') ?? null
  );
}
