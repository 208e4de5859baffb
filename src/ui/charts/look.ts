import type { Histogram } from '../../worker/protocol';

/** The layer that a parameter belongs to: `dense1` for `dense1.kernel`. */
export function layerOf({ parameter }: Histogram): string {
  return parameter.slice(0, parameter.lastIndexOf('.'));
}
