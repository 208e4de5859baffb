import type { Architecture, BatchNormLayer, Layer } from '../../experiment/architecture';
import type { UnitLayer } from '../unit-layers';

/** Where a batch norm's scale and shift go. */
export interface Target {
  readonly norm: BatchNormLayer;
  readonly layer: UnitLayer;
  /** Whether the layer gives what the norm takes in, or reads what the norm gives. */
  readonly side: 'before' | 'behind';
}

/** Whether no scale of a norm is negative, so that the largest of a window stays the largest. */
export type KeepsOrder = (norm: BatchNormLayer) => boolean;

export function hasNorm({ layers }: Architecture): boolean {
  return layers.some(({ type }) => type === 'batchnorm');
}

/**
 * The first batch norm that can be folded exactly, in inference, and the layer that takes it: the one before
 * it where that has no activation, else the one that reads it, unless it is a convolution that pads with
 * zeros: they are not normalized.
 */
export function nextTarget({ layers }: Architecture, keepsOrder: KeepsOrder): Target | null {
  for (const [index, norm] of layers.entries()) {
    if (norm.type !== 'batchnorm') continue;
    const before = firstUnits(layers.slice(0, index).toReversed(), norm, keepsOrder, false);
    if (before?.activation === 'none') return { norm, layer: before, side: 'before' };
    const behind = firstUnits(layers.slice(index + 1), norm, keepsOrder, true);
    if (behind !== null && (behind.type === 'dense' || behind.padding === 'valid')) {
      return { norm, layer: behind, side: 'behind' };
    }
  }
  return null;
}

/** The network without the batch norms that can be folded. */
export function folded(architecture: Architecture, keepsOrder: KeepsOrder): Architecture {
  const target = nextTarget(architecture, keepsOrder);
  return target === null
    ? architecture
    : folded(withoutNorm(architecture, target.norm), keepsOrder);
}

export function withoutNorm(architecture: Architecture, norm: Layer): Architecture {
  return { ...architecture, layers: architecture.layers.filter(({ name }) => name !== norm.name) };
}

/** The first layer with units, where a scale and a shift of each channel pass all layers on the way to it. */
function firstUnits(
  way: readonly Layer[],
  norm: BatchNormLayer,
  keepsOrder: KeepsOrder,
  isForward: boolean,
): UnitLayer | null {
  for (const layer of way) {
    switch (layer.type) {
      case 'dense':
      case 'conv':
        return layer;
      case 'dropout':
      case 'avgpool':
        break;
      case 'maxpool':
        if (!keepsOrder(norm)) return null;
        break;
      case 'flatten':
        // A norm behind it has a scale for each place, and a filter has one for all.
        if (!isForward) return null;
        break;
      case 'batchnorm':
      case 'quantize':
        return null;
    }
  }
  return null;
}
