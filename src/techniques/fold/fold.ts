import { BATCH_NORM_EPSILON } from '../../engine/constants';
import type { BatchNormLayer } from '../../experiment/architecture';
import type { Checkpoint, Parameter } from '../../experiment/checkpoint';
import { WhittleError } from '../../experiment/problem';
import { without } from '../without';
import { noFoldFits } from './spec';
import { nextTarget, withoutNorm, type Target } from './targets';

/** What a batch norm does to each channel in inference: `factor · x + offset`. */
interface Affine {
  readonly factors: Float64Array;
  readonly offsets: Float64Array;
}

/**
 * The network without the batch norms that a layer beside them can take over exactly; in inference it says
 * the same. Masks stay, since zeros stay zero; a kernel that changes leaves its quantization levels, and the
 * optimizer's memory belongs to what was.
 * @throws WhittleError `noFoldFits` where none can be folded.
 */
export function fold(checkpoint: Checkpoint): Checkpoint {
  let result = checkpoint;
  for (;;) {
    const { architecture, parameters } = result;
    const target = nextTarget(architecture, (norm) =>
      affineOf(norm, parameters).factors.every((factor) => factor >= 0),
    );
    if (target === null) break;
    result = foldOne(result, target);
  }
  if (result === checkpoint) throw new WhittleError(noFoldFits);
  return { ...result, optimizer: null };
}

function foldOne(checkpoint: Checkpoint, { norm, layer, side }: Target): Checkpoint {
  const { parameters, masks, quantizers } = checkpoint;
  const [kernelName, biasName] = [`${layer.name}.kernel`, `${layer.name}.bias`];
  const kernel = read(parameters, kernelName);
  const bias = read(parameters, biasName);
  const scaled = side === 'before' ? scaleOutputs : scaleInputs;
  const made = scaled(kernel, bias, affineOf(norm, parameters), masks[kernelName]);
  const isGone = (name: string) => name.startsWith(`${norm.name}.`);
  const kept = Object.entries(parameters).filter(([name]) => !isGone(name));
  return {
    ...checkpoint,
    architecture: withoutNorm(checkpoint.architecture, norm),
    parameters: {
      ...Object.fromEntries(kept),
      [kernelName]: { ...kernel, values: made.kernel },
      [biasName]: { ...bias, values: made.bias },
    },
    quantizers: without(quantizers, kernelName),
  };
}

interface Made {
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

/** `f (W x + b) + o = (f W) x + (f b + o)`, output by output. */
function scaleOutputs(
  kernel: Parameter,
  bias: Parameter,
  { factors, offsets }: Affine,
  mask: Uint8Array | undefined,
): Made {
  const outputs = factors.length;
  return {
    kernel: kernel.values.map((w, i) => (mask?.[i] === 0 ? 0 : w * (factors[i % outputs] ?? 0))),
    bias: bias.values.map((b, output) => b * (factors[output] ?? 0) + (offsets[output] ?? 0)),
  };
}

/** `W (f x + o) + b = (W f) x + (W o + b)`; a flattened picture has its channels innermost. */
function scaleInputs(
  kernel: Parameter,
  bias: Parameter,
  { factors, offsets }: Affine,
  mask: Uint8Array | undefined,
): Made {
  const outputs = bias.values.length;
  const channelOf = (i: number) => Math.floor(i / outputs) % factors.length;
  const sums = Float64Array.from(bias.values);
  kernel.values.forEach((w, i) => {
    sums[i % outputs] = (sums[i % outputs] ?? 0) + w * (offsets[channelOf(i)] ?? 0);
  });
  return {
    kernel: kernel.values.map((w, i) => (mask?.[i] === 0 ? 0 : w * (factors[channelOf(i)] ?? 0))),
    bias: Float32Array.from(sums),
  };
}

function affineOf({ name }: BatchNormLayer, parameters: Checkpoint['parameters']): Affine {
  const [scale, shift, mean, variance] = ['scale', 'shift', 'mean', 'variance'].map(
    (role) => read(parameters, `${name}.${role}`).values,
  );
  const factors = Float64Array.from(
    scale ?? [],
    (gamma, i) => gamma / Math.sqrt((variance?.[i] ?? 0) + BATCH_NORM_EPSILON),
  );
  const offsets = factors.map((factor, i) => (shift?.[i] ?? 0) - (mean?.[i] ?? 0) * factor);
  return { factors, offsets };
}

function read(parameters: Checkpoint['parameters'], name: string): Parameter {
  const parameter = parameters[name];
  if (parameter === undefined) throw new RangeError(`The network has no parameter ${name}.`);
  return parameter;
}
