import { kernelCodes, type CodeBits } from '../../deploy/onnx/codes';
import type { OnnxFormat } from '../../deploy/onnx/writing';
import type { Checkpoint } from '../../experiment/checkpoint';
import { kernelsOf } from '../../techniques/kernels';

/** The format that computes what the network does with as few bits as it has: on its own grids alone. */
export function ownFormat(checkpoint: Checkpoint): OnnxFormat {
  const roundsActivations = checkpoint.architecture.layers.some(({ type }) => type === 'quantize');
  if (roundsActivations) return hasCodes(checkpoint, 8) ? 'int8' : 'float32';
  if (hasCodes(checkpoint, 4)) return 'int4weights';
  return hasCodes(checkpoint, 8) ? 'int8weights' : 'float32';
}

function hasCodes(checkpoint: Checkpoint, bits: CodeBits): boolean {
  return kernelsOf(checkpoint).every(
    ({ name, parameter }) => kernelCodes(parameter, checkpoint.quantizers[name], bits) !== null,
  );
}
