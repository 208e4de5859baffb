import { describe, expect, it } from 'vitest';
import { largestMistake, mistakesIn, shade } from './mistakes';

const EXACT = [
  [7, 0],
  [0, 3],
];
const CONFUSED = [
  [5, 2, 0],
  [1, 8, 4],
  [0, 0, 9],
];

describe('the mistakes in a confusion matrix', () => {
  it('are what lies off the diagonal', () => {
    expect(mistakesIn(CONFUSED)).toBe(7);
    expect(mistakesIn(EXACT)).toBe(0);
  });

  it('are shaded on one scale for all matrices shown', () => {
    expect(largestMistake([EXACT, CONFUSED])).toBe(4);
    expect(shade(4, 4)).toBe(1);
    expect(shade(1, 4)).toBe(0.5);
  });

  it('are not shaded where there are none', () => {
    expect(largestMistake([EXACT])).toBe(0);
    expect(largestMistake([])).toBe(0);
    expect(shade(0, 0)).toBe(0);
  });
});
