import { expect, test } from 'vitest';
import { agree, sayingOf } from './agreement';

test('an answer says its likeliest class, the first of equals', () => {
  expect(sayingOf(Float32Array.of(0.25, 0.5, 0.25))).toEqual({ best: 1, share: 0.5 });
  expect(sayingOf(Float32Array.of(0.5, 0.5))).toEqual({ best: 0, share: 0.5 });
});

test('numbers that are none say nothing', () => {
  expect(sayingOf(Float32Array.of(NaN, NaN))).toBeNull();
  expect(sayingOf(new Float32Array(0))).toBeNull();
});

test('answers agree on the class, however sure each is', () => {
  const sure = { best: 7, share: 0.98 };
  expect(agree([sure, { best: 7, share: 0.3 }])).toBe(true);
  expect(agree([sure, { best: 7, share: 0.9 }, { best: 1, share: 0.51 }])).toBe(false);
  expect(agree([sure])).toBe(true);
});
