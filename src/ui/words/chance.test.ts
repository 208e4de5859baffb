import { describe, expect, it } from 'vitest';
import type { Metrics } from '../../experiment/report';
import { guessOf, intervalOf, isAboutAsFar, verdictOf, wrongOf } from './chance';

/** Metrics of which so many of the examples are wrong. */
function wrong(count: number, examples = 10_000): Metrics {
  return { examples, loss: 0.1, accuracy: (examples - count) / examples };
}

describe('how many are wrong', () => {
  it('is a whole number although accuracy is a quotient', () => {
    expect(wrongOf(wrong(186))).toBe(186);
    expect(wrongOf(wrong(31, 45))).toBe(31);
  });
});

describe('the verdict on a change of accuracy (McNemar with Edwards’ correction, χ² = 3.841)', () => {
  it('is clear where even the weakest evidence suffices: (131 − 1)² / 503 = 33.6', () => {
    expect(verdictOf(wrong(186), wrong(317), null)).toBe('clear');
  });

  it('is open where it depends on what is not known: 30² / 403 = 2.2, but 30² / 31 = 29', () => {
    expect(verdictOf(wrong(186), wrong(217), null)).toBe('open');
  });

  it('follows the number of examples on which the two differ: 30² / 200 = 4.5, 30² / 300 = 3', () => {
    expect(verdictOf(wrong(186), wrong(217), 200)).toBe('clear');
    expect(verdictOf(wrong(186), wrong(217), 300)).toBe('chance');
  });

  it('is chance for up to five examples, whatever else is known: 4² / 5 = 3.2, but 5² / 6 = 4.2', () => {
    expect(verdictOf(wrong(186), wrong(191), null)).toBe('chance');
    expect(verdictOf(wrong(0), wrong(5), 5)).toBe('chance');
    expect(verdictOf(wrong(0), wrong(6), 6)).toBe('clear');
  });

  it('is the same for a fall and a rise', () => {
    expect(verdictOf(wrong(217), wrong(186), 200)).toBe('clear');
    expect(verdictOf(wrong(191), wrong(186), null)).toBe('chance');
  });

  it('does not believe a number of differing answers that cannot be', () => {
    expect(verdictOf(wrong(186), wrong(217), 0)).toBe('open');
  });
});

describe('the interval of an accuracy (Wilson, 95 %)', () => {
  it('of 8 in 10 is 49.0 % to 94.3 %', () => {
    // Middle (0.8 + 0.19208) / 1.38416 = 0.71674, half 1.96 / 1.38416 · √(0.016 + 0.009604) = 0.22658.
    const [low, high] = intervalOf(wrong(2, 10));
    expect(low).toBeCloseTo(0.4902, 4);
    expect(high).toBeCloseTo(0.9433, 4);
  });

  it('of all right does not claim certainty: 45 of 45 is 92.1 % to 100 %', () => {
    // n / (n + z²) = 45 / 48.8416.
    const [low, high] = intervalOf(wrong(0, 45));
    expect(low).toBeCloseTo(0.9213, 4);
    expect(high).toBe(1);
  });
});

describe('guessing', () => {
  const perClass = [250, 250].map((support) => ({ precision: 0, recall: 0, f1: 0, support }));
  const classes = ['A', 'B'];

  it('is what two classes of 250 give up to 54.47 %: 0.5 + 2 √(0.25 / 500)', () => {
    expect(guessOf({ ...wrong(228, 500), perClass }, classes)).toMatchObject({ share: 0.5 });
    expect(guessOf({ ...wrong(227, 500), perClass }, classes)).toBeNull();
  });

  it('names the class that is always answered', () => {
    const stuck = { ...wrong(250, 500), perClass };
    const all = [
      [0, 250],
      [0, 250],
    ];
    const nearly = [
      [1, 249],
      [0, 250],
    ];
    expect(guessOf({ ...stuck, confusion: all }, classes)?.stuckOn).toBe('B');
    expect(guessOf({ ...stuck, confusion: nearly }, classes)?.stuckOn).toBeNull();
  });

  it('is measured by the most frequent class', () => {
    const uneven = [900, 100].map((support) => ({ precision: 0, recall: 0, f1: 0, support }));
    expect(guessOf({ ...wrong(90, 1_000), perClass: uneven }, classes)).toEqual({
      answer: 'A',
      share: 0.9,
      stuckOn: null,
    });
  });
});

describe('squared errors', () => {
  const fit = (mse: number): Metrics => ({ examples: 1_000, loss: mse, mse, r2: 1 - mse });

  it('of 1,000 examples are alike within 13.5 %: exp(2 √(4 / 1000)) = 1.1348', () => {
    expect(isAboutAsFar(fit(0.01), fit(0.01134))).toBe(true);
    expect(isAboutAsFar(fit(0.01), fit(0.01136))).toBe(false);
    expect(isAboutAsFar(fit(0.01136), fit(0.01))).toBe(false);
  });
});
