import type { OwnSets } from './own-data';
import type { PictureIntake } from './pictures/intake';
import type { WorkerEvent } from './protocol';
import type { Handlers } from './serve';

/** What the page asks about pictures of the user's own. */
export function createPictureRequests(
  own: OwnSets,
  intake: PictureIntake,
  emit: (event: WorkerEvent) => void,
): Pick<Handlers, 'readPictures' | 'ownPictures'> {
  return {
    readPictures: (job, { signal }) =>
      intake(
        job,
        (progress) => {
          emit({ event: 'pictures', ...progress });
        },
        signal,
      ),
    ownPictures: async ({ ref }) => {
      const { record, values } = (await own.load(ref)) ?? {};
      if (record?.contents.kind !== 'pictures' || values?.kind !== 'pictures') return null;
      const [height = 0, width = 0, channels = 0] = record.contents.shape;
      const { name, classes } = record;
      return { name, classes, shape: [height, width, channels], ...values };
    },
  };
}
