/** What stands for nothing, in lower case. */
const MISSING = new Set(['', 'na', 'n/a', '#n/a', 'nan', 'null', '?', '-', '.']);

export function isMissing(cell: string): boolean {
  return cell.length < 5 && MISSING.has(cell.toLowerCase());
}

/** A cell's number; NaN where it is none. */
export type ReadNumber = (cell: string) => number;

/**
 * Numbers as they are written beside that delimiter: where commas part cells, one inside a cell parts
 * thousands (`1,234.5`); elsewhere it is a decimal comma (`3,14`), as in files from half of Europe.
 */
export function numberReader(delimiter: string): ReadNumber {
  const commas =
    delimiter === ','
      ? { pattern: /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/, by: '' }
      : { pattern: /^[+-]?\d*,\d+$/, by: '.' };
  return (cell) => {
    if (!startsNumber(cell.charCodeAt(0))) return NaN;
    const value = Number(cell);
    if (!Number.isNaN(value)) return Number.isFinite(value) ? value : NaN;
    return commas.pattern.test(cell) ? Number(cell.replaceAll(',', commas.by)) : NaN;
  };
}

/** A digit, a sign, a point or a comma. */
function startsNumber(code: number): boolean {
  return (code >= 43 && code <= 46) || (code >= 48 && code <= 57);
}
