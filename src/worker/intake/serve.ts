import { toProblem } from '../../experiment/problem';
import type { IntakeAnswer } from './intake';
import type { IntakeJob, ReadTable } from './read-table';

/** What a worker's end of the line can do: hand over what it has made without copying it. */
interface Port {
  addEventListener(type: 'message', listener: (event: { readonly data: IntakeJob }) => void): void;
  postMessage(message: unknown, transfer: Transferable[]): void;
}

/** Progress is told at most every so many milliseconds. */
const EVERY_MS = 100;

/** In the worker that is named `INTAKE_NAME`: waits for the one file and answers with what is in it. */
export function serveIntake(port: Port): void {
  const answer = (message: IntakeAnswer, transfer: Transferable[] = []) => {
    port.postMessage(message, transfer);
  };
  let told = 0;
  port.addEventListener('message', ({ data }) => {
    import('./read-table')
      .then(({ readTable }) =>
        readTable(data, (progress) => {
          if (performance.now() - told < EVERY_MS) return;
          told = performance.now();
          answer({ progress });
        }),
      )
      .then(
        (table) => {
          answer({ table }, buffersOf(table));
        },
        (error: unknown) => {
          answer({ problem: toProblem(error) });
        },
      );
  });
}

function buffersOf({ columns }: ReadTable): Transferable[] {
  return columns.flatMap((each) => (each.column === null ? [] : [each.values.buffer]));
}
