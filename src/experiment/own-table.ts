import type { Task } from './architecture';
import type { Problem } from './problem';

/** How the text of a file is encoded; `auto`: as its first bytes say, else UTF-8. */
export const ENCODINGS = ['auto', 'windows-1252', 'gb18030', 'shift_jis', 'utf-16le'] as const;
export type Encoding = (typeof ENCODINGS)[number];

export interface ReadOptions {
  readonly encoding: Encoding;
  /** Whether the first row holds names; null: as it looks. */
  readonly header: boolean | null;
}

/** Why a column is better left out of what a network sees, until the user says otherwise. */
export type Doubt =
  /** One value in all rows. */
  | 'constant'
  /** Counts the rows. */
  | 'counts'
  /** Nearly every row has another text. */
  | 'unique'
  /** So many categories that they crowd out all else. */
  | 'many';

/** Bytes of a file: in memory its table takes about as much again. */
export const MAX_TABLE_BYTES = 500e6;

/** What a set is called at first: as its file is, without the type. */
export function proposedName(file: string): string {
  return file.replace(/\.(csv|tsv|txt|tab)$/i, '');
}

/** What to learn from a table: the target and the features by their columns. */
export interface TableChoice {
  readonly target: number;
  readonly features: readonly number[];
  readonly task: Task;
}

interface ColumnFacts {
  readonly name: string;
  /** Cells that are empty. */
  readonly missing: number;
  readonly doubt: Doubt | null;
}

/** What a column holds, in short. */
export type ColumnSummary =
  | (ColumnFacts & {
      readonly kind: 'number';
      /** Null where they are more than were counted. */
      readonly distinct: number | null;
      readonly min: number;
      readonly max: number;
      readonly mean: number;
      readonly whole: boolean;
    })
  | (ColumnFacts & {
      readonly kind: 'category';
      readonly distinct: number;
      /** A few, the commonest first. */
      readonly commonest: readonly { readonly name: string; readonly count: number }[];
    })
  /** Free text, with too many different values to be categories: nothing is learned from it. */
  | (ColumnFacts & { readonly kind: 'text' });

/** A table that was read and not yet kept. */
export interface TableSummary {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly ColumnSummary[];
  /** The first rows as they were written. */
  readonly sample: readonly (readonly string[])[];
  readonly options: ReadOptions;
  /** Whether its first row was taken for names. */
  readonly header: boolean;
  /** What was left out, or read otherwise than written. */
  readonly notes: readonly Problem[];
  /** What is learned from it, of a table that is kept. */
  readonly choice: TableChoice | null;
}

const TARGET_NAMES = /^(target|label|labels|class|classes|species|y|outcome|category)$/i;
/** More different whole numbers than this are measured, not told apart. */
const MOST_NUMBERED_CLASSES = 20;

/** What to learn from a table, as long as nobody says: a column that is called so, else the last that can be. */
export function proposedTarget(columns: readonly ColumnSummary[]): number {
  const can = ({ kind, doubt }: ColumnSummary) => kind !== 'text' && doubt !== 'constant';
  const named = columns.findIndex((column) => can(column) && TARGET_NAMES.test(column.name));
  return named === -1 ? columns.findLastIndex(can) : named;
}

/**
 * The name of a column that looks like what is to be learned and never changes, so that another is proposed: one that
 * is called so, where none that changes is, or a last one of one category. Null where there is none.
 */
export function constantLabel(columns: readonly ColumnSummary[]): string | null {
  const named = columns.filter(({ name }) => TARGET_NAMES.test(name));
  if (named.some(({ doubt }) => doubt !== 'constant')) return null;
  const last = columns.at(-1);
  const found = named[0] ?? (last?.kind === 'category' ? last : undefined);
  return found?.doubt === 'constant' ? found.name : null;
}

/** Categories, and a few whole numbers, are classes; all else is a number to predict. */
export function proposedTask(column: ColumnSummary): Task {
  if (column.kind !== 'number') return 'classification';
  const few = column.distinct !== null && column.distinct <= MOST_NUMBERED_CLASSES;
  return few && column.whole ? 'classification' : 'regression';
}

/** All columns but the target and those that are in doubt. */
export function proposedFeatures(
  columns: readonly ColumnSummary[],
  target: number,
): readonly number[] {
  return columns.flatMap(({ kind, doubt }, index) =>
    index !== target && kind !== 'text' && doubt === null ? [index] : [],
  );
}
