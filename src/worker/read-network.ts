import { decodeWhittle, type PackedNetwork } from '../deploy/whittle-file';
import { WhittleError } from '../experiment/problem';
import type { UserFile } from './protocol';

/** `WHTL` */
const WHITTLE = [0x57, 0x48, 0x54, 0x4c];

/** The network in files of whatever kind, which the first bytes tell. @throws WhittleError where they hold none */
export function readNetwork(files: readonly UserFile[]): Promise<PackedNetwork> {
  const [first] = files;
  if (first === undefined) return Promise.reject(unknownFile(''));
  if (WHITTLE.every((byte, i) => first.bytes[i] === byte)) {
    return Promise.resolve().then(() => decodeWhittle(first.bytes));
  }
  return Promise.reject(unknownFile(first.name));
}

function unknownFile(name: string): WhittleError {
  return new WhittleError({
    code: 'unknownFile',
    params: { name },
    at: 'file',
    message: `${name} is no .whittle, ONNX or TensorFlow.js file that can be read. Choose another.`,
  });
}
