import { WhittleError, type Problem } from '../../experiment/problem';
import { askWorker } from '../ask-worker';
import type { ReadPictures } from '../protocol';
import type { PictureJob, PictureProgress } from './read-pictures';

/** Name of a worker that reads pictures and does nothing else. */
export const PICTURES_NAME = 'whittle-pictures';

/** Reads pictures in a worker of its own. Rejects with a `WhittleError`, or an `AbortError`. */
export type PictureIntake = (
  job: PictureJob,
  tell: (progress: PictureProgress) => void,
  signal: AbortSignal,
) => Promise<ReadPictures>;

export type PictureAnswer =
  | { readonly progress: PictureProgress }
  | { readonly pictures: ReadPictures }
  | { readonly problem: Problem };

/** It tells how far it is several times a second; a large archive is listed first. */
const SILENT_MS = 60_000;

/** An intake that starts a worker for what was chosen, and ends it when that is read, or nobody waits any more. */
export function picturesIn(createWorker: () => Worker): PictureIntake {
  return async (job, tell, signal) => {
    const answer = await askWorker<PictureAnswer, Exclude<PictureAnswer, { progress: unknown }>>(
      createWorker,
      job,
      {
        ...{ signal, limitMs: SILENT_MS },
        hear: (heard) => {
          if (!('progress' in heard)) return { result: heard };
          tell(heard.progress);
          return { limitMs: SILENT_MS };
        },
      },
    );
    if ('problem' in answer) throw new WhittleError(answer.problem);
    return answer.pictures;
  };
}
