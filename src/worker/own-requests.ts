import { holderOf, type OwnRecord } from '../data/own/record';
import { createDrafts } from './drafts';
import type { Intake } from './intake/intake';
import { pictureSet } from './keep-pictures';
import { aboutOf, type OwnSets } from './own-data';
import { createPictureRequests } from './picture-requests';
import type { PictureIntake } from './pictures/intake';
import type { WorkerEvent } from './protocol';
import type { Handlers } from './serve';
import { createTableRequests } from './table-requests';

type OwnRequest =
  | ('ownSets' | 'ownSet' | 'renameOwn' | 'removeOwn' | 'saveOwn' | 'addOwn' | 'dropDraft')
  | keyof ReturnType<typeof createTableRequests>
  | keyof ReturnType<typeof createPictureRequests>;

/** Readers of what a user chose. */
export interface Intakes {
  readonly tables: Intake;
  readonly pictures: PictureIntake;
}

/** What the page asks about data of the user's own. What is seldom needed is loaded when it is. */
export function createOwnRequests(
  own: OwnSets,
  { tables, pictures }: Intakes,
  emit: (event: WorkerEvent) => void,
): Pick<Handlers, OwnRequest> {
  const drafts = createDrafts();
  return {
    ...createTableRequests(own, drafts, tables, emit),
    ...createPictureRequests(own, drafts, pictures, emit),
    dropDraft: ({ draft }) => {
      drafts.drop(draft);
      return Promise.resolve(null);
    },
    ownSets: async () => {
      const all = await own.list();
      return all.map((one) => {
        const isShared = (other: OwnRecord) => other !== one && holderOf(other) === holderOf(one);
        return { ...aboutOf(one), shares: all.some(isShared) };
      });
    },
    ownSet: async ({ ref }) => {
      const found = await own.record(ref);
      return found && aboutOf(found);
    },
    renameOwn: async ({ ref, name }) => {
      const renamed = await own.rename(ref, name);
      return renamed && aboutOf(renamed);
    },
    removeOwn: async ({ ref }) => {
      await own.remove(ref);
      return null;
    },
    saveOwn: async ({ ref }, { signal }) => {
      const data = await own.load(ref);
      if (data === null) return null;
      const { fileOf } = await import('./own-files');
      return fileOf(data, async () => {
        await new Promise((resolve) => setTimeout(resolve, 0));
        signal.throwIfAborted();
      });
    },
    addOwn: async ({ file, name }, { signal }) => {
      const job = { kind: 'saved', file: { path: name, file } } as const;
      const read = await pictures(job, () => undefined, signal);
      return aboutOf(await own.keep(pictureSet(read), { proposed: read.name }));
    },
  };
}
