import { factTexts, type FileFacts } from '../deploy/file-facts';
import type { OnnxFormat } from '../deploy/onnx/writing';
import { encodeWhittle } from '../deploy/whittle-file';
import type { Checkpoint } from '../experiment/checkpoint';
import type { ExportFormat } from './export-formats';
import type { Work } from './measure';

type ExportWork = Pick<Work, 'engine' | 'dataset'>;

/** A network as a file to take away. */
type Encode = (
  checkpoint: Checkpoint,
  facts: FileFacts,
  work: ExportWork,
) => Uint8Array | Promise<Uint8Array>;

/** What makes a file of each kind: its code loads when somebody first asks for one. */
const ENCODERS: Readonly<Record<ExportFormat, () => Promise<Encode>>> = {
  // Its length is measured of every network, so it is there.
  whittle: () => Promise.resolve(encodeWhittle),
  html: async () => {
    const { takeawayOf } = await import('./takeaway');
    return async (checkpoint, facts, { dataset }) =>
      new TextEncoder().encode(await takeawayOf(checkpoint, facts, dataset));
  },
  onnx: onnx('float32'),
  'onnx-float16': onnx('float16'),
  'onnx-int8': onnx('int8'),
  'onnx-int8-weights': onnx('int8weights'),
  'onnx-int4-weights': onnx('int4weights'),
  safetensors: async () => (await import('../deploy/safetensors')).encodeSafetensors,
  tfjs: async () => {
    const { encodeTfjs, zipTfjs } = await import('../deploy/tfjs/encode');
    return (checkpoint, facts) => zipTfjs(encodeTfjs(checkpoint, facts));
  },
  json: async () => (await import('../deploy/plain-json')).encodeJson,
};

function onnx(format: OnnxFormat): () => Promise<Encode> {
  return async () => {
    const { onnxFile } = await import('./onnx-file');
    return (checkpoint, facts, work) =>
      onnxFile(checkpoint, { format, metadata: factTexts(facts) }, work);
  };
}

/** @throws WhittleError where the format cannot hold this network */
export async function exportCheckpoint(
  checkpoint: Checkpoint,
  format: ExportFormat,
  facts: FileFacts,
  work: ExportWork,
): Promise<Uint8Array> {
  const encode = await ENCODERS[format]();
  return encode(checkpoint, facts, work);
}
