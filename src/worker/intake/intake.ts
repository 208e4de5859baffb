import { WhittleError, type Problem } from '../../experiment/problem';
import { askWorker } from '../ask-worker';
import type { IntakeJob, IntakeProgress, ReadTable } from './read-table';

/** Name of a worker that reads a file and does nothing else. */
export const INTAKE_NAME = 'whittle-intake';

/** Reads a table in a worker of its own. Rejects with a `WhittleError`, or an `AbortError`. */
export type Intake = (
  job: IntakeJob,
  tell: (progress: IntakeProgress) => void,
  signal: AbortSignal,
) => Promise<ReadTable>;

export type IntakeAnswer =
  | { readonly progress: IntakeProgress }
  | { readonly table: ReadTable }
  | { readonly problem: Problem };

/** It tells how far it is several times a second. */
const SILENT_MS = 60_000;

/** An intake that starts a worker for each file, and ends it with the file, or when nobody waits any more. */
export function intakeIn(createWorker: () => Worker): Intake {
  return async (job, tell, signal) => {
    const answer = await askWorker<IntakeAnswer, Exclude<IntakeAnswer, { progress: unknown }>>(
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
    return answer.table;
  };
}
