import { inflateSync } from 'fflate';
import * as z from 'zod/mini';
import type { Architecture } from '../experiment/architecture';
import { assemble, nameLayers } from '../experiment/assemble';
import type { Checkpoint, Parameter, Quantizer } from '../experiment/checkpoint';
import { parseLayer, printLayer } from '../experiment/layer-text';
import { parameterShapes } from '../experiment/parameters';
import { toProblem, WhittleError } from '../experiment/problem';
import { badFile, ByteReader, ByteWriter } from './bytes';
import { crc32 } from './crc32';
import { deflate } from './deflate';
import { encodeTensor, readHead, readTensor } from './whittle-tensor';

/** What a `.whittle` file holds: all that a network needs to predict, and to be compressed further. */
export type PackedNetwork = Pick<
  Checkpoint,
  'architecture' | 'parameters' | 'masks' | 'quantizers'
>;

const MAGIC = [0x57, 0x48, 0x54, 0x4c] as const; // WHTL
export const WHITTLE_VERSION = 1;
/** Magic, version, CRC-32 of all that follows it, length of the body. */
const FRONT_BYTES = 13;
const CRC_FROM = 9;
/** Five million float32 numbers, their masks and some air. */
const MAX_BODY_BYTES = 24_000_000;
const MAX_HEADER_BYTES = 100_000;
/** No DEFLATE stream unpacks to more than this times its length. */
const MAX_EXPANSION = 1_040;

/**
 * A network as a `.whittle` file, version 1, described in docs/whittle-file.md. The same network always
 * gives the same bytes, and `decodeWhittle` gives back the same numbers, bit for bit.
 */
export function encodeWhittle({
  architecture,
  parameters,
  masks,
  quantizers,
}: PackedNetwork): Uint8Array {
  const tensors = parameterShapes(architecture).map(({ name, shape }) => {
    const parameter = parameters[name];
    if (parameter === undefined) throw new Error(`The network has no parameter ${name}.`);
    const { values } = parameter;
    return encodeTensor(
      { values, mask: masks[name] ?? null, quantizer: quantizers[name] ?? null },
      shape,
    );
  });
  const header = new TextEncoder().encode(JSON.stringify(headerOf(architecture)));
  const first = new ByteWriter().varint(header.length).append(header);
  for (const { head } of tensors) first.append(head);
  return frame([first.done(), ...tensors.flatMap(({ sections }) => sections)]);
}

/**
 * The network in a `.whittle` file.
 * @throws WhittleError `badWhittleFile` or `newerWhittleFile`, whatever the bytes are, before it has
 * taken more memory than a network of the largest size allowed.
 */
export function decodeWhittle(bytes: Uint8Array): PackedNetwork {
  const reader = new ByteReader(unframe(bytes));
  const architecture = readHeader(reader.take(reader.varint(MAX_HEADER_BYTES)));
  const shapes = parameterShapes(architecture);
  const heads = shapes.map(({ shape }) => readHead(reader, shape));
  const parameters: Record<string, Parameter> = {};
  const masks: Record<string, Uint8Array> = {};
  const quantizers: Record<string, Quantizer> = {};
  shapes.forEach(({ name, role, shape }, index) => {
    const head = heads[index];
    if (head === undefined) return;
    const { values, mask, quantizer } = readTensor(reader, head);
    parameters[name] = { role, shape, values };
    if (mask !== null) masks[name] = mask;
    if (quantizer !== null) quantizers[name] = quantizer;
  });
  reader.end();
  return { architecture, parameters, masks, quantizers };
}

/** The body's sections, compressed, behind magic, version and checksum. */
function frame(sections: readonly Uint8Array[]): Uint8Array {
  const body = deflate(sections);
  const bytes = new Uint8Array(FRONT_BYTES + body.length);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint8(4, WHITTLE_VERSION);
  view.setUint32(
    9,
    sections.reduce((sum, { length }) => sum + length, 0),
    true,
  );
  bytes.set(body, FRONT_BYTES);
  view.setUint32(5, crc32(bytes.subarray(CRC_FROM)), true);
  return bytes;
}

function unframe(bytes: Uint8Array): Uint8Array {
  if (!MAGIC.every((byte, i) => bytes[i] === byte)) throw badFile('it does not begin with WHTL');
  if (bytes.length < FRONT_BYTES) throw badFile('it ends too early');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint8(4);
  if (version > WHITTLE_VERSION) throw newerFile(version);
  if (version === 0) throw badFile('it has no version');
  if (view.getUint32(5, true) !== crc32(bytes.subarray(CRC_FROM))) {
    throw badFile('its checksum does not fit');
  }
  const length = view.getUint32(9, true);
  const body = bytes.subarray(FRONT_BYTES);
  if (length > MAX_BODY_BYTES || length > MAX_EXPANSION * body.length) {
    throw badFile('it claims to be larger than a network can be');
  }
  return inflate(body, length);
}

function inflate(body: Uint8Array, length: number): Uint8Array {
  try {
    // One byte more than there should be shows a stream that goes on.
    const unpacked = inflateSync(body, { out: new Uint8Array(length + 1) });
    if (unpacked.length === length) return unpacked;
  } catch {
    // Whatever fflate says of it, the file is damaged.
  }
  throw badFile('it does not unpack');
}

const headerSchema = z.object({
  task: z.enum(['classification', 'regression']),
  /** Shape of one example. */
  input: z
    .array(z.int().check(z.minimum(1), z.maximum(65_536)))
    .check(z.minLength(1), z.maxLength(3)),
  /** As in a layer string; with `name:` in front where the layer is not named by type and number. */
  layers: z.string().check(z.maxLength(MAX_HEADER_BYTES)),
});

function headerOf({ task, input, layers }: Architecture): z.input<typeof headerSchema> {
  const usual = nameLayers(layers);
  const texts = layers.map((layer, index) =>
    layer.name === usual[index] ? printLayer(layer) : `${layer.name}:${printLayer(layer)}`,
  );
  return { task, input: [...input], layers: texts.join(',') };
}

function readHeader(bytes: Uint8Array): Architecture {
  let header: z.output<typeof headerSchema>;
  try {
    header = headerSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    throw badFile('its header cannot be read');
  }
  const { task, input, layers } = header;
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
