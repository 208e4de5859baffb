import type { Shape } from '../experiment/architecture';
import type { Quantizer } from '../experiment/checkpoint';
import { badFile, ByteWriter, type ByteReader } from './bytes';
import { floatPlanes, placeFloats } from './float-planes';
import { allPositions } from './positions';
import { MAX_CODE_BITS } from './quantizer-codes';

/** Their order is part of the file format. */
const SCHEMES = ['symmetric', 'affine', 'ternary', 'binary'] as const;

/** Zero points are integers of 17 bits and a sign at most, as their codes are. */
const MAX_ZIGZAG = 2 ** 18;

export interface QuantizerHead {
  readonly scheme: Quantizer['scheme'];
  readonly bits: number;
  /** One for the tensor, or one an output channel. */
  readonly grids: number;
  /** Otherwise they are all 0. */
  readonly hasZeroPoints: boolean;
}

export function writeQuantizerHead(
  writer: ByteWriter,
  { scheme, bits, scales, zeroPoints }: Quantizer,
  shape: Shape,
): void {
  const grids = scales.length;
  if (zeroPoints.length !== grids || (grids !== 1 && grids !== shape.at(-1))) {
    throw new Error('A quantizer has neither one grid nor one for each output channel.');
  }
  writer.byte(
    SCHEMES.indexOf(scheme) | (grids === 1 ? 0 : 4) | (zeroPoints.some((z) => z !== 0) ? 8 : 0),
  );
  writer.byte(bits);
}

export function readQuantizerHead(reader: ByteReader, shape: Shape): QuantizerHead {
  const flags = reader.byte();
  const bits = reader.byte();
  const scheme = SCHEMES[flags & 3];
  if (scheme === undefined || flags >= 16 || bits < 1 || bits > MAX_CODE_BITS) {
    throw badFile('a quantizer is not known');
  }
  const grids = (flags & 4) === 0 ? 1 : (shape.at(-1) ?? 1);
  return { scheme, bits, grids, hasZeroPoints: (flags & 8) !== 0 };
}

/** Scales by byte, then zero points as zigzag varints (0, −1, 1, −2 … are 0, 1, 2, 3 …). */
export function quantizerData({ scales, zeroPoints }: Quantizer): readonly Uint8Array[] {
  const planes = floatPlanes(scales, allPositions(scales.length));
  if (zeroPoints.every((z) => z === 0)) return planes;
  const writer = new ByteWriter();
  for (const z of zeroPoints) writer.varint(z < 0 ? -2 * z - 1 : 2 * z);
  return [...planes, writer.done()];
}

export function readQuantizerData(
  reader: ByteReader,
  { scheme, bits, grids, hasZeroPoints }: QuantizerHead,
): Quantizer {
  const scales = new Float32Array(grids);
  placeFloats(
    scales,
    allPositions(grids),
    [0, 1, 2, 3].map(() => reader.take(grids)),
  );
  const zeroPoints = new Int32Array(grids);
  if (hasZeroPoints) {
    for (let i = 0; i < grids; i++) {
      const zigzag = reader.varint(MAX_ZIGZAG);
      zeroPoints[i] = zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
    }
  }
  return { scheme, bits, scales, zeroPoints };
}
