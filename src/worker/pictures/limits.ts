/** What a tab can read without choking; each is named in the message that refuses more. */

/** Files of an archive or a folder. */
export const MAX_FILES = 20_000;
/** Length of an archive. */
export const MAX_ARCHIVE_BYTES = 500e6;
/** What an archive may become, and how many times longer than it is. A picture in it hardly gets longer. */
export const MAX_UNPACKED_BYTES = 1e9;
export const MAX_RATIO = 100;
/** Bytes of a picture's file. */
export const MAX_PICTURE_BYTES = 50e6;
/** Pixels of a picture before it is made smaller: as many as a large camera has. */
export const MAX_PIXELS = 60e6;
/** Bytes of an IDX file, unpacked. */
export const MAX_IDX_BYTES = 500e6;
