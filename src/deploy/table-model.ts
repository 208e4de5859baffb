import { MixedModel, SimpleModel } from './bit-models';
import type { BitCoder } from './range-coder';
import type { Layout } from './table-layout';

/** The numbers of a tensor in two parts: a code that a model foretells, and bits that look like chance. */
export interface Table {
  /** 1 where there is a number. */
  readonly kept: Uint8Array;
  /** Ascending with the numbers. */
  readonly codes: Uint16Array;
  /** None where there are no such bits. */
  readonly rests: Uint32Array;
}

/** What both ends know before. */
export interface TableHead {
  /** Otherwise there is a number everywhere. */
  readonly sparse: boolean;
  readonly codeBits: number;
  /** The highest of them, foretold from their surroundings; those behind them from the bits before alone. */
  readonly mixedBits: number;
  /** The lowest of them, which look like chance too. */
  readonly plainBits: number;
  readonly restBits: number;
}

/** More bits than this take too long to learn. */
export const MODELLED_BITS = 12;

export function emptyTable(count: number, { restBits }: Pick<TableHead, 'restBits'>): Table {
  return {
    kept: new Uint8Array(count),
    codes: new Uint16Array(count),
    rests: new Uint32Array(restBits > 0 ? count : 0),
  };
}

/** Neighbours coded before, by steps to the left and up; the first two count twice. */
const NEIGHBOURS = [
  [1, 0],
  [0, 1],
  [1, 1],
  [-1, 1],
  [2, 0],
  [0, 2],
] as const;
/** Values of `leaning`. */
const LEANINGS = 81;

/**
 * Writes or reads a tensor's table, row by row: whether there is a number, from its column, its row and the
 * pattern of its neighbours; then its code, from what its neighbours' codes lean to and from its column.
 */
export function codeTable(coder: BitCoder, layout: Layout, head: TableHead, table: Table): void {
  const { rows, columns } = layout;
  const { sparse, codeBits, restBits } = head;
  const { kept, codes, rests } = table;
  const presence = MixedModel.fresh([columns, 2 ** NEIGHBOURS.length, rows], 1);
  const codeModel = new CodeModel(head, columns);
  // One row more, of nothing, for neighbours outside of the picture.
  const there = new Uint8Array((rows + 1) * columns);
  const leans = new Int32Array((rows + 1) * columns);
  const middle = 2 ** codeBits - 1;
  for (let row = 0; row < rows; row++) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = NEIGHBOURS.map(
      ([left, up]) => rowBeside(layout, row, left, up) * columns,
    );
    for (let column = 0, i = row * columns; column < columns; column++, i++) {
      if (sparse) {
        const pattern =
          (there[a + column] ?? 0) |
          ((there[b + column] ?? 0) << 1) |
          ((there[c + column] ?? 0) << 2) |
          ((there[d + column] ?? 0) << 3) |
          ((there[e + column] ?? 0) << 4) |
          ((there[f + column] ?? 0) << 5);
        if (presence.code(coder, 0, column, pattern, row, kept[i] ?? 0) === 0) continue;
      }
      const lean =
        2 * ((leans[a + column] ?? 0) + (leans[b + column] ?? 0)) +
        (leans[c + column] ?? 0) +
        (leans[d + column] ?? 0) +
        (leans[e + column] ?? 0) +
        (leans[f + column] ?? 0);
      const code = codeModel.code(coder, column, leaning(lean), codes[i] ?? 0);
      kept[i] = 1;
      codes[i] = code;
      there[i] = 1;
      leans[i] = 2 * code - middle;
      if (restBits > 0) rests[i] = coder.raw(rests[i] ?? 0, restBits);
    }
  }
}

/** The row of a neighbour in the picture; the one behind the last where there is none. */
function rowBeside(
  { rows, width, channels }: Layout,
  row: number,
  left: number,
  up: number,
): number {
  const x = (Math.floor(row / channels) % width) - left;
  const beside = row - (left + up * width) * channels;
  return x >= 0 && x < width && beside >= 0 ? beside : rows;
}

/** A sum by its sign and size, two steps for every doubling. */
function leaning(sum: number): number {
  if (sum === 0) return 0;
  const size = Math.abs(sum);
  const log = 31 - Math.clz32(size);
  const step = 1 + 2 * log + (log > 0 ? (size >> (log - 1)) & 1 : 0);
  return sum < 0 ? step + (LEANINGS - 1) / 2 : step;
}

/** A code as a path down a binary tree, from its highest bit. */
class CodeModel {
  private readonly top: MixedModel;
  private readonly below: SimpleModel;
  private readonly mixed: number;
  private readonly modelled: number;
  private readonly bits: number;
  private readonly plain: number;

  constructor(
    { codeBits, mixedBits, plainBits }: TableHead,
    private readonly columns: number,
  ) {
    this.bits = codeBits;
    this.plain = plainBits;
    this.modelled = codeBits - plainBits;
    this.mixed = Math.min(mixedBits, this.modelled);
    const nodes = 2 ** this.mixed;
    this.top = MixedModel.fresh([nodes, nodes * LEANINGS, nodes * columns], this.mixed);
    this.below = new SimpleModel(2 ** this.modelled);
  }

  code(coder: BitCoder, column: number, lean: number, code: number): number {
    const { bits, plain, mixed, modelled, columns } = this;
    let node = 1;
    let level = 0;
    for (; level < mixed; level++) {
      const bit = (code >> (bits - 1 - level)) & 1;
      const second = node * LEANINGS + lean;
      const third = node * columns + column;
      node = 2 * node + this.top.code(coder, level, node, second, third, bit);
    }
    for (; level < modelled; level++) {
      const bit = (code >> (bits - 1 - level)) & 1;
      node = 2 * node + this.below.code(coder, node, bit);
    }
    const known = (node - (1 << modelled)) << plain;
    return plain === 0 ? known : known | coder.raw(code & ((1 << plain) - 1), plain);
  }
}
