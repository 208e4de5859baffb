import { toProblem } from '../../experiment/problem';
import type { PictureAnswer } from './intake';
import type { PictureJob } from './read-pictures';

/** What a worker's end of the line can do: hand over what it has made without copying it. */
interface Port {
  addEventListener(type: 'message', listener: (event: { readonly data: PictureJob }) => void): void;
  postMessage(message: unknown, transfer: Transferable[]): void;
}

/** Progress is told at most every so many milliseconds. */
const EVERY_MS = 100;

/** In the worker that is named `PICTURES_NAME`: waits for what was chosen and answers with its pictures. */
export function servePictures(port: Port): void {
  const answer = (message: PictureAnswer, transfer: Transferable[] = []) => {
    port.postMessage(message, transfer);
  };
  let told = 0;
  port.addEventListener('message', ({ data }) => {
    Promise.all([import('./read-pictures'), import('./decode')])
      .then(([{ readPictures }, { decodePicture }]) =>
        readPictures(
          data,
          (progress) => {
            if (performance.now() - told < EVERY_MS) return;
            told = performance.now();
            answer({ progress });
          },
          decodePicture,
        ),
      )
      .then(
        (pictures) => {
          answer({ pictures }, [pictures.pixels.buffer, pictures.labels.buffer]);
        },
        (error: unknown) => {
          answer({ problem: toProblem(error) });
        },
      );
  });
}
