import { MAX_TABLE_BYTES, proposedName } from '../experiment/own-table';
import { grouped } from '../experiment/grouped';
import { WhittleError } from '../experiment/problem';
import type { Drafts } from './drafts';
import type { Intake } from './intake/intake';
import { isNetwork, networkNoData } from './intake/network-file';
import { aboutOf, type OwnSets } from './own-data';
import type { WorkerEvent } from './protocol';
import type { Handlers } from './serve';

/** What the page asks about tables of the user's own. What is seldom needed is loaded when it is. */
export function createTableRequests(
  own: OwnSets,
  drafts: Drafts,
  intake: Intake,
  emit: (event: WorkerEvent) => void,
): Pick<Handlers, 'readTable' | 'editTable' | 'keepTable'> {
  return {
    readTable: async ({ file, name, options, draft }, { signal }) => {
      if (isNetwork(name)) throw networkNoData(name);
      const totalBytes = file.size;
      if (totalBytes > MAX_TABLE_BYTES) throw tableTooLarge(name, totalBytes);
      const tell = (progress: { loadedBytes: number; rows: number }) => {
        emit({ event: 'intake', ...progress, totalBytes });
      };
      const table = await intake({ file, name, options }, tell, signal);
      const { draftOf } = await import('./own-tables');
      const made = draftOf(table, name, options);
      signal.throwIfAborted();
      drafts.put(draft, made);
      return made.summary;
    },
    editTable: async ({ ref, draft }, { signal }) => {
      const kept = await own.load(ref);
      const { draftOfKept } = await import('./own-tables');
      const made = kept && draftOfKept(kept);
      signal.throwIfAborted();
      if (made !== null) drafts.put(draft, made);
      return made?.summary ?? null;
    },
    keepTable: async ({ draft, name, choice }) => {
      const made = drafts.table(draft);
      const { tableSet } = await import('./own-tables');
      const proposed = proposedName(made.summary.name);
      const kept = await own.keep(tableSet(made, name, choice), { of: made.of, proposed });
      drafts.drop(draft);
      return aboutOf(kept);
    },
  };
}

function tableTooLarge(name: string, bytes: number): WhittleError {
  const megabytes = Math.ceil(bytes / 1e6);
  const most = MAX_TABLE_BYTES / 1e6;
  return new WhittleError({
    code: 'tableTooLarge',
    params: { name, megabytes, most },
    message: `${name} has ${grouped(megabytes)} MB, and at most ${String(most)} MB can be read here. Take a part of its rows or columns.`,
  });
}
