import type { OwnRecord } from '../data/own/record';
import type { OwnAbout } from '../experiment/own-dataset';
import { MAX_TABLE_BYTES } from '../experiment/own-table';
import { WhittleError } from '../experiment/problem';
import type { Intake } from './intake/intake';
import { pictureSet } from './keep-pictures';
import type { OwnSets } from './own-data';
import type { Draft } from './own-tables';
import type { WorkerEvent } from './protocol';
import type { Handlers } from './serve';

type OwnRequest =
  | 'ownSets'
  | 'ownSet'
  | 'readTable'
  | 'editTable'
  | 'keepTable'
  | 'keepPictures'
  | 'renameOwn'
  | 'removeOwn'
  | 'saveOwn'
  | 'addOwn';

/** What the page asks about data of the user's own. What is seldom needed is loaded when it is. */
export function createOwnRequests(
  own: OwnSets,
  intake: Intake,
  emit: (event: WorkerEvent) => void,
): Pick<Handlers, OwnRequest> {
  /** The table that was read last, while the user chooses what to learn from it. */
  let draft: Draft | null = null;

  return {
    ownSets: async () => (await own.list()).map(aboutOf),
    ownSet: async ({ ref }) => {
      const found = await own.record(ref);
      return found && aboutOf(found);
    },
    readTable: async ({ file, name, options }, { signal }) => {
      draft = null;
      const totalBytes = file.size;
      if (totalBytes > MAX_TABLE_BYTES) throw tableTooLarge(name, totalBytes);
      const tell = (progress: { loadedBytes: number; rows: number }) => {
        emit({ event: 'intake', ...progress, totalBytes });
      };
      const table = await intake({ file, name, options }, tell, signal);
      const { draftOf } = await import('./own-tables');
      draft = draftOf(table, name, options);
      return draft.summary;
    },
    editTable: async ({ ref }) => {
      const kept = await own.load(ref);
      const { draftOfKept } = await import('./own-tables');
      draft = kept && draftOfKept(kept);
      return draft?.summary ?? null;
    },
    keepTable: async ({ name, choice }) => {
      if (draft === null) throw new RangeError('No table was read.');
      const { tableSet } = await import('./own-tables');
      const kept = await own.keep(tableSet(draft, name, choice));
      draft = null;
      return aboutOf(kept);
    },
    keepPictures: async (set) => aboutOf(await own.keep(pictureSet(set))),
    renameOwn: async ({ ref, name }) => {
      const renamed = await own.rename(ref, name);
      return renamed && aboutOf(renamed);
    },
    removeOwn: async ({ ref }) => {
      await own.remove(ref);
      return null;
    },
    saveOwn: async ({ ref }) => {
      const data = await own.load(ref);
      if (data === null) return null;
      const { fileOf } = await import('./own-files');
      return fileOf(data, () => new Promise((resolve) => setTimeout(resolve, 0)));
    },
    addOwn: async ({ file, name }) => {
      const { readOwnFile } = await import('./own-files');
      return aboutOf(await own.keep(await readOwnFile(file, name)));
    },
  };
}

/** What the page needs to know: not every category of every column. */
function aboutOf({ contents: _, ...about }: OwnRecord): OwnAbout {
  return about;
}

function tableTooLarge(name: string, bytes: number): WhittleError {
  const megabytes = Math.ceil(bytes / 1e6);
  const most = MAX_TABLE_BYTES / 1e6;
  return new WhittleError({
    code: 'tableTooLarge',
    params: { name, megabytes, most },
    message: `${name} has ${String(megabytes)} MB, and at most ${String(most)} MB can be read here. Take a part of its rows or columns.`,
  });
}
