import type { Shape } from '../experiment/architecture';
import type { Quantizer } from '../experiment/checkpoint';
import { gridCount } from '../experiment/quantizer';
import { sizeOf } from '../experiment/shapes';
import { badFile, ByteWriter, type ByteReader } from './bytes';
import { floatPlanes, placeFloats } from './float-planes';
import { allPositions } from './positions';
import { MAX_CODE_BITS } from './quantizer-codes';

/** Their order is part of the file format. */
const SCHEMES = ['symmetric', 'affine', 'ternary', 'binary', 'codebook', 'power2'] as const;

/** Zero points are integers of 17 bits and a sign at most, as their codes are. */
const MAX_ZIGZAG = 2 ** 18;
/** A codebook of more would be a list of the weights themselves. */
const MAX_CODEBOOK_BITS = 8;

/** Bits of the first byte. */
const LOW_SCHEME = 3;
const PER_OUTPUT = 4;
const ZERO_POINTS = 8;
const GROUPS = 16;
const HIGH_SCHEME = 32;

export interface QuantizerHead {
  readonly scheme: Quantizer['scheme'];
  readonly bits: number;
  readonly grids: number;
  readonly group: number | null;
  /** Otherwise they are all 0. */
  readonly hasZeroPoints: boolean;
}

/** Grids of a tensor: one, one an output, or one for each `group` inputs of an output. */
function gridsIn(shape: Shape, perOutput: boolean, group: number | null): number {
  const outputs = shape.at(-1) ?? 1;
  if (group !== null) return outputs * Math.ceil(sizeOf(shape) / outputs / group);
  return perOutput ? outputs : 1;
}

export function writeQuantizerHead(writer: ByteWriter, quantizer: Quantizer, shape: Shape): void {
  const { scheme, bits, group = null, zeroPoints } = quantizer;
  const grids = gridCount(quantizer);
  const perOutput = group === null && grids !== 1;
  if (grids !== gridsIn(shape, perOutput, group)) {
    throw new Error('A quantizer has neither one grid, nor one for each output, nor its groups.');
  }
  const index = SCHEMES.indexOf(scheme);
  writer.byte(
    (index & LOW_SCHEME) |
      (index > LOW_SCHEME ? HIGH_SCHEME : 0) |
      (perOutput ? PER_OUTPUT : 0) |
      (zeroPoints.some((z) => z !== 0) ? ZERO_POINTS : 0) |
      (group === null ? 0 : GROUPS),
  );
  writer.byte(bits);
  if (group !== null) writer.varint(group);
}

export function readQuantizerHead(reader: ByteReader, shape: Shape): QuantizerHead {
  const flags = reader.byte();
  const bits = reader.byte();
  const has = (flag: number) => (flags & flag) !== 0;
  const scheme = SCHEMES[(flags & LOW_SCHEME) + (has(HIGH_SCHEME) ? LOW_SCHEME + 1 : 0)];
  const most = scheme === 'codebook' || scheme === 'power2' ? MAX_CODEBOOK_BITS : MAX_CODE_BITS;
  const isPossible = bits >= 1 && bits <= most && !(has(PER_OUTPUT) && has(GROUPS));
  if (scheme === undefined || flags >= 64 || !isPossible) {
    throw badFile('a quantizer is not known');
  }
  const group = has(GROUPS) ? reader.varint(MAX_ZIGZAG) : null;
  if (group === 0) throw badFile('a quantizer has groups of nothing');
  const grids = gridsIn(shape, has(PER_OUTPUT), group);
  return { scheme, bits, grids, group, hasZeroPoints: has(ZERO_POINTS) };
}

/**
 * A codebook's levels by byte; of the others the scales by byte, then zero points as zigzag varints (0, −1,
 * 1, −2 … are 0, 1, 2, 3 …).
 */
export function quantizerData({
  scales,
  zeroPoints,
  levels = scales,
}: Quantizer): readonly Uint8Array[] {
  const planes = floatPlanes(levels, allPositions(levels.length));
  if (zeroPoints.every((z) => z === 0)) return planes;
  const writer = new ByteWriter();
  for (const z of zeroPoints) writer.varint(z < 0 ? -2 * z - 1 : 2 * z);
  return [...planes, writer.done()];
}

export function readQuantizerData(
  reader: ByteReader,
  { scheme, bits, grids, group, hasZeroPoints }: QuantizerHead,
): Quantizer {
  const common = { scheme, bits, ...(group !== null && { group }) };
  if (scheme === 'codebook') {
    const levels = readFloats(reader, grids * 2 ** bits);
    return { ...common, scales: new Float32Array(), zeroPoints: new Int32Array(), levels };
  }
  const scales = readFloats(reader, grids);
  const zeroPoints = new Int32Array(grids);
  if (hasZeroPoints) {
    for (let i = 0; i < grids; i++) {
      const zigzag = reader.varint(MAX_ZIGZAG);
      zeroPoints[i] = zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
    }
  }
  return { ...common, scales, zeroPoints };
}

function readFloats(reader: ByteReader, count: number): Float32Array {
  const planes = [0, 1, 2, 3].map(() => reader.take(count));
  const values = new Float32Array(count);
  placeFloats(values, allPositions(count), planes);
  return values;
}
