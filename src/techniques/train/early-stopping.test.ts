import { expect, test } from 'vitest';
import { bestEpoch, isExhausted } from './early-stopping';

test('training goes on until so many epochs in a row have brought nothing better', () => {
  const losses = [3, 2, 2.5, 2.2, 2.1];
  expect(losses.map((_, i) => isExhausted(losses.slice(0, i + 1), 2))).toEqual([
    false,
    false,
    false,
    true,
    true,
  ]);
});

test('an equal loss is not a better one', () => {
  expect(isExhausted([2, 2], 1)).toBe(true);
  expect(bestEpoch([3, 2, 2])).toBe(1);
});

test('a patience of 0 never stops, and neither does any patience before the first epoch ends', () => {
  expect(isExhausted([1, 2, 3, 4], 0)).toBe(false);
  expect(isExhausted([], 1)).toBe(false);
});
