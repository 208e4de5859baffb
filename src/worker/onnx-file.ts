import type { Dataset } from '../data/dataset';
import type { CodeBits } from '../deploy/onnx/codes';
import type { OnnxOptions } from '../deploy/onnx/encode-onnx';
import type { Engine } from '../engine/trainer';
import type { Checkpoint, Parameter, Quantizer } from '../experiment/checkpoint';
import { randomFrom } from '../experiment/random';
import { drawBatches } from '../techniques/draw-examples';
import { learningFrom } from '../techniques/transfer/few';
import { kernelsOf } from '../techniques/kernels';
import { calibrate, withGrids } from '../techniques/quantize/activation-grids';
import { quantizeKernel } from '../techniques/quantize/quantize';
import { quantizeSpec } from '../techniques/quantize/spec';

/** How kernels are rounded that are not on grids yet, or on none that the format has. */
const ROUNDING = {
  8: quantizeSpec.options.parse({ bits: 8 }),
  4: quantizeSpec.options.parse({ bits: 4, granularity: 'group', group: 32 }),
} as const satisfies Record<CodeBits, unknown>;

/**
 * A checkpoint as an ONNX file. What the format needs and the checkpoint has not is added: kernels are rounded
 * to 8 bits an output, or 4 bits for each 32 inputs of one; for `int8` activations to 8 bits, calibrated on 128
 * training examples. Grids that there are stay as they are, so that the file computes what was shown.
 *
 * The code that writes it is loaded with the first call.
 * @throws WhittleError `beyondFloat16`, `notFinite`, `activationsNotFinite`
 */
export async function onnxFile(
  checkpoint: Checkpoint,
  options: OnnxOptions,
  work: { readonly engine: Engine; readonly dataset: Dataset },
): Promise<Uint8Array> {
  const [{ encodeOnnx }, { kernelCodes }] = await Promise.all([
    import('../deploy/onnx/encode-onnx'),
    import('../deploy/onnx/codes'),
  ]);
  const round = (bits: CodeBits, takesGroups: boolean) =>
    rounded(checkpoint, bits, (parameter, quantizer) => {
      const codes = kernelCodes(parameter, quantizer, bits);
      return codes !== null && (takesGroups || codes.group === undefined);
    });
  switch (options.format) {
    case 'float32':
    case 'float16':
      return encodeOnnx(checkpoint, options);
    case 'int8':
      return encodeOnnx(await onGrids(checkpoint, round(8, false), work), options);
    case 'int8weights':
      return encodeOnnx(round(8, true), options);
    case 'int4weights':
      return encodeOnnx(round(4, true), options);
  }
}

/** The checkpoint with the kernels rounded that do not fit. */
function rounded(
  checkpoint: Checkpoint,
  bits: CodeBits,
  fits: (parameter: Parameter, quantizer: Quantizer | undefined) => boolean,
): Checkpoint {
  const parameters = { ...checkpoint.parameters };
  const quantizers = { ...checkpoint.quantizers };
  for (const kernel of kernelsOf(checkpoint)) {
    const { name, parameter } = kernel;
    if (fits(parameter, quantizers[name])) continue;
    const { values, quantizer } = quantizeKernel(kernel, ROUNDING[bits]);
    parameters[name] = { ...parameter, values };
    quantizers[name] = quantizer;
  }
  return { ...checkpoint, parameters, quantizers };
}

/** The rounded network with grids of 8 bits for activations, where it has none at all. */
async function onGrids(
  checkpoint: Checkpoint,
  roundedOne: Checkpoint,
  { engine, dataset }: { readonly engine: Engine; readonly dataset: Dataset },
): Promise<Checkpoint> {
  const { architecture, random, examples: rows } = checkpoint;
  if (architecture.layers.some(({ type }) => type === 'quantize')) return roundedOne;
  const known = learningFrom(dataset, rows);
  const [examples] = await drawBatches(known, 1, randomFrom(random));
  if (examples === undefined) return roundedOne;
  const range = { by: 'minmax' } as const;
  const grids = await calibrate(checkpoint, { bits: 8, range }, examples, engine);
  return { ...roundedOne, architecture: withGrids(architecture, grids) };
}
