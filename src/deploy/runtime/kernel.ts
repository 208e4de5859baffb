import type { PackedTensor } from '../tensor-model';
import type { Arena } from './arena';
import type { Matrix } from './matrix';
import { numbersOf, type Numbers } from './numbers';
import { floatRows, packRows, rowBytes, storedBits, unpacking } from './rows';
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
  const { bits, levels, levelsPerGrid = 0, scales, offsets } = numbers;
  const fields = [
    ...putWeights(arena, matrix, numbers),
    holdSome(arena, levels),
    4 * levelsPerGrid,
    // `group` and what is by grid.
    tensor.quantizer?.group ?? numbers.values.length / outputs,
    holdSome(arena, scales),
    scales === undefined || scales.length === 1 ? 0 : 4,
    holdSome(arena, offsets),
    storedBits(bits) > 9 ? 0 : arena.hold(unpacking(bits)),
  ];
  return arena.hold(Int32Array.from(fields));
}

function holdSome(arena: Arena, numbers?: Float32Array): number {
  return numbers === undefined ? 0 : arena.hold(numbers);
}

/** From `form` to `weightBytes`: every weight in rows, or those that are not zero with gaps. */
function putWeights(arena: Arena, matrix: Matrix, numbers: Numbers): Fields {
  const { majors, minors } = matrix;
  const form = FORMS.indexOf(numbers.kind);
  const bits = storedBits(numbers.bits);
  const ofRow = rowBytes(minors, bits);
  const isSmall = majors * minors <= SMALL;
  if (numbers.zero !== null && !isSmall) {
    const { gaps, weights, starts, gapBits, bytes } = packGaps(matrix, numbers, numbers.zero);
    if (bytes < WORTH_SKIPPING * majors * ofRow) {
      const isWide = Number(starts instanceof Uint32Array);
      const address = arena.hold(gaps);
      // Codes that share their bytes with gaps lie there.
      const at = weights === null ? address : arena.hold(weights);
      const size = weights?.BYTES_PER_ELEMENT ?? 1;
      return [form + GAPS, numbers.bits, at, 0, arena.hold(starts), isWide, address, gapBits, size];
    }
  }
  const rows = bits === 32 ? floatRows(matrix, numbers) : packRows(matrix, numbers, bits);
  return [form, bits, arena.hold(rows), ofRow, 0, 0, 0, 0, 0];
}
