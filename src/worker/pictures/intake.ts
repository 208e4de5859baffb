import type { ChosenFile, ReadPictures } from '../protocol';
import { readerIn, serveReader, type Reader } from '../reader';
import type { PictureJob, PictureProgress } from './read-pictures';

/** Files of pictures, or a set that was saved here. */
export type PictureIntakeJob =
  ({ readonly kind: 'files' } & PictureJob) | { readonly kind: 'saved'; readonly file: ChosenFile };

/** Name of a worker that reads pictures and does nothing else. */
export const PICTURES_NAME = 'whittle-pictures';

/** Reads pictures in a worker of its own. */
export type PictureIntake = Reader<PictureIntakeJob, PictureProgress, ReadPictures>;

export const picturesIn: (createWorker: () => Worker) => PictureIntake = readerIn;

/** In the worker that is named `PICTURES_NAME`. */
export function servePictures(port: Parameters<typeof serveReader>[0]): void {
  serveReader<PictureIntakeJob, PictureProgress, ReadPictures>(
    port,
    async (job, tell) => {
      if (job.kind === 'saved') return (await import('./own-file')).readOwnFile(job.file);
      const [{ readPictures }, { decodePicture }] = await Promise.all([
        import('./read-pictures'),
        import('./decode'),
      ]);
      return readPictures(job, tell, decodePicture);
    },
    ({ pixels, labels }) => [pixels.buffer, labels.buffer],
  );
}
