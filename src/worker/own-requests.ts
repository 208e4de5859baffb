import { pictureSet } from './keep-pictures';
import type { OwnSets } from './own-data';
import type { Handlers } from './serve';

type OwnRequest = 'ownSets' | 'ownSet' | 'keepPictures' | 'renameOwn' | 'removeOwn';

/** What the page asks about data of the user's own. */
export function createOwnRequests(own: OwnSets): Pick<Handlers, OwnRequest> {
  return {
    ownSets: () => own.list(),
    ownSet: ({ ref }) => own.record(ref),
    keepPictures: (set) => own.keep(pictureSet(set)),
    renameOwn: ({ ref, name }) => own.rename(ref, name),
    removeOwn: async ({ ref }) => {
      await own.remove(ref);
      return null;
    },
  };
}
