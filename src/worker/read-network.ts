import type { PackedNetwork } from '../deploy/whittle-file';
import { decodeWhittle } from '../deploy/whittle-file';
import { WhittleError } from '../experiment/problem';
import type { UserFile } from './protocol';

/** The network in files of whatever kind, which the first bytes tell. @throws WhittleError where they hold none */
export async function readNetwork(files: readonly UserFile[]): Promise<PackedNetwork> {
  const [first] = files;
  if (first === undefined || first.bytes.length === 0) throw unknownFile(first?.name ?? '');
  if (begins(first, 'WHTL')) return decodeWhittle(first.bytes);
  // The weights beside a model may begin with any bytes.
  const model = tfjsModelIn(files);
  if (model !== null) return readTfjs(model, files);
  if (isSafetensors(first.bytes)) {
    const { decodeSafetensors } = await import('../deploy/safetensors');
    const { architecture, parameters } = decodeSafetensors(first.bytes);
    return { architecture, parameters, masks: {}, quantizers: {} };
  }
  if (begins(first, 'PK')) {
    const { decodeTfjs, unzipTfjs } = await import('../deploy/tfjs/decode');
    return { ...decodeTfjs(unzipTfjs(first.bytes)), masks: {}, quantizers: {} };
  }
  // Protocol Buffers begin with nothing of their own.
  if (!/\.onnx$/i.test(first.name)) throw unknownFile(first.name);
  const { decodeOnnx } = await import('../deploy/onnx/decode-onnx');
  return decodeOnnx(first.bytes);
}

/** Its header's length, far less than four gigabytes, and then the header, in braces. */
function isSafetensors(bytes: Uint8Array): boolean {
  return bytes[8] === '{'.charCodeAt(0) && bytes.subarray(4, 8).every((byte) => byte === 0);
}

interface TfjsModel {
  readonly file: UserFile;
  readonly text: string;
}

/** The file that describes a TensorFlow.js model, which other JSON does not. */
function tfjsModelIn(files: readonly UserFile[]): TfjsModel | null {
  for (const file of files.filter((each) => begins(each, '{'))) {
    const text = new TextDecoder().decode(file.bytes);
    if (text.includes('"modelTopology"')) return { file, text };
  }
  return null;
}

/** The model and its weights side by side. */
async function readTfjs(
  { file, text }: TfjsModel,
  files: readonly UserFile[],
): Promise<PackedNetwork> {
  const { decodeTfjs } = await import('../deploy/tfjs/decode');
  const weights = files.find((each) => each !== file);
  if (weights === undefined) throw weightsMissing(file.name);
  const network = decodeTfjs({ model: text, weights: weights.bytes });
  return { ...network, masks: {}, quantizers: {} };
}

function begins({ bytes }: UserFile, letters: string): boolean {
  return Array.from(letters).every((letter, i) => bytes[i] === letter.charCodeAt(0));
}

function unknownFile(name: string): WhittleError {
  return new WhittleError({
    code: 'unknownFile',
    params: { name },
    at: 'file',
    message: `${name} cannot be read as a network: what is in it is not of the kinds .whittle, safetensors, ONNX or TensorFlow.js, or its beginning is damaged. Choose another file.`,
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
