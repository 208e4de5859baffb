import type { VariantRole } from '../../experiment/report';
import type { Histogram, Look } from '../../worker/protocol';

/** The part a network plays by what was done to its weights; it fixes the colour of its drawings. */
export function roleOfLook({ histograms }: Look): VariantRole {
  const pruned = histograms.some((histogram) => histogram.pruned > 0);
  const quantized = histograms.some(({ levels }) => levels.length > 0);
  if (pruned) return quantized ? 'both' : 'pruned';
  return quantized ? 'quantized' : 'baseline';
}

/** The layer that a parameter belongs to: `dense1` for `dense1.kernel`. */
export function layerOf({ parameter }: Histogram): string {
  return parameter.slice(0, parameter.lastIndexOf('.'));
}
