import type { Checkpoint, Parameter, Quantizer } from '../experiment/checkpoint';
import { parameterShapes } from '../experiment/parameters';
import { WhittleError } from '../experiment/problem';
import { MAX_ARCHITECTURE_TEXT, printArchitecture, readArchitecture } from './architecture-text';
import { badFile } from './bad-file';
import { crc32 } from './crc32';
import { RangeDecoder, RangeEncoder } from './range-coder';
import { layoutOf } from './table-layout';
import { TensorModel } from './tensor-model';
import { codeText } from './text-model';

/** What a `.whittle` file holds: all that a network needs to predict, and to be compressed further. */
export type PackedNetwork = Pick<
  Checkpoint,
  'architecture' | 'parameters' | 'masks' | 'quantizers'
>;

const MAGIC = [0x57, 0x48, 0x54, 0x4c] as const; // WHTL
export const WHITTLE_VERSION = 2;
/** Magic, version, CRC-32 of all that follows it. */
const FRONT_BYTES = 9;

/**
 * A network as a `.whittle` file, described in docs/format.md. The same network always gives the same bytes,
 * and `decodeWhittle` gives back the same numbers, bit for bit.
 */
export function encodeWhittle(network: PackedNetwork): Uint8Array {
  const { architecture, parameters, masks, quantizers } = network;
  const coder = new RangeEncoder();
  codeText(coder, printArchitecture(architecture), MAX_ARCHITECTURE_TEXT);
  const model = new TensorModel();
  for (const parameter of parameterShapes(architecture)) {
    const { name, shape } = parameter;
    const values = parameters[name]?.values;
    if (values === undefined) throw new Error(`The network has no parameter ${name}.`);
    const tensor = { values, mask: masks[name] ?? null, quantizer: quantizers[name] ?? null };
    model.write(coder, tensor, shape, layoutOf(architecture, parameter));
  }
  return frame(coder.done());
}

/**
 * The network in a `.whittle` file.
 * @throws WhittleError `badWhittleFile` or `newerWhittleFile`, whatever the bytes are, before it has
 * taken more memory than a network of the largest size allowed.
 */
export function decodeWhittle(bytes: Uint8Array): PackedNetwork {
  const coder = new RangeDecoder(unframe(bytes));
  const architecture = readArchitecture(codeText(coder, '', MAX_ARCHITECTURE_TEXT), badFile);
  const model = new TensorModel();
  const parameters: Record<string, Parameter> = {};
  const masks: Record<string, Uint8Array> = {};
  const quantizers: Record<string, Quantizer> = {};
  for (const parameter of parameterShapes(architecture)) {
    const { name, role, shape } = parameter;
    const tensor = model.read(coder, shape, layoutOf(architecture, parameter));
    parameters[name] = { role, shape, values: tensor.values };
    if (tensor.mask !== null) masks[name] = tensor.mask;
    if (tensor.quantizer !== null) quantizers[name] = tensor.quantizer;
  }
  coder.end();
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

function unframe(bytes: Uint8Array): Uint8Array {
  if (!MAGIC.every((byte, i) => bytes[i] === byte)) throw badFile('it does not begin with WHTL');
  if (bytes.length < FRONT_BYTES) throw badFile('it ends too early');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint8(4);
  if (version > WHITTLE_VERSION) throw newerFile(version);
  if (version < WHITTLE_VERSION) throw badFile('it is of a version that was never published');
  const body = bytes.subarray(FRONT_BYTES);
  if (view.getUint32(5, true) !== crc32(body)) throw badFile('its checksum does not fit');
  return body;
}

function newerFile(version: number): WhittleError {
  return new WhittleError({
    code: 'newerWhittleFile',
    params: { version },
    message: `This file is of version ${String(version)} of the .whittle format, and this Whittle reads version ${String(WHITTLE_VERSION)}. Open it in a newer one.`,
  });
}
