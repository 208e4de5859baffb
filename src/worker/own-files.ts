import type { OwnData, OwnTable } from '../data/own/record';
import { keptPictures } from './keep-pictures';
import { cellText } from './own-tables';
import { notOurs, zipOf } from './pictures/own-file';

/** A set as a file to keep elsewhere. */
export interface OwnFile {
  readonly extension: '.csv' | '.whittle-data';
  readonly content: Blob;
}

/** Rows that are written between two looks at what else there is to do. */
const ROWS_AT_ONCE = 5_000;

/** A table as CSV, whatever is chosen of it; pictures as a zip of their bytes that is read again here. */
export async function fileOf(data: OwnData, pause: () => Promise<unknown>): Promise<OwnFile> {
  const { record, values } = data;
  const { contents, name } = record;
  if (contents.kind === 'table' && values.kind === 'table') {
    const parts = await csvParts(contents, values.columns, pause);
    return { extension: '.csv', content: new Blob([...parts], { type: 'text/csv' }) };
  }
  const set = keptPictures(data);
  if (set === null) throw notOurs(name);
  return { extension: '.whittle-data', content: await zipOf(set, pause) };
}

async function csvParts(
  { columns }: OwnTable,
  values: Extract<OwnData['values'], { kind: 'table' }>['columns'],
  pause: () => Promise<unknown>,
): Promise<readonly string[]> {
  const rows = values[0]?.length ?? 0;
  const parts = [`${columns.map(({ name }) => quoted(name)).join(',')}\n`];
  for (let from = 0; from < rows; from += ROWS_AT_ONCE) {
    const lines: string[] = [];
    for (let row = from; row < Math.min(rows, from + ROWS_AT_ONCE); row++) {
      const cells = columns.map((column, i) => quoted(cellText(column, values[i]?.[row] ?? NaN)));
      lines.push(`${cells.join(',')}\n`);
    }
    parts.push(lines.join(''));
    await pause();
  }
  return parts;
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
