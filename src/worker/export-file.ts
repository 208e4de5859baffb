import { encodeWhittle } from '../deploy/whittle-file';
import type { Checkpoint } from '../experiment/checkpoint';
import type { Requests } from './protocol';

/** A network as a file to take away. */
export function exportCheckpoint(
  checkpoint: Checkpoint,
  format: Requests['exportFile']['args']['format'],
): Uint8Array {
  return format === 'whittle'
    ? encodeWhittle(checkpoint)
    : new TextEncoder().encode(JSON.stringify(plainNetwork(checkpoint)));
}

/** The network as plain JSON, for scripts: numbers in row-major lists, parameters by name. */
function plainNetwork({ dataset, architecture, parameters, masks, quantizers }: Checkpoint) {
  return {
    ...{ dataset, architecture },
    parameters: mapValues(parameters, ({ role, shape, values }) => ({
      ...{ role, shape },
      values: Array.from(values),
    })),
    masks: mapValues(masks, (mask) => Array.from(mask)),
    quantizers: mapValues(quantizers, ({ scales, zeroPoints, levels, ...rest }) => ({
      ...rest,
      scales: Array.from(scales),
      zeroPoints: Array.from(zeroPoints),
      ...(levels && { levels: Array.from(levels) }),
    })),
  };
}

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  map: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
