import type { DatasetRef } from '../experiment/experiment';
import type { TableSummary } from '../experiment/own-table';
import { WhittleError } from '../experiment/problem';
import type { ReadTable } from './intake/read-table';
import type { DraftId, PictureOptions, ReadPictures } from './protocol';

/** A table that was read and not yet kept: what is to be learned from it is being chosen. */
export interface TableDraft {
  readonly kind: 'table';
  readonly table: ReadTable;
  readonly summary: TableSummary;
  /** The set that is chosen from anew; null where the table comes from a file. */
  readonly of: DatasetRef | null;
}

/** Pictures that were read and not yet kept: they are being looked at. */
export interface PictureDraft {
  readonly kind: 'pictures';
  readonly read: ReadPictures;
  readonly options: PictureOptions;
}

type Draft = TableDraft | PictureDraft;

export type Drafts = ReturnType<typeof createDrafts>;

/**
 * What was read and not yet kept, by the number that the page gave it. It stays here, where it is kept from, until it
 * is kept, or the page wants it no more.
 */
export function createDrafts() {
  const drafts = new Map<DraftId, Draft>();
  return {
    put: (id: DraftId, draft: Draft): void => {
      drafts.set(id, draft);
    },
    /** @throws WhittleError where it is not here any more */
    table: (id: DraftId): TableDraft => {
      const draft = drafts.get(id);
      if (draft?.kind !== 'table') throw draftGone();
      return draft;
    },
    /** @throws WhittleError where they are not here any more */
    pictures: (id: DraftId): PictureDraft => {
      const draft = drafts.get(id);
      if (draft?.kind !== 'pictures') throw draftGone();
      return draft;
    },
    drop: (id: DraftId): void => {
      drafts.delete(id);
    },
  };
}

/** A worker that crashed begins with nothing. */
function draftGone(): WhittleError {
  return new WhittleError({
    code: 'draftGone',
    params: {},
    message:
      'What was read is not in memory any more: the part that computes was started anew. Choose the file again.',
  });
}
