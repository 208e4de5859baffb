import type { Shape } from '../../experiment/architecture';
import type { DatasetRef } from '../../experiment/experiment';
import type { OwnAbout } from '../../experiment/own-dataset';
import type { TableChoice } from '../../experiment/own-table';

/** A column as it was read; which of them is the target, and which a network sees, is chosen apart. */
export type OwnColumn =
  | { readonly kind: 'number'; readonly name: string }
  /** Values are codes: places in `categories`, or `NO_CATEGORY`. */
  | {
      readonly kind: 'category';
      readonly name: string;
      readonly categories: readonly string[];
    };

/** Code of a cell that is empty. */
export const NO_CATEGORY = 0xffff;

export interface OwnTable {
  readonly kind: 'table';
  readonly columns: readonly OwnColumn[];
  readonly choice: TableChoice;
}

export interface OwnPictures {
  readonly kind: 'pictures';
  /** `[height, width, channels]` */
  readonly shape: Shape;
}

export type OwnContents = OwnTable | OwnPictures;

/** A user's set without its numbers: what is listed. */
export interface OwnRecord extends OwnAbout {
  readonly contents: OwnContents;
  /** The set under which its numbers lie, of a table that another was chosen from; else its own. */
  readonly cells?: DatasetRef;
}

/** The set under which the numbers of a set lie. */
export function holderOf({ ref, cells }: Pick<OwnRecord, 'ref' | 'cells'>): DatasetRef {
  return cells ?? ref;
}

/** Numbers with NaN where a cell is empty; codes of categories. `[rows]` */
export type ColumnValues = Float64Array | Uint16Array;

export type OwnValues =
  | { readonly kind: 'table'; readonly columns: readonly ColumnValues[] }
  | {
      readonly kind: 'pictures';
      /** `[count, height, width, channels]` */
      readonly pixels: Uint8Array;
      /** `[count]` */
      readonly labels: Uint8Array;
    };

/** A user's set as it lies in memory. */
export interface OwnData {
  readonly record: OwnRecord;
  readonly values: OwnValues;
}

/** What the database gave back; null where it is something else. */
export function readRecord(value: unknown): OwnRecord | null {
  const isRecord = typeof value === 'object' && value !== null && 'ref' in value;
  // Nothing but this program writes these keys, and always whole records.
  return isRecord && 'contents' in value ? (value as OwnRecord) : null;
}

export function readValues(value: unknown): OwnValues | null {
  return typeof value === 'object' && value !== null && 'kind' in value
    ? (value as OwnValues)
    : null;
}
