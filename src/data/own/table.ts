import type { Batch, Feature, Field } from '../../experiment/dataset';
import { labelsOf, type ClassValue } from './classes';
import { NO_CATEGORY, type ColumnValues, type OwnColumn, type OwnTable } from './record';

/** The rows that have a target, and what it is. */
export interface Examples {
  readonly rows: Uint32Array;
  /** Classification: `[rows]`; else empty. */
  readonly labels: Int32Array;
  /** Regression: `[rows]`, in the column's own unit; else empty. */
  readonly targets: Float64Array;
  readonly classes: readonly ClassValue[];
}

/** @throws RangeError where the choice names a column that is not there, or one that has no numbers */
export function examplesOf(
  { columns, choice }: OwnTable,
  values: readonly ColumnValues[],
): Examples {
  const { column, held } = columnAt(choice.target, columns, values);
  if (choice.task === 'classification') return { ...labelsOf(column, held), targets: NONE };
  if (column.kind !== 'number') throw new RangeError(`The target ${column.name} is no number.`);
  const rows = Uint32Array.from(held.keys()).filter((row) => !Number.isNaN(held[row]));
  const targets = Float64Array.from(rows, (row) => held[row] ?? NaN);
  return { rows, labels: new Int32Array(0), targets, classes: [] };
}

const NONE = new Float64Array(0);

/** A column as a network sees it: a number, or an input for each category. */
type Encoder =
  | {
      readonly kind: 'number';
      readonly held: ColumnValues;
      readonly at: number;
      readonly feature: Feature;
      /** In place of a cell that is empty. */
      readonly median: number;
    }
  | {
      readonly kind: 'category';
      readonly held: ColumnValues;
      readonly at: number;
      readonly categories: number;
    };

/** How many inputs a column is: empty cells of a column of categories are one more category. */
export function inputsOf(column: OwnColumn, held: ColumnValues): number {
  if (column.kind === 'number') return 1;
  return column.categories.length + (held.includes(NO_CATEGORY) ? 1 : 0);
}

/** A table's features as a network sees them, fitted on the rows of the training part alone. */
export interface Encoding {
  readonly fields: readonly Field[];
  /** Numbers of a row, as a network sees it. */
  readonly width: number;
  readonly target: Feature | null;
  /** `[count, inputs]` of the rows with these numbers. */
  readonly inputs: (rows: Uint32Array) => Float32Array;
}

/**
 * Numbers are standardized by mean and standard deviation, after the median was put where none is; one
 * input a category is 1 where the row is of it, else 0; a regression's target is standardized as well.
 */
export function fitEncoding(
  { columns, choice }: OwnTable,
  values: readonly ColumnValues[],
  train: Uint32Array,
): Encoding {
  const fields: Field[] = [];
  let width = 0;
  const encoders = choice.features.map((index): Encoder => {
    const { column, held } = columnAt(index, columns, values);
    const at = width;
    const count = inputsOf(column, held);
    width += count;
    if (column.kind === 'number') {
      const { feature, median } = fitNumber(column.name, held, train);
      fields.push({ kind: 'number', ...feature });
      return { kind: 'number', held, at, feature, median };
    }
    const { name, categories } = column;
    const all = Array.from({ length: count }, (_, code) => categories[code] ?? '–');
    fields.push({ kind: 'category', name, categories: all });
    return { kind: 'category', held, at, categories: categories.length };
  });
  const { column, held } = columnAt(choice.target, columns, values);
  return {
    ...{ fields, width },
    target: choice.task === 'regression' ? fitNumber(column.name, held, train).feature : null,
    inputs: (rows) => {
      const inputs = new Float32Array(rows.length * width);
      for (const encoder of encoders) encode(encoder, rows, width, inputs);
      return inputs;
    },
  };
}

function encode(encoder: Encoder, rows: Uint32Array, width: number, to: Float32Array): void {
  const { held, at } = encoder;
  for (let i = 0; i < rows.length; i++) {
    const value = held[rows[i] ?? 0] ?? 0;
    if (encoder.kind === 'category') {
      to[i * width + at + Math.min(value, encoder.categories)] = 1;
    } else {
      const { feature, median } = encoder;
      const number = Number.isNaN(value) ? median : value;
      to[i * width + at] = (number - feature.mean) / feature.deviation;
    }
  }
}

/** A column that never changes in the training part has no deviation: it is only centred. */
function fitNumber(name: string, held: ColumnValues, train: Uint32Array) {
  // Plain loops: typed arrays that are made and folded by functions take ten times as long.
  const found = new Float64Array(train.length);
  let count = 0;
  for (const row of train) {
    const value = held[row] ?? NaN;
    if (!Number.isNaN(value)) found[count++] = value;
  }
  const known = found.subarray(0, count);
  const empty = train.length - count;
  // A table's rows may be empty only where it was not fitted; to sort costs more than all else here.
  const median = held.includes(NaN) ? medianOf(known.sort()) : 0;
  let sum = empty * median;
  for (const value of known) sum += value;
  const mean = train.length === 0 ? 0 : sum / train.length;
  let squares = 0;
  for (const value of known) squares += (value - mean) ** 2;
  const variance = (squares + empty * (median - mean) ** 2) / Math.max(1, train.length);
  return { median, feature: { name, mean, deviation: Math.sqrt(variance) || 1 } };
}

/** Of sorted numbers; 0 of none. */
function medianOf(sorted: Float64Array): number {
  const middle = sorted.length / 2;
  const [below, above] = [sorted[Math.ceil(middle) - 1] ?? 0, sorted[Math.floor(middle)] ?? 0];
  return (below + above) / 2;
}

function columnAt(
  index: number,
  columns: readonly OwnColumn[],
  values: readonly ColumnValues[],
): { column: OwnColumn; held: ColumnValues } {
  const [column, held] = [columns[index], values[index]];
  if (column === undefined || held === undefined) {
    throw new RangeError(`The table has no column ${String(index + 1)}.`);
  }
  return { column, held };
}

/** Numbers that are kept as a network sees them: 128 MB. Of larger tables a batch is encoded when it is needed. */
const MOST_ENCODED = 1 << 25;
/** Rows that are encoded at once, so that what is written stays in the processor's cache. */
const BLOCK = 256;

/**
 * Inputs of examples by their places, `[count, inputs]`. A row lies in one piece: to collect it from as many columns
 * takes longer than to train on it.
 */
export function inputReader(
  { rows }: Examples,
  { inputs, width }: Encoding,
): (places: Uint32Array) => Float32Array {
  const rowsAt = (places: Uint32Array) => Uint32Array.from(places, (place) => rows[place] ?? 0);
  if (rows.length * width > MOST_ENCODED) return (places) => inputs(rowsAt(places));
  const encoded = new Float32Array(rows.length * width);
  for (let from = 0; from < rows.length; from += BLOCK) {
    encoded.set(inputs(rows.subarray(from, from + BLOCK)), from * width);
  }
  return (places) => {
    const picked = new Float32Array(places.length * width);
    places.forEach((place, i) => {
      picked.set(encoded.subarray(place * width, (place + 1) * width), i * width);
    });
    return picked;
  };
}

/** What examples are to give, by their places. */
export function answersOf(
  { labels, targets }: Examples,
  { target }: Encoding,
  places: Uint32Array,
): Pick<Batch, 'labels' | 'targets'> {
  return {
    labels: labels.length === 0 ? labels : Int32Array.from(places, (place) => labels[place] ?? 0),
    targets:
      target === null
        ? new Float32Array(0)
        : Float32Array.from(
            places,
            (place) => ((targets[place] ?? 0) - target.mean) / target.deviation,
          ),
  };
}
