import type { PackedTensor } from '../tensor-model';
import type { Arena } from './arena';
import type { Matrix } from './matrix';
import { numbersOf, type Numbers } from './numbers';
import { packRows, rowBytes, storedBits, unpacking } from './rows';
import { packGaps } from './gaps';

/** Forms of rows, as in `assembly/kernel.ts`; those of gaps are `GAPS` further. */
const FORMS: readonly Numbers['kind'][] = ['floats', 'codes', 'levels'];
const GAPS = 3;

/** Rows are faster where few weights are zero: without zeros they have to be so much smaller. */
const WORTH_SKIPPING = 0.8;
/** Of so many weights all are in the nearest cache anyway. */
const SMALL = 1024;

/** The fields of a `Kernel` in `assembly/kernel.ts`, in its order. Addresses of what there is none of are 0. */
type Fields = readonly number[];

/** Puts the weights of a tensor into memory, and their `Kernel`, whose address it is. */
export function putKernel(
  arena: Arena,
  tensor: PackedTensor,
  matrix: Matrix,
  outputs: number,
): number {
  const numbers = numbersOf(tensor, outputs);
  const fields = [
    ...putWeights(arena, matrix, numbers),
    ...putLevels(arena, numbers),
    ...putScales(arena, numbers, tensor, outputs),
    putPlaces(arena, numbers),
  ];
  return arena.hold(Int32Array.from(fields));
}

/** From `form` to `weightBytes`: every weight in rows, or those that are not zero with gaps. */
function putWeights(arena: Arena, matrix: Matrix, numbers: Numbers): Fields {
  const form = FORMS.indexOf(numbers.kind);
  const bits = numbers.kind === 'floats' ? 32 : storedBits(numbers.bits);
  const ofRow = rowBytes(matrix.minors, bits);
  const inRows = matrix.majors * ofRow;
  const isSmall = matrix.majors * matrix.minors <= SMALL;
  const gapped = hasZero(numbers) && !isSmall ? packGaps(matrix, numbers) : null;
  if (gapped !== null && gapped.bytes < WORTH_SKIPPING * inRows) {
    const { gaps, weights, starts, gapBits } = gapped;
    const isWide = Number(starts instanceof Uint32Array);
    const address = arena.hold(gaps);
    // Codes that share their bytes with gaps lie there.
    const at = weights === null ? address : arena.hold(weights);
    const own = numbers.kind === 'floats' ? bits : numbers.bits;
    const size = weights === null ? 1 : weights.BYTES_PER_ELEMENT;
    return [form + GAPS, own, at, 0, arena.hold(starts), isWide, address, gapBits, size];
  }
  const rows =
    numbers.kind === 'floats'
      ? floatRows(matrix, numbers.values)
      : packRows(matrix, numbers.values, bits);
  return [form, bits, arena.hold(rows), ofRow, 0, 0, 0, 0, 0];
}

function hasZero(numbers: Numbers): boolean {
  return numbers.kind === 'floats' || numbers.zero !== null;
}

function floatRows({ majors, minors, index }: Matrix, values: Float32Array): Float32Array {
  return Float32Array.from(
    { length: majors * minors },
    (_, i) => values[index(Math.floor(i / minors), i % minors)] ?? 0,
  );
}

/** `levels` and `levelStep`. */
function putLevels(arena: Arena, numbers: Numbers): Fields {
  if (numbers.kind !== 'levels') return [0, 0];
  const { levels, perGrid } = numbers;
  return [arena.hold(levels), levels.BYTES_PER_ELEMENT * (perGrid ?? 0)];
}

/** `group`, `scales`, `scaleStep` and `offsets`. */
function putScales(
  arena: Arena,
  numbers: Numbers,
  { quantizer, table }: PackedTensor,
  outputs: number,
): Fields {
  const group = quantizer?.group ?? table.codes.length / outputs;
  if (numbers.kind === 'floats' || numbers.scales === null) return [group, 0, 0, 0];
  const { scales } = numbers;
  const offsets = numbers.kind === 'codes' && numbers.offsets !== null ? numbers.offsets : null;
  return [
    group,
    arena.hold(scales),
    scales.length === 1 ? 0 : scales.BYTES_PER_ELEMENT,
    offsets === null ? 0 : arena.hold(offsets),
  ];
}

function putPlaces(arena: Arena, numbers: Numbers): number {
  if (numbers.kind === 'floats' || storedBits(numbers.bits) > 9) return 0;
  return arena.hold(unpacking(numbers.bits));
}
