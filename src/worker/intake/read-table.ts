import type { ColumnValues, OwnColumn } from '../../data/own/record';
import { MAX_OWN_EXAMPLES } from '../../experiment/own-dataset';
import type { ReadOptions } from '../../experiment/own-table';
import { grouped } from '../../experiment/grouped';
import { WhittleError, type Problem } from '../../experiment/problem';
import { numberReader } from './cells';
import { ColumnReader, type FinishedColumn } from './column';
import { textOf } from './decode';
import { columnNames, looksLikeHeader } from './header';
import { MAX_CELLS, MAX_COLUMNS, MOST_RAGGED, MOST_STRAY } from './limits';
import { rowReader, type RowReader } from './rows';

/** A file with a table in it, to be read. */
export interface IntakeJob {
  readonly file: Blob;
  readonly name: string;
  readonly options: ReadOptions;
}

export interface IntakeProgress {
  readonly loadedBytes: number;
  readonly rows: number;
}

/** A table that was read: columns of free text have a name alone. */
export interface ReadTable {
  readonly rows: number;
  readonly header: boolean;
  readonly columns: readonly (
    | { readonly column: OwnColumn; readonly values: ColumnValues }
    | { readonly column: null; readonly name: string; readonly missing: number }
  )[];
  /** The first rows as they were written. */
  readonly sample: readonly (readonly string[])[];
  readonly notes: readonly Problem[];
}

const SAMPLE_ROWS = 5;
const LONGEST_CELL = 60;
const MOST_NOTES = 20;

/** Reads a table piece by piece, so that no more than a piece of its text is in memory. @throws WhittleError */
export async function readTable(
  { file, name, options }: IntakeJob,
  tell: (progress: IntakeProgress) => void,
): Promise<ReadTable> {
  let reading: Reading | null = null;
  for await (const { text, loadedBytes } of textOf(file, name, options.encoding)) {
    reading ??= new Reading(name, options.header, rowReader(name, text));
    reading.take(reading.reader.push(text));
    tell({ loadedBytes, rows: reading.rows });
  }
  if (reading === null) throw noTable(name);
  reading.take(reading.reader.end());
  return reading.finish();
}

/** A table whose rows arrive in pieces. */
class Reading {
  rows = 0;
  #header = false;
  #columns: readonly ColumnReader[] | null = null;
  readonly #sample: string[][] = [];
  /** Rows of the file, from 1, as who looks for one in it counts. */
  #row = 0;
  #ragged = 0;
  #firstRagged: { readonly row: number; readonly fields: number } | null = null;

  constructor(
    private readonly name: string,
    private readonly wanted: boolean | null,
    readonly reader: RowReader,
  ) {}

