import type { ReadPictures } from '../protocol';
import { readerIn, serveReader, type Reader } from '../reader';
import type { PictureJob, PictureProgress } from './read-pictures';

/** Name of a worker that reads pictures and does nothing else. */
export const PICTURES_NAME = 'whittle-pictures';

/** Reads pictures in a worker of its own. */
export type PictureIntake = Reader<PictureJob, PictureProgress, ReadPictures>;

export const picturesIn: (createWorker: () => Worker) => PictureIntake = readerIn;

/** In the worker that is named `PICTURES_NAME`. */
export function servePictures(port: Parameters<typeof serveReader>[0]): void {
  serveReader<PictureJob, PictureProgress, ReadPictures>(
    port,
    async (job, tell) => {
      const [{ readPictures }, { decodePicture }] = await Promise.all([
        import('./read-pictures'),
        import('./decode'),
      ]);
      return readPictures(job, tell, decodePicture);
    },
    ({ pixels, labels }) => [pixels.buffer, labels.buffer],
  );
}
