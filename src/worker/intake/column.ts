import { NO_CATEGORY, type ColumnValues, type OwnColumn } from '../../data/own/record';
import { isMissing, type ReadNumber } from './cells';
import { MAX_CATEGORIES, MOST_STRAY } from './limits';

/** A cell that is text in a column of numbers. */
export interface Stray {
  readonly row: number;
  readonly text: string;
}

/** How many cells of a column are numbers, and how many text; `stray`: the first of these. */
interface Counted {
  readonly numbers: number;
  readonly strays: number;
  readonly stray: Stray | null;
}

/** A column that has been read. Free text has no values. */
export type FinishedColumn = Counted &
  (
    | { readonly column: OwnColumn; readonly values: ColumnValues }
    | { readonly column: null; readonly name: string; readonly missing: number }
  );

/**
 * Takes a column's cells one by one, and says at the end what they are: whether numbers or categories shows
 * when all have been seen, so they are kept as both as long as that is possible.
 */
export class ColumnReader {
  #length = 0;
  #numbers = new Float64Array(1_024);
  #codes = new Uint16Array(1_024);
  /** Codes by text; null where there are too many to be categories. */
  #categories: Map<string, number> | null = new Map();
  #numeric = 0;
  #missing = 0;
  #stray: Stray | null = null;

  constructor(
    readonly name: string,
    private readonly readNumber: ReadNumber,
  ) {}

  /** `row`: its number in the file, for messages. */
  add(text: string, row: number): void {
    const cell = text.trim();
    const at = this.#length++;
    if (at === this.#numbers.length) this.#grow();
    this.#numbers[at] = NaN;
    this.#codes[at] = NO_CATEGORY;
    if (isMissing(cell)) {
      this.#missing++;
      return;
    }
    const value = this.readNumber(cell);
    if (Number.isNaN(value)) {
      this.#stray ??= { row, text: cell.slice(0, 40) };
    } else {
      this.#numbers[at] = value;
      this.#numeric++;
    }
    if (this.#categories !== null) this.#codes[at] = this.#codeOf(this.#categories, cell);
  }

  /** To be called once: what it held is let go. */
  finish(): FinishedColumn {
    const finished = this.#finished();
    this.#numbers = new Float64Array(0);
    this.#codes = new Uint16Array(0);
    return finished;
  }

  #finished(): FinishedColumn {
    const known = this.#length - this.#missing;
    const strays = known - this.#numeric;
    const { name } = this;
    const counted = { numbers: this.#numeric, strays, stray: this.#stray };
    // As long as hardly any cell is text, it is a column of numbers with cells that went wrong.
    if (known > 0 && strays <= known * MOST_STRAY) {
      const values = this.#numbers.slice(0, this.#length);
      return { column: { kind: 'number', name }, values, ...counted };
    }
    if (known === 0 || this.#categories === null) {
      return { column: null, name, missing: this.#missing, ...counted };
    }
    const codes = this.#codes.subarray(0, this.#length);
    return { ...sorted(name, this.#categories, codes), ...counted };
  }

  #codeOf(categories: Map<string, number>, cell: string): number {
    const before = categories.get(cell);
    if (before !== undefined) return before;
    if (categories.size === MAX_CATEGORIES) {
      this.#categories = null;
      return NO_CATEGORY;
    }
    const code = categories.size;
    categories.set(cell, code);
    return code;
  }

  #grow(): void {
    const length = this.#numbers.length * 2;
    const numbers = new Float64Array(length);
    numbers.set(this.#numbers);
    this.#numbers = numbers;
    const codes = new Uint16Array(this.#categories === null ? 0 : length);
    if (this.#categories !== null) codes.set(this.#codes);
    this.#codes = codes;
  }
}

/** Categories in the order of their characters, whatever order the file has them in. */
function sorted(
  name: string,
  found: ReadonlyMap<string, number>,
  codes: Uint16Array,
): { column: OwnColumn; values: Uint16Array } {
  const categories = [...found.keys()].sort();
  const place = new Uint16Array(found.size);
  categories.forEach((category, at) => {
    place[found.get(category) ?? 0] = at;
  });
  return {
    column: { kind: 'category', name, categories },
    values: codes.map((code) => place[code] ?? NO_CATEGORY),
  };
}
