import type { Checkpoint } from '../experiment/checkpoint';
import type { FileFacts } from './file-facts';

/** The network as plain JSON, for scripts: numbers in row-major lists, parameters by name. */
export function encodeJson(
  { dataset, architecture, parameters, masks, quantizers }: Checkpoint,
  facts: FileFacts,
): Uint8Array {
  const network = {
    ...{ facts, dataset, architecture },
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
  return new TextEncoder().encode(JSON.stringify(network));
}

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  map: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
