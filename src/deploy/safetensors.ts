import * as z from 'zod/mini';
import type { Checkpoint, Parameter } from '../experiment/checkpoint';
import { MAX_PARAMETERS } from '../experiment/assemble';
import { parameterShapes } from '../experiment/parameters';
import { WhittleError, type Problem } from '../experiment/problem';
import { sizeOf } from '../experiment/shapes';
import { quoted, told, type Reason } from './reason';
import { printArchitecture, readArchitecture } from './architecture-text';
import { factTexts, type FileFacts } from './file-facts';
import { FLOAT_BYTES, readFloats, writeFloats } from './float-bytes';
import { parameterOf } from './parameter-of';

/** Eight bytes, of which the upper four of a sensible header's length are zero. */
const LENGTH_BYTES = 8;
/** Ours take some ten thousand. */
const MAX_HEADER = 2 ** 20;
/** Data begins where eight divides, so that it can be read in place. */
const ALIGNMENT = 8;

export interface SafetensorsNetwork extends Pick<Checkpoint, 'architecture' | 'parameters'> {
  /** What the file says of itself beside its architecture. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * The network's parameters as a safetensors file: the length of a JSON header as eight bytes, little-endian, the
 * header, then all numbers as float32. Its `__metadata__` holds the architecture and the facts.
 * (https://github.com/huggingface/safetensors#format)
 */
export function encodeSafetensors(
  network: Pick<Checkpoint, 'architecture' | 'parameters'>,
  facts: FileFacts,
): Uint8Array {
  const { architecture } = network;
  const header: Record<string, unknown> = {
    __metadata__: { ...factTexts(facts), architecture: printArchitecture(architecture) },
  };
  const tensors = parameterShapes(architecture).map(({ name, shape }) => {
    return { name, shape, values: parameterOf(network, name).values };
  });
  let end = 0;
  for (const { name, shape, values } of tensors) {
    const start = end;
    end += FLOAT_BYTES * values.length;
    header[name] = { dtype: 'F32', shape, data_offsets: [start, end] };
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(text.length / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(LENGTH_BYTES + length + end).fill(SPACE, LENGTH_BYTES);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(length), true);
  bytes.set(text, LENGTH_BYTES);
  writeFloats(
    bytes,
    LENGTH_BYTES + length,
    tensors.map(({ values }) => values),
  );
  return bytes;
}

/** What a header is filled up with. */
const SPACE = 0x20;

const tensorSchema = z.object({
  dtype: z.string(),
  shape: z.array(z.int().check(z.minimum(0))).check(z.maxLength(8)),
  data_offsets: z.tuple([z.int().check(z.minimum(0)), z.int().check(z.minimum(0))]),
});
type TensorHead = z.output<typeof tensorSchema>;
const metadataSchema = z.record(z.string(), z.string());

/**
 * The network in a safetensors file that Whittle made.
 * @throws WhittleError `badSafetensors`, whatever the bytes are, before it has taken more memory than a network of
 * the largest size allowed
 */
export function decodeSafetensors(bytes: Uint8Array): SafetensorsNetwork {
  const { metadata, heads, data } = readHeader(bytes);
  const { architecture: text, ...rest } = metadata;
  if (text === undefined) throw bad('it does not say what network its numbers belong to');
  const architecture = readArchitecture(text, bad);
  const shapes = parameterShapes(architecture);
  if (heads.size !== shapes.length) throw bad('its tensors are not those of its network');
  const parameters: Record<string, Parameter> = {};
  for (const { name, role, shape } of shapes) {
    const head = heads.get(name);
    if (head === undefined) throw bad(told`it has no tensor ${name}`);
    if (head.dtype !== 'F32') throw bad(told`its tensor ${name} is not of float32 numbers`);
    if (head.shape.join() !== shape.join()) throw bad(told`its tensor ${name} has another shape`);
    const values = readTensor(data, head, sizeOf(shape));
    if (!values.every(Number.isFinite)) throw bad(told`${name} holds what is no finite number`);
    parameters[name] = { role, shape, values };
  }
  return { architecture, parameters, metadata: rest };
}

function readHeader(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < LENGTH_BYTES) throw bad('it ends too early');
  const length = Number(view.getBigUint64(0, true));
  if (length > MAX_HEADER) throw bad('its header is longer than that of a network can be');
  if (bytes.length < LENGTH_BYTES + length) throw bad('it ends too early');
  const data = bytes.subarray(LENGTH_BYTES + length);
  if (data.length > FLOAT_BYTES * MAX_PARAMETERS) throw bad('it is larger than a network can be');
  const header = parseHeader(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length));
  const { __metadata__: given = {}, ...tensors } = header;
  const metadata = metadataSchema.safeParse(given);
  if (!metadata.success) throw bad('its metadata are not texts');
  const heads = new Map<string, TensorHead>();
  for (const [name, value] of Object.entries(tensors)) {
    const head = tensorSchema.safeParse(value);
    if (!head.success) throw bad('its header describes no tensor where one should be');
    heads.set(name, head.data);
  }
  checkOffsets([...heads.values()], data.length);
  return { metadata: metadata.data, heads, data };
}

function parseHeader(text: Uint8Array): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text));
    return z.record(z.string(), z.unknown()).parse(header);
  } catch {
    throw bad('its header cannot be read');
  }
}

/** The tensors lie one behind the other and fill the data: nothing is read twice, and nothing hides between. */
function checkOffsets(heads: readonly TensorHead[], length: number): void {
  let at = 0;
  for (const { data_offsets } of heads.toSorted(byOffset)) {
    const [start, end] = data_offsets;
    if (start !== at || end < start) throw bad('its tensors overlap or leave gaps');
    at = end;
  }
  if (at !== length) throw bad('its numbers end too early or too late');
}

function byOffset(a: TensorHead, b: TensorHead): number {
  return a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1];
}

function readTensor(data: Uint8Array, { data_offsets }: TensorHead, count: number): Float32Array {
  const [start, end] = data_offsets;
  if (end - start !== FLOAT_BYTES * count) throw bad('a tensor’s numbers do not fill its shape');
  return readFloats(data, start, count);
}

function bad(reason: Reason, cause?: Problem): WhittleError {
  const { text, behind } = quoted(reason);
  return new WhittleError({
    code: 'badSafetensors',
    params: { reason: text },
    message: `This safetensors file cannot be opened: ${text}. Take one that Whittle has made, and export it again if it is damaged.`,
    ...(cause ? { cause } : behind),
  });
}