  take(rows: readonly (readonly string[])[]): void {
    for (const row of rows) {
      this.#row++;
      if (row.length === 1 && row[0]?.trim() === '') continue;
      if (this.#columns === null) this.#columns = this.#begin(row);
      else this.#add(row, this.#columns);
    }
  }

  finish(): ReadTable {
    const { name, rows } = this;
    if (this.#columns === null || rows === 0) throw noTable(name);
    const fields = this.#columns.length;
    if (this.#ragged > MOST_RAGGED * (rows + this.#ragged)) throw this.#tooRagged(fields);
    const finished = this.#columns.map((column) => column.finish());
    const notes = finished.flatMap((column) => strayNote(name, column));
    return {
      ...{ rows, header: this.#header, columns: finished, sample: this.#sample },
      notes: [...this.#raggedNotes(fields), ...notes].slice(0, MOST_NOTES),
    };
  }

  #begin(first: readonly string[]): readonly ColumnReader[] {
    if (first.length > MAX_COLUMNS) throw tooManyColumns(this.name, first.length);
    const readNumber = numberReader(this.reader.delimiter);
    this.#header = this.wanted ?? looksLikeHeader(first, readNumber);
    const names = columnNames(first, this.#header);
    const columns = names.map((column) => new ColumnReader(column, readNumber));
    if (!this.#header) this.#add(first, columns);
    return columns;
  }

  #add(row: readonly string[], columns: readonly ColumnReader[]): void {
    const spare = row.length === columns.length + 1 && row.at(-1) === '';
    if (row.length !== columns.length && !spare) {
      this.#ragged++;
      this.#firstRagged ??= { row: this.#row, fields: row.length };
      return;
    }
    this.rows++;
    if (this.rows > MAX_OWN_EXAMPLES) throw tooManyRows(this.name);
    if (this.rows * columns.length > MAX_CELLS) throw tooManyCells(this.name, columns.length);
    for (let i = 0; i < columns.length; i++) columns[i]?.add(row[i] ?? '', this.#row);
    if (this.#sample.length < SAMPLE_ROWS) {
      this.#sample.push(columns.map((_, i) => (row[i] ?? '').slice(0, LONGEST_CELL)));
    }
  }

  #raggedNotes(wanted: number): readonly Problem[] {
    if (this.#firstRagged === null) return [];
    const { row, fields } = this.#firstRagged;
    const count = this.#ragged;
    return [
      {
        code: 'raggedRows',
        params: { name: this.name, count, row, fields, wanted },
        message: `Rows of ${this.name} that do not fit are left out: ${grouped(count)}. The first is row ${grouped(row)}, with ${grouped(fields)} fields where the first row has ${grouped(wanted)}.`,
      },
    ];
  }

  #tooRagged(wanted: number): WhittleError {
    const { row, fields } = this.#firstRagged ?? { row: 0, fields: 0 };
    const all = this.rows + this.#ragged;
    return new WhittleError({
      code: 'tooRagged',
      params: { name: this.name, count: this.#ragged, all, row, fields, wanted },
      message: `${grouped(this.#ragged)} of the ${grouped(all)} rows of ${this.name} have another number of fields than the first row: row ${grouped(row)} has ${grouped(fields)}, the first ${grouped(wanted)}. Mend the file, or choose another.`,
    });
  }
}

function strayNote(file: string, finished: FinishedColumn): readonly Problem[] {
  const { numbers, strays, stray } = finished;
  if (stray === null || numbers === 0) return [];
  const { row, text } = stray;
  if (finished.column?.kind !== 'number') {
    // A number or two among names is nothing to speak of.
    if (numbers <= MOST_STRAY * (numbers + strays)) return [];
    const { name } = finished.column ?? finished;
    return [
      {
        code: 'numbersAndText',
        params: { name: file, column: name, numbers, count: strays, row, text },
        message: `The column ${name} holds ${grouped(numbers)} numbers and ${grouped(strays)} cells of text, the first “${text}” in row ${grouped(row)}, so it is not learned as numbers. To have it so, empty those cells in the file.`,
      },
    ];
  }
  const { column } = finished;
  const cells = strays === 1 ? 'one cell, which counts' : `${grouped(strays)} cells, which count`;
  const first = strays === 1 ? '' : 'the first is ';
  return [
    {
      code: 'mixedColumn',
      params: { name: file, column: column.name, count: strays, row, text },
      message: `The column ${column.name} holds numbers but for ${cells} as empty: ${first}“${text}” in row ${grouped(row)}.`,
    },
  ];
}

function noTable(name: string): WhittleError {
  return new WhittleError({
    code: 'noTable',
    params: { name },
    message: `${name} holds no rows. Choose a CSV or TSV file with a row for each example.`,
  });
}

function tooManyColumns(name: string, columns: number): WhittleError {
  return new WhittleError({
    code: 'tooManyColumns',
    params: { name, columns, most: MAX_COLUMNS },
    message: `${name} has ${grouped(columns)} columns, and at most ${grouped(MAX_COLUMNS)} can be read. Leave out columns that say nothing, and choose the file again.`,
  });
}

function tooManyRows(name: string): WhittleError {
  return new WhittleError({
    code: 'tooManyRows',
    params: { name, most: MAX_OWN_EXAMPLES },
    message: `${name} has more than ${grouped(MAX_OWN_EXAMPLES)} rows, which is as many as can be kept. Take a part of it.`,
  });
}

function tooManyCells(name: string, columns: number): WhittleError {
  return new WhittleError({
    code: 'tooManyCells',
    params: { name, columns, most: MAX_CELLS },
    message: `${name} has more than ${grouped(MAX_CELLS)} cells in its ${grouped(columns)} columns, which is as much as a tab can hold. Leave out columns or rows.`,
  });
}
