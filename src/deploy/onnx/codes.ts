import type { Parameter, Quantizer } from '../../experiment/checkpoint';
import { gridAt } from '../../experiment/quantizer';

/** Bits in which ONNX can hold a code. */
export type CodeBits = 4 | 8;

/** A kernel as integers without a sign: a weight is `(code − zeroPoint) · scale` of its grid. */
export interface KernelCodes {
  /** In the order of the kernel's values. */
  readonly codes: Uint8Array<ArrayBuffer>;
  /** One for the tensor, for each output, or for each `group` inputs of an output (`quantizer.ts`). */
  readonly scales: Float32Array;
  readonly zeroPoints: Uint8Array<ArrayBuffer>;
  readonly group?: number;
}

/**
 * The kernel on its grids as codes of so many bits, from which the same float32 numbers come back; null where
 * its grids have too many levels, or uneven ones, or a weight has left them since.
 */
export function kernelCodes(
  { shape, values }: Parameter,
  quantizer: Quantizer | undefined,
  bits: CodeBits,
): KernelCodes | null {
  if (quantizer === undefined || quantizer.scheme === 'codebook') return null;
  const { scheme, group } = quantizer;
  // Codes with a sign are moved up by half of what there is, affine ones have none.
  const offset = scheme === 'affine' ? 0 : 2 ** (bits - 1);
  const scales = quantizer.scales.map((scale) => evenScale(quantizer, scale));
  const zeroPoints = Int32Array.from(quantizer.zeroPoints, (z) => z + offset);
  const most = 2 ** bits - 1;
  if (zeroPoints.some((z) => z < 0 || z > most)) return null;
  const gridOf = gridAt(quantizer, shape.at(-1) ?? 1);
  const codes = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const grid = gridOf(i);
    const [value = 0, scale = 1, zero = 0] = [values[i], scales[grid], zeroPoints[grid]];
    const code = Math.round(value / scale) + zero;
    if (!(code >= 0 && code <= most) || Math.fround((code - zero) * scale) !== value) return null;
    codes[i] = code;
  }
  const grids = { scales, zeroPoints: Uint8Array.from(zeroPoints) };
  return { codes, ...grids, ...(group !== undefined && { group }) };
}

/** The step of an even grid that has all levels of the quantizer's. */
function evenScale({ scheme, bits }: Quantizer, scale: number): number {
  // A binary tensor of zeros has no scale; every other would do.
  if (scale === 0) return 1;
  return scheme === 'power2' ? scale * 2 ** (2 - 2 ** (bits - 1)) : scale;
}
