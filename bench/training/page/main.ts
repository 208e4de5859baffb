import { measurePeak } from './peak';
import type { Question, Questions } from './protocol';

declare global {
  interface Window {
    /** Asks a seat, whose worker the first question starts. @throws Error with the contender's message */
    askSeat<Name extends keyof Questions>(
      seat: string,
      name: Name,
      asked: Questions[Name]['asked'],
    ): Promise<Questions[Name]['answer']>;
    /** Ends a seat's worker, and with it its threads and memory. */
    leaveSeat(seat: string): void;
    measurePeak: typeof measurePeak;
  }
}

const workers = new Map<string, Worker>();

function workerOf(seat: string): Worker {
  const known = workers.get(seat);
  if (known !== undefined) return known;
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  workers.set(seat, worker);
  return worker;
}

window.askSeat = <Name extends keyof Questions>(
  seat: string,
  name: Name,
  asked: Questions[Name]['asked'],
) =>
  new Promise<Questions[Name]['answer']>((resolve, reject) => {
    const worker = workerOf(seat);
    worker.onmessage = ({
      data,
    }: MessageEvent<{ answer: Questions[Name]['answer'] } | { error: string }>) => {
      if ('error' in data) reject(new Error(data.error));
      else resolve(data.answer);
    };
    worker.onerror = ({ message }) => {
      // It has none where the worker's script did not arrive.
      reject(new Error(message || 'The worker did not start.'));
    };
    const question: Question<Name> = { name, asked };
    worker.postMessage(question);
  });

window.measurePeak = measurePeak;

window.leaveSeat = (seat: string) => {
  workers.get(seat)?.terminate();
  workers.delete(seat);
};
