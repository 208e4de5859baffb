import type { ColumnValues, OwnColumn, OwnData } from '../data/own/record';
import { examplesOf, inputsOf } from '../data/own/table';
import {
  MAX_OWN_CLASSES,
  MAX_OWN_EXAMPLES,
  MAX_OWN_INPUTS,
  MIN_OWN_EXAMPLES,
} from '../experiment/own-dataset';
import { grouped } from '../experiment/grouped';
import {
  constantLabel,
  proposedTarget,
  type ColumnSummary,
  type ReadOptions,
  type TableChoice,
} from '../experiment/own-table';
import type { DatasetRef } from '../experiment/experiment';
import { WhittleError, type Problem } from '../experiment/problem';
import type { TableDraft } from './drafts';
import type { ReadTable } from './intake/read-table';
import { summarize } from './intake/summary';
import { wrongCount } from './keep-pictures';
import type { NewSet } from './own-data';

/** What a table was chosen for that is kept already. */
interface Kept {
  readonly of: DatasetRef | null;
  readonly choice: TableChoice | null;
}

export function draftOf(
  table: ReadTable,
  name: string,
  options: ReadOptions,
  { of, choice }: Kept = { of: null, choice: null },
): TableDraft {
  const { rows, header, sample, notes } = table;
  const columns = table.columns.map((each): ColumnSummary =>
    each.column === null
      ? { kind: 'text', name: each.name, missing: each.missing, doubt: null }
      : summarize(each.column, each.values),
  );
  const passedOver = choice === null ? constantLabelNotes(columns) : [];
  const all = [...passedOver, ...notes];
  const summary = { name, rows, columns, sample, options, header, notes: all, choice };
  return { kind: 'table', table, summary, of };
}

/** That what looks like the label cannot be told apart, and what is proposed in its place. */
function constantLabelNotes(columns: readonly ColumnSummary[]): readonly Problem[] {
  const column = constantLabel(columns);
  const proposed = columns[proposedTarget(columns)]?.name;
  if (column === null || proposed === undefined) return [];
  return [
    {
      code: 'constantLabel',
      params: { column, proposed },
      message: `The column ${column} looks like what is to be learned, but it never changes, so there is nothing to tell apart. The column ${proposed} is proposed in its place; add rows with another ${column}, or choose yourself.`,
    },
  ];
}

const SAMPLE_ROWS = 5;

/** A table that is kept, to choose anew what is to be learned from it; null of pictures. */
export function draftOfKept({ record, values }: OwnData): TableDraft | null {
  if (record.contents.kind !== 'table' || values.kind !== 'table') return null;
  const columns = record.contents.columns.flatMap((column, i) => {
    const held = values.columns[i];
    return held === undefined ? [] : [{ column, values: held }];
  });
  const rows = columns[0]?.values.length ?? 0;
  const sample = Array.from({ length: Math.min(SAMPLE_ROWS, rows) }, (_, row) =>
    columns.map((each) => cellText(each.column, each.values[row] ?? NaN)),
  );
  const table: ReadTable = { rows, header: true, columns, sample, notes: [] };
  const options = { encoding: 'auto', header: null } as const;
  return draftOf(table, record.name, options, { of: record.ref, choice: record.contents.choice });
}

/** A cell as it is written; empty where nothing is in it. */
export function cellText(column: OwnColumn, value: number): string {
  if (column.kind === 'category') return column.categories[value] ?? '';
  return Number.isNaN(value) ? '' : String(value);
}

/**
 * A table with what is to be learned from it as a set to be kept. `choice` counts the columns of the summary; of
 * free text nothing is kept.
 * @throws WhittleError where it cannot be learned
 */
