import { encodeOnnx } from '../../deploy/onnx/encode-onnx';
import { kernelCodes, type CodeBits } from '../../deploy/onnx/codes';
import type { OnnxFormat } from '../../deploy/onnx/writing';
import type { Checkpoint } from '../../experiment/checkpoint';
import { kernelsOf } from '../../techniques/kernels';

/** The file of the format that the network asks for. */
export function onnxFileOf(checkpoint: Checkpoint): Uint8Array {
  return encodeOnnx(checkpoint, { format: formatOf(checkpoint), metadata: {} });
}

/** Integers of as few bits as hold every weight, on grids of activations where it has them; else floats. */
function formatOf(checkpoint: Checkpoint): OnnxFormat {
  const { layers } = checkpoint.architecture;
  if (layers.some(({ type }) => type === 'quantize'))
    return hasCodes(checkpoint, 8) ? 'int8' : 'float32';
  if (hasCodes(checkpoint, 4)) return 'int4weights';
  return hasCodes(checkpoint, 8) ? 'int8weights' : 'float32';
}

function hasCodes(checkpoint: Checkpoint, bits: CodeBits): boolean {
  return kernelsOf(checkpoint).every(({ name, parameter }) => {
    const quantizer = checkpoint.quantizers[name];
    return quantizer !== undefined && kernelCodes(parameter, quantizer, bits) !== null;
  });
}
