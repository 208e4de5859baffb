import Papa from 'papaparse';
import { grouped } from '../../experiment/grouped';
import { WhittleError } from '../../experiment/problem';

/** A row longer than this is a quotation mark that was never closed, or no table. */
const LONGEST_ROW = 1 << 22;

/** Takes text piece by piece and gives its rows. */
export interface RowReader {
  readonly delimiter: string;
  /** The rows that are whole now. */
  push(text: string): readonly (readonly string[])[];
  /** The last row, which may have no line end. @throws WhittleError where a quotation mark is not closed */
  end(): readonly (readonly string[])[];
}

/** A reader for text that begins like `beginning`, which tells what parts the cells. */
export function rowReader(name: string, beginning: string): RowReader {
  const guess = Papa.parse<string[]>(beginning, { preview: 50, newline: '\n' });
  const { delimiter } = guess.meta;
  let rest = '';
  let rows = 0;
  const parse = (text: string, last: boolean) => {
    const parser = new Papa.Parser({ delimiter, newline: '\n' });
    // Papa Parse's own streams cut files by bytes, and so through characters: here the pieces are text.
    const result = parser.parse(text, 0, !last) as Papa.ParseResult<string[]>;
    const open = result.errors.find(({ code }) => code === 'MissingQuotes');
    if (open !== undefined) throw openQuote(name, rows + result.data.length);
    rest = last ? '' : text.slice(result.meta.cursor);
    rows += result.data.length;
    if (rest.length > LONGEST_ROW) {
      throw rest.includes('"') ? openQuote(name, rows + 1) : rowTooLong(name, rows + 1);
    }
    return result.data;
  };
  return {
    delimiter,
    push: (text) => parse(rest + text, false),
    end: () => parse(rest, true),
  };
}

function openQuote(name: string, row: number): WhittleError {
  return new WhittleError({
    code: 'openQuote',
    params: { name, row },
    message: `In ${name} a quotation mark in row ${grouped(row)} is never closed, so that the rest of the file would be one cell. Close it, or double it where it is meant as text.`,
  });
}

function rowTooLong(name: string, row: number): WhittleError {
  return new WhittleError({
    code: 'rowTooLong',
    params: { name, row },
    message: `Row ${grouped(row)} of ${name} has more than 4 million characters, so that it is hardly a table. Choose a file with an example a line.`,
  });
}