export function tableSet({ table }: TableDraft, name: string, choice: TableChoice): NewSet {
  const kept = table.columns.flatMap((each, index) =>
    each.column === null ? [] : [{ ...each, index }],
  );
  const placeOf = new Map(kept.map(({ index }, place) => [index, place]));
  const target = placeOf.get(choice.target);
  if (target === undefined) throw new RangeError('The target is no column that is kept.');
  const features = choice.features.flatMap((index) => {
    const place = placeOf.get(index);
    return place === undefined || place === target ? [] : [place];
  });
  const contents = {
    kind: 'table',
    columns: kept.map(({ column }) => column),
    choice: { ...choice, target, features },
  } as const;
  const columns = kept.map(({ values }) => values);
  const used = features.flatMap((place) => kept[place] ?? []);
  const width = used.reduce((sum, { column, values }) => sum + inputsOf(column, values), 0);
  if (width === 0) throw noFeatures(name);
  if (width > MAX_OWN_INPUTS) throw tooManyInputs(name, width, used);
  const { rows, classes, targets } = examplesOf(contents, columns);
  const count = rows.length;
  if (count < MIN_OWN_EXAMPLES || count > MAX_OWN_EXAMPLES) throw wrongCount(name, count);
  const regression = choice.task === 'regression';
  const aim = kept[target]?.column ?? null;
  const targetName = aim?.name ?? '';
  if (!regression && classes.length < 2) throw oneTargetClass(name, targetName);
  if (!regression && classes.length > MAX_OWN_CLASSES) {
    const make = aim?.kind === 'number' ? tooManyNumbers : tooManyClasses;
    throw make(name, targetName, classes.length);
  }
  if (regression && targets.every((value) => value === targets[0])) {
    throw constantTarget(name, targetName);
  }
  return {
    about: {
      name,
      classes: regression ? [targetName] : classes.map((each) => each.name),
      features: used.map(({ column }) => column.name),
      withoutTarget: table.rows - count,
      filled: used.reduce((sum, each) => sum + emptyNumbers(each, rows), 0),
    },
    contents,
    values: { kind: 'table', columns },
    ...{ count, shape: [width], task: choice.task, outputs: regression ? 1 : classes.length },
  };
}

function emptyNumbers(
  { column, values }: { readonly column: OwnColumn; readonly values: ColumnValues },
  rows: Uint32Array,
): number {
  if (column.kind !== 'number') return 0;
  return rows.reduce((sum, row) => sum + (Number.isNaN(values[row] ?? NaN) ? 1 : 0), 0);
}

function constantTarget(name: string, column: string): WhittleError {
  return new WhittleError({
    code: 'constantTarget',
    params: { name, column },
    message: `The column ${column} of ${name} is the same number in every row, so there is nothing to predict. Choose another target.`,
  });
}

function noFeatures(name: string): WhittleError {
  return new WhittleError({
    code: 'noFeatures',
    params: { name },
    message: `No column of ${name} is chosen to learn from. Tick one at least.`,
  });
}

/** A target with one class, which leaves nothing to tell apart. */
function oneTargetClass(name: string, column: string): WhittleError {
  return new WhittleError({
    code: 'oneTargetClass',
    params: { name, column },
    message: `The column ${column} of ${name} holds one class alone, so there is nothing to tell apart. Choose another target, or add rows of another class.`,
  });
}

function tooManyClasses(name: string, column: string, count: number): WhittleError {
  return new WhittleError({
    code: 'tooManyClasses',
    params: { name, column, count, most: MAX_OWN_CLASSES },
    message: `The column ${column} of ${name} holds ${grouped(count)} classes, and at most ${String(MAX_OWN_CLASSES)} can be told apart here. Choose another target, or put rare classes together in the file.`,
  });
}

/** More classes than fit, all of them numbers. */
function tooManyNumbers(name: string, column: string, count: number): WhittleError {
  return new WhittleError({
    code: 'tooManyNumbers',
    params: { name, column, count, most: MAX_OWN_CLASSES },
    message: `The column ${column} of ${name} holds ${grouped(count)} different numbers, and at most ${String(MAX_OWN_CLASSES)} classes can be told apart here. Choose “A number” as the kind of answer, or another target.`,
  });
}

/** More inputs than fit; what to leave out is the columns of most categories, where there are any. */
function tooManyInputs(
  name: string,
  inputs: number,
  used: readonly { readonly column: OwnColumn }[],
): WhittleError {
  const most = MAX_OWN_INPUTS;
  const excess = `The columns chosen of ${name} are ${grouped(inputs)} inputs, and a network here takes at most ${grouped(most)}.`;
  const [widest] = used
    .flatMap(({ column }) => (column.kind === 'category' ? [column] : []))
    .sort((a, b) => b.categories.length - a.categories.length);
  if (widest === undefined) {
    return new WhittleError({
      code: 'tooManyInputs',
      params: { name, inputs, most },
      message: `${excess} Leave out columns.`,
    });
  }
  const { name: column, categories } = widest;
  return new WhittleError({
    code: 'tooManyCategories',
    params: { name, inputs, most, column, count: categories.length },
    message: `${excess} Each category is one: ${column} alone has ${grouped(categories.length)}. Leave out columns with many categories first.`,
  });
}
