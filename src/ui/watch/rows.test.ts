import { describe, expect, it } from 'vitest';
import type { HistoryPoint } from '../../experiment/report';
import { accuracyRows, lossRows, nearest, rateRows, readingAt } from './rows';

function historyOf(length: number, change: (i: number) => Partial<HistoryPoint> = () => ({})) {
  return Array.from({ length }, (_, i) => ({
    step: 0,
    iteration: i + 1,
    epoch: 0,
    trainLoss: 1 / (i + 1),
    learningRate: 0.001,
    elapsedMs: i,
    ...change(i),
  }));
}

describe('lossRows', () => {
  it('draws ten thousand points as at most four hundred', () => {
    const history = historyOf(10_000, (i) => (i % 20 === 0 ? { testLoss: 2 / (i + 1) } : {}));
    const rows = lossRows(history);
    expect(rows.length).toBeLessThanOrEqual(400);
    expect(rows.at(-1)?.iteration).toBe(10_000);
  });

  it('is in the order of iterations', () => {
    const iterations = lossRows(
      historyOf(3_000, (i) => (i % 7 === 0 ? { testLoss: i + 1 } : {})),
    ).map(({ iteration }) => iteration);
    expect(iterations).toEqual([...iterations].sort((a, b) => a - b));
  });

  it('leaves out a loss of zero, which has no logarithm', () => {
    expect(lossRows(historyOf(1, () => ({ trainLoss: 0 })))).toEqual([
      { iteration: 1, trainLoss: null, testLoss: null },
    ]);
  });
});

describe('accuracyRows', () => {
  it('has only iterations at which the test set was measured', () => {
    const history = historyOf(10, (i) => (i === 4 ? { testAccuracy: 0.9 } : {}));
    expect(accuracyRows(history)).toEqual([{ iteration: 5, testAccuracy: 0.9 }]);
  });
});

describe('rateRows', () => {
  it('keeps the first, each change and the last', () => {
    const history = historyOf(1_000, (i) => ({ learningRate: i < 400 ? 0.01 : 0.001 }));
    expect(rateRows(history)).toEqual([
      { iteration: 1, learningRate: 0.01 },
      { iteration: 401, learningRate: 0.001 },
      { iteration: 1_000, learningRate: 0.001 },
    ]);
  });
});

describe('a reading', () => {
  const history = historyOf(50, (i) =>
    i % 10 === 0 ? { testLoss: i, testAccuracy: i / 100 } : {},
  );

  it('is of the last point unless an iteration is given', () => {
    expect(readingAt(history)?.point.iteration).toBe(50);
    expect(readingAt(history, 12)?.point.iteration).toBe(12);
  });

  it('gives what the test set gave last', () => {
    expect(readingAt(history, 19)).toMatchObject({ testLoss: 10, testAccuracy: 0.1 });
  });

  it('is of the nearest point', () => {
    const sparse = [historyOf(1), historyOf(10).slice(9)].flat();
    expect([1, 5, 6, 99].map((iteration) => nearest(sparse, iteration))).toEqual([0, 0, 1, 1]);
    expect(nearest([], 5)).toBe(-1);
    expect(readingAt([])).toBe(null);
  });
});
