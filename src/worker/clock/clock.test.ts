import { expect, it } from 'vitest';
import type { Problem } from '../../experiment/problem';
import { clockIn } from './clock';
import type { ClockAnswer, ClockJob } from './job';

const numbers = new Float32Array(0);
const job: Omit<ClockJob, 'ortBase'> = {
  ...({ provider: 'wasm', threads: 1, files: [] } as const),
  ...{ inputs: numbers, onnxInputs: numbers, onnxShape: [] },
};

/** A worker that answers every request so. */
function answering(problem: Problem): Worker {
  const answer: ClockAnswer = { problem };
  const worker = {
    onmessage: (_event: { readonly data: ClockAnswer }) => undefined,
    postMessage: () => {
      setTimeout(() => {
        worker.onmessage({ data: answer });
      }, 0);
    },
    terminate: () => undefined,
  };
  // As much of a worker as is asked for.
  return worker as unknown as Worker;
}

const messageOf = (createWorker: () => Worker) =>
  clockIn(createWorker, '/ort/')(job, new AbortController().signal).then(
    () => '',
    (error: Error) => error.message,
  );

it('what could not be timed says why in one sentence, and no more than the reason', async () => {
  const begins = 'The files could not be timed, since ONNX Runtime does not run: ';
  const ends = '. Everything else works; try again when there is a connection.';
  const broken = () => {
    throw new Error('it did not load');
  };
  expect(await messageOf(broken)).toBe(`${begins}it did not load${ends}`);
  const sentence = { code: 'backendLost', params: {}, message: 'WebGPU was lost.' };
  expect(await messageOf(() => answering(sentence))).toBe(`${begins}WebGPU was lost${ends}`);
});
