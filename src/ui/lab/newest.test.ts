import { expect, test } from 'vitest';
import { newestWins } from './newest';

test('while one question is under way only the newest of the others is asked, and always the last', async () => {
  const asked: number[] = [];
  const answers: (() => void)[] = [];
  const ask = newestWins<number>((question) => {
    asked.push(question);
    return new Promise((resolve) => answers.push(resolve));
  });
  const next = async () => {
    answers.shift()?.();
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  for (const question of [1, 2, 3, 4]) ask(question);
  expect(asked).toEqual([1]);
  await next();
  expect(asked).toEqual([1, 4]);
  ask(5);
  await next();
  await next();
  expect(asked).toEqual([1, 4, 5]);
  ask(6);
  expect(asked).toEqual([1, 4, 5, 6]);
});
