import type { FileFacts } from '../deploy/file-facts';
import { encodeWhittle } from '../deploy/whittle-file';
import type { Checkpoint } from '../experiment/checkpoint';
import type { ExportFormat } from './export-formats';

/** A network as a file to take away. */
type Encode = (checkpoint: Checkpoint, facts: FileFacts) => Uint8Array | Promise<Uint8Array>;

/** What makes a file of each kind: its code loads when somebody first asks for one. */
const ENCODERS: Readonly<Record<ExportFormat, () => Promise<Encode>>> = {
  // Its length is measured of every network, so it is there.
  whittle: () => Promise.resolve(encodeWhittle),
  safetensors: async () => (await import('../deploy/safetensors')).encodeSafetensors,
  tfjs: async () => {
    const { encodeTfjs, zipTfjs } = await import('../deploy/tfjs/encode');
    return (checkpoint, facts) => zipTfjs(encodeTfjs(checkpoint, facts));
  },
  json: async () => (await import('../deploy/plain-json')).encodeJson,
};

/** @throws WhittleError where the format cannot hold this network */
export async function exportCheckpoint(
  checkpoint: Checkpoint,
  format: ExportFormat,
  facts: FileFacts,
): Promise<Uint8Array> {
  const encode = await ENCODERS[format]();
  return encode(checkpoint, facts);
}
