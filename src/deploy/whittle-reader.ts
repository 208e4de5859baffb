import type { Architecture, Shape } from '../experiment/architecture';
import { assemble, nameLayers } from '../experiment/assemble';
import { parseLayer } from '../experiment/layer-text';
import { parameterShapes, type ParameterShape } from '../experiment/parameters';
import { toProblem, WhittleError } from '../experiment/problem';
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
/** Of the longest names of as many layers as there may be. */
export const MAX_HEADER = 10_000;

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
  const architecture = readHeader(codeText(coder, '', MAX_HEADER));
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

/** What the file's JSON says. */
export interface Header extends Pick<Architecture, 'task'> {
  /** Shape of one example. */
  readonly input: Shape;
  /** As in a layer string; with `name:` in front where the layer is not named by type and number. */
  readonly layers: string;
}

const MAX_SIDE = 65_536;

/** By hand: no library's schema fits into the few kilobytes of the runtime, which reads files too. */
function isHeader(value: unknown): value is Header {
  if (typeof value !== 'object' || value === null) return false;
  const { task, input, layers } = value as Partial<Record<keyof Header, unknown>>;
  return (
    (task === 'classification' || task === 'regression') &&
    Array.isArray(input) &&
    input.length >= 1 &&
    input.length <= 3 &&
    input.every((side) => Number.isInteger(side) && side >= 1 && side <= MAX_SIDE) &&
    typeof layers === 'string'
  );
}

function parseHeader(text: string): Header {
  let header: unknown = null;
  try {
    header = JSON.parse(text);
  } catch {
    // Refused below.
  }
  if (!isHeader(header)) throw badFile('its header cannot be read');
  return header;
}

function readHeader(text: string): Architecture {
  const { task, input, layers } = parseHeader(text);
  const texts = layers.split(',').map((text) => text.split(':').reverse());
  try {
    const plans = texts.map(([text = '']) => parseLayer(text));
    const usual = nameLayers(plans);
    const names = texts.map(([, name], index) => name ?? usual[index] ?? '');
    const last = plans.at(-1);
    if (
      last?.type !== 'dense' ||
      new Set(names).size !== names.length ||
      !names.every((name) => /^[a-z][a-z0-9]{0,31}$/i.test(name))
    ) {
      throw badFile('its layers are not a network');
    }
    return assemble({ task, input, outputs: last.units }, plans, names);
  } catch (error) {
    const { code, message } = toProblem(error);
    throw code === 'badWhittleFile' ? error : badFile(`its network cannot be: ${message}`);
  }
}

function newerFile(version: number): WhittleError {
  return new WhittleError({
    code: 'newerWhittleFile',
    params: { version },
    message: `This file is of version ${String(version)} of the .whittle format, and this Whittle reads version ${String(WHITTLE_VERSION)}. Open it in a newer one.`,
  });
}
