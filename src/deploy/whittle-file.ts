import type { Checkpoint, Parameter, Quantizer } from '../experiment/checkpoint';
import { parameterShapes } from '../experiment/parameters';
import { MAX_ARCHITECTURE_TEXT, printArchitecture } from './architecture-text';
import { crc32 } from './crc32';
import { parameterOf } from './parameter-of';
import { RangeEncoder } from './range-coder';
import { layoutOf } from './table-layout';
import { TensorModel } from './tensor-model';
import { packTensor, unpackTensor } from './tensor-packing';
import { codeText } from './text-model';
import { FRONT_BYTES, MAGIC, readWhittle, WHITTLE_VERSION } from './whittle-reader';

export { WHITTLE_VERSION } from './whittle-reader';

/** What a `.whittle` file holds: all that a network needs to predict, and to be compressed further. */
export type PackedNetwork = Pick<
  Checkpoint,
  'architecture' | 'parameters' | 'masks' | 'quantizers'
>;

/**
 * A network as a `.whittle` file, described in docs/format.md. The same network always gives the same bytes,
 * and `decodeWhittle` gives back the same numbers, bit for bit.
 */
export function encodeWhittle(network: PackedNetwork): Uint8Array {
  const { architecture, masks, quantizers } = network;
  const coder = new RangeEncoder();
  codeText(coder, printArchitecture(architecture), MAX_ARCHITECTURE_TEXT);
  const model = new TensorModel();
  for (const parameter of parameterShapes(architecture)) {
    const { name, shape } = parameter;
    const { values } = parameterOf(network, name);
    const tensor = { values, mask: masks[name] ?? null, quantizer: quantizers[name] ?? null };
    model.code(coder, packTensor(tensor, shape), shape, layoutOf(architecture, parameter));
  }
  return frame(coder.done());
}

/**
 * The network in a `.whittle` file.
 * @throws WhittleError `badWhittleFile` or `newerWhittleFile`, whatever the bytes are, before it has
 * taken more memory than a network of the largest size allowed.
 */
export function decodeWhittle(bytes: Uint8Array): PackedNetwork {
  const { architecture, parameters: packed } = readWhittle(bytes);
  const parameters: Record<string, Parameter> = {};
  const masks: Record<string, Uint8Array> = {};
  const quantizers: Record<string, Quantizer> = {};
  for (const { name, role, shape, tensor } of packed) {
    const { values, mask, quantizer } = unpackTensor(tensor, shape);
    parameters[name] = { role, shape, values };
    if (mask !== null) masks[name] = mask;
    if (quantizer !== null) quantizers[name] = quantizer;
  }
  return { architecture, parameters, masks, quantizers };
}

/** The body behind magic, version and checksum. */
function frame(body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(FRONT_BYTES + body.length);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint8(4, WHITTLE_VERSION);
  view.setUint32(5, crc32(body), true);
  bytes.set(body, FRONT_BYTES);
  return bytes;
}
