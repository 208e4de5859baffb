import type { Answers, Question } from './questions';

declare global {
  interface Window {
    /** Puts a question to a worker of its own, so that each starts without a backend. */
    ask<Name extends keyof Answers>(question: Question<Name>): Promise<Answers[Name]>;
  }
}

window.ask = <Name extends keyof Answers>(question: Question<Name>) =>
  new Promise<Answers[Name]>((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<{ answer: Answers[Name] } | { error: string }>) => {
      worker.terminate();
      if ('error' in data) reject(new Error(data.error));
      else resolve(data.answer);
    };
    worker.onerror = ({ message }) => {
      reject(new Error(message));
    };
    worker.postMessage(question);
  });
