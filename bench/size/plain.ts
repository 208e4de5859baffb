import { symbolsOf } from '../../src/deploy/quantizer-codes';
import type { Checkpoint, Parameter, Quantizer } from '../../src/experiment/checkpoint';

/**
 * What a general compressor is given: of each tensor the gaps between the weights that are kept, a byte each,
 * and their codes, a byte each; or float32 numbers by byte, all lowest bytes first. Nothing is said of layers.
 */
export function plainSections({
  parameters,
  masks,
  quantizers,
}: Checkpoint): readonly Uint8Array[] {
  return Object.entries(parameters).flatMap(([name, parameter]) => {
    const mask = masks[name] ?? new Uint8Array(parameter.values.length).fill(1);
    const kept = [...mask.keys()].filter((i) => mask[i] === 1);
    const quantizer = quantizers[name];
    return [
      ...(masks[name] ? [gaps(kept)] : []),
      ...(quantizer
        ? [gridOf(quantizer), codes(parameter, mask, kept, quantizer)]
        : planes(parameter, kept)),
    ];
  });
}

function gaps(kept: readonly number[]): Uint8Array {
  const bytes: number[] = [];
  let next = 0;
  for (const i of kept) {
    for (; i - next >= 255; next += 255) bytes.push(255);
    bytes.push(i - next);
    next = i + 1;
  }
  return Uint8Array.from(bytes);
}

function gridOf({ scales, levels = scales }: Quantizer): Uint8Array {
  return new Uint8Array(levels.slice().buffer);
}

/** Of at most eight bits. */
function codes(
  { values, shape }: Parameter,
  mask: Uint8Array,
  kept: readonly number[],
  quantizer: Quantizer,
): Uint8Array {
  const symbols = symbolsOf(values, mask, quantizer, shape.at(-1) ?? 1);
  if (symbols === null) throw new Error('A weight is on none of its levels.');
  return Uint8Array.from(kept, (i) => symbols[i] ?? 0);
}

function planes({ values }: Parameter, kept: readonly number[]): readonly Uint8Array[] {
  const patterns = new Uint32Array(values.slice().buffer);
  return [0, 8, 16, 24].map((shift) => Uint8Array.from(kept, (i) => (patterns[i] ?? 0) >>> shift));
}
