import { toProblem } from '../../experiment/problem';
import type { Line } from '../serve';
import type { ClockAnswer, ClockJob } from './job';

/** In the worker that is named `CLOCK_NAME`: waits for the one job and answers it. */
export function serveClock(port: Line<ClockJob>): void {
  const answer = (message: ClockAnswer) => {
    port.postMessage(message);
  };
  port.addEventListener('message', ({ data }) => {
    Promise.all([import('./run-job'), import('./ort-web')])
      .then(async ([{ runJob }, { loadOrt }]) => runJob(data, await loadOrt(data)))
      .then(
        (latencies) => {
          answer({ latencies });
        },
        (error: unknown) => {
          answer({ problem: toProblem(error) });
        },
      );
  });
}
