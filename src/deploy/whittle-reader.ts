import type { Architecture } from '../experiment/architecture';
import { parameterShapes, type ParameterShape } from '../experiment/parameters';
import { WhittleError } from '../experiment/problem';
import { MAX_ARCHITECTURE_TEXT, readArchitecture } from './architecture-text';
import { badFile } from './bad-file';
import { crc32 } from './crc32';
import { RangeDecoder } from './range-coder';
import { layoutOf } from './table-layout';
import { TensorModel, type PackedTensor } from './tensor-model';
import { codeText } from './text-model';

export const MAGIC = [0x57, 0x48, 0x54, 0x4c] as const; // WHTL
export const WHITTLE_VERSION = 2;
/** Magic, version, CRC-32 of all that follows it. */
export const FRONT_BYTES = 9;

/** A parameter whose numbers are still codes. */
export interface PackedParameter extends ParameterShape {
  readonly tensor: PackedTensor;
}

/**
 * What is in a `.whittle` file, entropy coding undone and nothing else.
 * @throws WhittleError `badWhittleFile` or `newerWhittleFile`, whatever the bytes are, before it has
 * taken more memory than a network of the largest size allowed.
 */
export function readWhittle(bytes: Uint8Array): {
  readonly architecture: Architecture;
  readonly parameters: readonly PackedParameter[];
} {
  const coder = new RangeDecoder(unframe(bytes));
  const architecture = readArchitecture(codeText(coder, '', MAX_ARCHITECTURE_TEXT), badFile);
  const model = new TensorModel();
  const parameters = parameterShapes(architecture).map((parameter) => {
    const layout = layoutOf(architecture, parameter);
    return { ...parameter, tensor: model.code(coder, null, parameter.shape, layout) };
  });
  coder.end();
  return { architecture, parameters };
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
