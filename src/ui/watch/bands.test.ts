import { describe, expect, it } from 'vitest';
import { longestFitting, stepBands } from './bands';

const points = (step: number, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => ({
    step,
    iteration: from + i,
    epoch: 0,
    trainLoss: 1,
    learningRate: 0.001,
    elapsedMs: 0,
  }));

describe('stepBands', () => {
  it('has no bands before anything is trained', () => {
    expect(stepBands([], -1, null)).toEqual([]);
  });

  it('joins an instant step to the training that follows it', () => {
    const history = [...points(0, 1, 100), ...points(2, 101, 150)];
    expect(stepBands(history, 2, null)).toEqual([
      { from: 0, to: 100, steps: [0], after: [] },
      { from: 100, to: 150, steps: [1, 2], after: [] },
    ]);
  });

  it('puts instant steps at the end of the last training once they are reached', () => {
    const history = points(0, 1, 100);
    expect(stepBands(history, 2, null)).toEqual([{ from: 0, to: 100, steps: [0], after: [1, 2] }]);
  });

  it('lets the step under way reach as far as it will', () => {
    expect(stepBands(points(0, 1, 10), -1, { step: 0, total: 100 })).toEqual([
      { from: 0, to: 100, steps: [0], after: [] },
    ]);
  });

  it('shows a training step before its first point', () => {
    expect(stepBands(points(0, 1, 10), 1, { step: 2, total: 40 })).toEqual([
      { from: 0, to: 10, steps: [0], after: [] },
      { from: 10, to: 50, steps: [1, 2], after: [] },
    ]);
  });
});

describe('longestFitting', () => {
  const length = (text: string) => text.length;
  it('takes the longest text that fits, and none where nothing does', () => {
    expect(longestFitting(['2 Prune, 3 Train', '2–3'], 20, length)).toBe('2 Prune, 3 Train');
    expect(longestFitting(['2 Prune, 3 Train', '2–3'], 5, length)).toBe('2–3');
    expect(longestFitting(['2 Prune, 3 Train', '2–3'], 2, length)).toBe('');
  });
});
