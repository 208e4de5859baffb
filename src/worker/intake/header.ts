import { untaken } from '../../experiment/untaken';
import { isMissing, type ReadNumber } from './cells';

const LONGEST_NAME = 100;

/** Whether a table's first row holds names: none of its cells is a number. */
export function looksLikeHeader(first: readonly string[], readNumber: ReadNumber): boolean {
  const cells = first.map((cell) => cell.trim());
  return (
    cells.some((cell) => !isMissing(cell)) && cells.every((cell) => Number.isNaN(readNumber(cell)))
  );
}

/** Names of columns: each has one, and no two the same. */
export function columnNames(first: readonly string[], header: boolean): readonly string[] {
  const taken = new Set<string>();
  return first.map((cell, index) => {
    const written = header ? cell.replace(/\s+/g, ' ').trim().slice(0, LONGEST_NAME) : '';
    const name = written === '' ? `column ${String(index + 1)}` : written;
    const unique = untaken(name, taken);
    taken.add(unique);
    return unique;
  });
}
