import { expect, test } from 'vitest';
import { newestFirst } from './newest';

/** Questions that were put, and what ends the one under way. */
function slow() {
  const put: number[] = [];
  let end: (error?: Error) => void = () => {};
  const ask = newestFirst((question: number) => {
    put.push(question);
    return new Promise<void>((resolve, reject) => {
      end = (error) => {
        if (error === undefined) resolve();
        else reject(error);
      };
    });
  });
  const ended = async (error?: Error) => {
    end(error);
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { put, ask, ended };
}

test('of questions that come while one is under way, the newest alone is put', async () => {
  const { put, ask, ended } = slow();
  [1, 2, 3, 4].forEach(ask);
  expect(put).toEqual([1]);
  await ended();
  expect(put).toEqual([1, 4]);
  await ended();
  expect(put).toEqual([1, 4]);
  ask(5);
  expect(put).toEqual([1, 4, 5]);
});

test('a question that fails does not keep the next one waiting', async () => {
  const { put, ask, ended } = slow();
  [1, 2].forEach(ask);
  await ended(new Error('gone'));
  expect(put).toEqual([1, 2]);
});
