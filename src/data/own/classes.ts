import { NO_CATEGORY, type ColumnValues, type OwnColumn } from './record';

/** A value of the target that is a class. */
export interface ClassValue {
  readonly name: string;
  readonly count: number;
}

/**
 * A column's values as classes: its categories in their order, or its numbers from the smallest to the largest,
 * those alone that occur. Rows whose cell is empty are left out.
 */
export function labelsOf(
  column: OwnColumn,
  held: ColumnValues,
): { rows: Uint32Array; labels: Int32Array; classes: readonly ClassValue[] } {
  const isKnown =
    column.kind === 'number'
      ? (value: number) => !Number.isNaN(value)
      : (value: number) => value !== NO_CATEGORY;
  const counts = new Map<number, number>();
  for (const value of held) {
    if (isKnown(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const found = [...counts.keys()].sort((a, b) => a - b);
  const labelOf = new Map(found.map((value, label) => [value, label]));
  const rows = Uint32Array.from(held.keys()).filter((row) => isKnown(held[row] ?? NaN));
  const nameOf = (value: number) =>
    column.kind === 'number' ? String(value) : (column.categories[value] ?? '');
  return {
    rows,
    labels: Int32Array.from(rows, (row) => labelOf.get(held[row] ?? NaN) ?? 0),
    classes: found.map((value) => ({ name: nameOf(value), count: counts.get(value) ?? 0 })),
  };
}
