import { describe, expect, it } from 'vitest';
import type { TransferPoint, TransferWay } from '../../../worker/protocol';
import { outcomeOf, verdictOf } from './verdict';

const point = (way: TransferWay, draw: number, score: number, examples = 10): TransferPoint => ({
  ...{ way, draw, score, examples },
});

describe('what was learned before', () => {
  const points = [
    ...[point('tuned', 0, 0.75), point('tuned', 1, 0.5), point('tuned', 2, 1)],
    ...[point('scratch', 0, 0.5), point('scratch', 1, 0.75)],
    ...[point('frozen', 0, 0.25), point('scratch', 0, 0, 20)],
  ];

  it('is compared over the draws that both ways have', () => {
    expect(verdictOf(points, 'tuned', 10, false)).toEqual({
      ...{ score: 0.625, scratch: 0.625, draws: 2, wins: 1 },
    });
    expect(verdictOf(points, 'frozen', 10, false)).toMatchObject({ draws: 1, wins: 0 });
  });

  it('wins with the smaller error', () => {
    expect(verdictOf(points, 'frozen', 10, true)).toMatchObject({ draws: 1, wins: 1 });
  });

  it('is worth something, costs something, or neither', () => {
    const of = (score: number, scratch: number, wins = 4) => ({ score, scratch, draws: 5, wins });
    expect(outcomeOf(of(0.9, 0.8), false)).toBe('better');
    expect(outcomeOf(of(0.8, 0.9, 1), false)).toBe('worse');
    expect(outcomeOf(of(0.9, 0.8, 3), false)).toBe('even');
    expect(outcomeOf(of(0.8, 0.8004), false)).toBe('even');
    expect(outcomeOf(of(0.02, 0.04), true)).toBe('better');
    expect(outcomeOf(of(0.04, 0.02, 0), true)).toBe('worse');
    expect(outcomeOf(of(0.0205, 0.02), true)).toBe('even');
  });

  it('is not judged before both ways were measured', () => {
    expect(verdictOf(points, 'tuned', 20, false)).toBeNull();
    expect(verdictOf([], 'tuned', 10, false)).toBeNull();
  });
});
