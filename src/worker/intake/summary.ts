import { NO_CATEGORY, type ColumnValues, type OwnColumn } from '../../data/own/record';
import type { ColumnSummary, Doubt } from '../../experiment/own-table';
import { MAX_CATEGORIES } from './limits';

/** Commonest categories that are shown. */
const SHOWN = 4;
const MANY = 100;
/** In a short table every row may well have another value. */
const FEW_ROWS = 20;

/** What a column holds, in short. */
export function summarize(column: OwnColumn, values: ColumnValues): ColumnSummary {
  return column.kind === 'number'
    ? ofNumbers(column.name, values)
    : ofCategories(column.name, column.categories, values);
}

function ofNumbers(name: string, values: ColumnValues): ColumnSummary {
  const distinct = new Set<number>();
  let [min, max, sum, missing] = [Infinity, -Infinity, 0, 0];
  let whole = true;
  let counts = values.length > 1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    if (Number.isNaN(value)) {
      missing++;
      counts = false;
      continue;
    }
    if (distinct.size <= MAX_CATEGORIES) distinct.add(value);
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
    whole &&= Number.isInteger(value);
    counts &&= value === (values[0] ?? NaN) + i;
  }
  return {
    ...{ kind: 'number', name, missing, min, max, whole },
    mean: sum / (values.length - missing),
    distinct: distinct.size > MAX_CATEGORIES ? null : distinct.size,
    doubt: distinct.size <= 1 ? 'constant' : counts ? 'counts' : null,
  };
}

function ofCategories(
  name: string,
  categories: readonly string[],
  values: ColumnValues,
): ColumnSummary {
  const counts = new Uint32Array(categories.length);
  let missing = 0;
  for (const code of values) {
    if (code === NO_CATEGORY) missing++;
    else counts[code] = (counts[code] ?? 0) + 1;
  }
  const found = categories
    .map((category, code) => ({ name: category, count: counts[code] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  const distinct = found.length;
  return {
    ...{ kind: 'category', name, missing, distinct },
    commonest: found.slice(0, SHOWN),
    doubt: doubtOf(distinct, values.length - missing, missing),
  };
}

function doubtOf(distinct: number, known: number, missing: number): Doubt | null {
  if (distinct + Math.min(1, missing) <= 1) return 'constant';
  if (known > FEW_ROWS && distinct > 0.9 * known) return 'unique';
  return distinct > MANY ? 'many' : null;
}
