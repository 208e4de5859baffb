import { readerIn, serveReader, type Reader } from '../reader';
import type { IntakeJob, IntakeProgress, ReadTable } from './read-table';

/** Name of a worker that reads a table and does nothing else. */
export const INTAKE_NAME = 'whittle-intake';

/** Reads a table in a worker of its own. */
export type Intake = Reader<IntakeJob, IntakeProgress, ReadTable>;

export const intakeIn: (createWorker: () => Worker) => Intake = readerIn;

/** In the worker that is named `INTAKE_NAME`. */
export function serveIntake(port: Parameters<typeof serveReader>[0]): void {
  serveReader<IntakeJob, IntakeProgress, ReadTable>(
    port,
    async (job, tell) => (await import('./read-table')).readTable(job, tell),
    ({ columns }) => columns.flatMap((each) => (each.column === null ? [] : [each.values.buffer])),
  );
}
