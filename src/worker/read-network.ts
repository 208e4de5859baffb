import type { PackedNetwork } from '../deploy/whittle-file';
import { decodeWhittle } from '../deploy/whittle-file';
import { WhittleError } from '../experiment/problem';
import type { UserFile } from './protocol';

/** The network in files of whatever kind, which the first bytes tell. @throws WhittleError where they hold none */
export async function readNetwork(files: readonly UserFile[]): Promise<PackedNetwork> {
  const [first] = files;
  if (first === undefined || first.bytes.length === 0) throw unknownFile(first?.name ?? '');
  if (begins(first, 'WHTL')) return decodeWhittle(first.bytes);
  const isModel = files.some(isTfjsModel);
  // The weights beside a model may begin with any bytes.
  if (!isModel && isSafetensors(first.bytes)) {
    const { decodeSafetensors } = await import('../deploy/safetensors');
    const { architecture, parameters } = decodeSafetensors(first.bytes);
    return { architecture, parameters, masks: {}, quantizers: {} };
  }
  if (isModel || begins(first, 'PK')) return readTfjs(files);
  // Protocol Buffers begin with nothing of their own.
  if (!/\.onnx$/i.test(first.name)) throw unknownFile(first.name);
  const { decodeOnnx } = await import('../deploy/onnx/decode-onnx');
  return decodeOnnx(first.bytes);
}

/** Its header's length, far less than four gigabytes, and then the header, in braces. */
function isSafetensors(bytes: Uint8Array): boolean {
  return bytes[8] === '{'.charCodeAt(0) && bytes.subarray(4, 8).every((byte) => byte === 0);
}

/** What other JSON is, as a network's plain numbers, holds nothing to load. */
function isTfjsModel(file: UserFile): boolean {
  return begins(file, '{') && new TextDecoder().decode(file.bytes).includes('"modelTopology"');
}

/** A zip, or the model and its weights side by side. */
async function readTfjs(files: readonly UserFile[]): Promise<PackedNetwork> {
  const { decodeTfjs, unzipTfjs } = await import('../deploy/tfjs/decode');
  const zip = files.find((file) => begins(file, 'PK'));
  if (zip !== undefined) return { ...decodeTfjs(unzipTfjs(zip.bytes)), masks: {}, quantizers: {} };
  const model = files.find(isTfjsModel);
  const weights = files.find((file) => file !== model);
  if (model === undefined || weights === undefined) throw weightsMissing(model?.name ?? '');
  const text = new TextDecoder().decode(model.bytes);
  return { ...decodeTfjs({ model: text, weights: weights.bytes }), masks: {}, quantizers: {} };
}

function begins({ bytes }: UserFile, letters: string): boolean {
  return Array.from(letters).every((letter, i) => bytes[i] === letter.charCodeAt(0));
}

function unknownFile(name: string): WhittleError {
  return new WhittleError({
    code: 'unknownFile',
    params: { name },
    at: 'file',
    message: `${name} is no .whittle, safetensors, ONNX or TensorFlow.js file that can be read. Choose another.`,
  });
}

function weightsMissing(name: string): WhittleError {
  return new WhittleError({
    code: 'weightsMissing',
    params: { name },
    at: 'file',
    message: `${name} describes a network, and its weights are in another file. Choose both together, or the zip that holds them.`,
  });
}
