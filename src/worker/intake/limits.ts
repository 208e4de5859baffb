/** What a tab can read and keep without choking; each is named in the message that refuses more. */

/** Columns of a file. */
export const MAX_COLUMNS = 2_000;
/** Cells: as numbers they are eight bytes each, half a gigabyte in all. */
export const MAX_CELLS = 60_000_000;
/** Different values up to which a column of text is categories. */
export const MAX_CATEGORIES = 1_000;
/** Share of rows that may have another number of fields than the first. */
export const MOST_RAGGED = 0.05;
/** Share of a column's cells that may be text among numbers. */
export const MOST_STRAY = 0.05;
