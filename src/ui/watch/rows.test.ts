import { describe, expect, it } from 'vitest';
import type { HistoryPoint } from '../../experiment/report';
import { defaultStep } from '../../state/recipe';
import { variantWith } from '../compare/fixtures';
import {
  accuracyRows,
  accuracyValues,
  lossRows,
  nearest,
  rateRows,
  readingAt,
  testPoints,
} from './rows';

const tested = (history: readonly HistoryPoint[]) => testPoints(history, [], []);

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
    const rows = lossRows(history, tested(history));
    expect(rows.length).toBeLessThanOrEqual(400);
    expect(rows.at(-1)?.iteration).toBe(10_000);
  });

  it('is in the order of iterations', () => {
    const history = historyOf(3_000, (i) => (i % 7 === 0 ? { testLoss: i + 1 } : {}));
    const iterations = lossRows(history, tested(history)).map(({ iteration }) => iteration);
    expect(iterations).toEqual([...iterations].sort((a, b) => a - b));
  });

  it('leaves out a loss of zero, which has no logarithm', () => {
    expect(
      lossRows(
        historyOf(1, () => ({ trainLoss: 0 })),
        [],
      ),
    ).toEqual([{ iteration: 1, trainLoss: null, testLoss: null }]);
  });
});

describe('testPoints', () => {
  const at = (step: number, from: number) =>
    historyOf(2, (i) => ({ step, iteration: from + i, testLoss: step, testAccuracy: 0.9 }));
  const left = (step: number, accuracy: number) =>
    variantWith('other', { step, metrics: { loss: 9, accuracy } });

  it('have what a step without training left where it came, after what was trained before', () => {
    const history = [...at(1, 1), ...at(3, 3)];
    const variants = [left(0, 0.1), left(1, 0.9), left(2, 0.5), left(4, 0.8)];
    const points = testPoints(history, variants, []);
    expect(points.map(({ iteration, testAccuracy }) => [iteration, testAccuracy])).toEqual([
      [0, 0.1],
      [1, 0.9],
      [2, 0.9],
      [2, 0.5],
      [3, 0.9],
      [4, 0.9],
      [4, 0.8],
    ]);
    expect(readingAt(history, points)).toMatchObject({ testLoss: 9, testAccuracy: 0.8 });
  });

  it('leave out what was applied to the baseline alone', () => {
    const alone = { ...left(2, 0.5), id: 's2-alone' };
    expect(testPoints(at(1, 1), [alone], [])).toHaveLength(2);
  });
});

describe('accuracyRows', () => {
  it('has only iterations at which the test set was measured', () => {
    const history = historyOf(10, (i) => (i === 4 ? { testLoss: 1, testAccuracy: 0.9 } : {}));
    expect(accuracyRows(tested(history))).toEqual([
      { iteration: 5, testAccuracy: 0.9, oldAccuracy: null },
    ]);
  });

  it('has what is left of an old task beside the new one', () => {
    const history = historyOf(10, (i) =>
      i === 4 ? { testLoss: 1, testAccuracy: 0.5, oldAccuracy: 0.8 } : {},
    );
    const [row] = accuracyRows(tested(history));
    expect(row && accuracyValues(row)).toEqual([0.5, 0.8]);
  });
});

describe('another task', () => {
  const at = (step: number, from: number, more: Partial<HistoryPoint> = {}) =>
    historyOf(2, (i) => ({
      ...{ step, iteration: from + i, testLoss: step + 1, testAccuracy: 0.9 - step / 10 },
      ...more,
    }));
  const recipe = [defaultStep('train'), defaultStep('transfer'), defaultStep('transfer')];
  const history = [
    ...at(0, 1),
    ...at(1, 3, { oldAccuracy: 0.6 }),
    ...at(2, 5, { oldAccuracy: 0.5 }),
  ];
  const points = testPoints(history, [], recipe);

  it('breaks the lines off: its test set is another', () => {
    const losses = lossRows([], points).map(({ iteration, testLoss }) => [iteration, testLoss]);
    const [a, b] = [2, 4].map((iteration) => [iteration, NaN]);
    expect(losses).toEqual([[1, 1], [2, 1], a, [3, 2], [4, 2], b, [5, 3], [6, 3]]);
  });

  it('begins with the old one as good as it was', () => {
    const rows = accuracyRows(points).map((row) => [row.iteration, ...accuracyValues(row)]);
    expect(rows).toEqual([
      ...[
        [1, 0.9],
        [2, 0.9],
        [2, NaN, NaN],
        [2, NaN, 0.9],
        [3, 0.8, 0.6],
        [4, 0.8, 0.6],
      ],
      ...[
        [4, NaN, NaN],
        [4, NaN, 0.8],
        [5, 0.7, 0.5],
        [6, 0.7, 0.5],
      ],
    ]);
  });
});

it('what is left of an old task is drawn where the new one has no accuracy', () => {
  const history = historyOf(10, (i) => (i === 4 ? { testLoss: 1, oldAccuracy: 0.8 } : {}));
  expect(accuracyRows(tested(history))).toEqual([
    { iteration: 5, testAccuracy: null, oldAccuracy: 0.8 },
  ]);
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
    expect(readingAt(history, tested(history))?.point.iteration).toBe(50);
    expect(readingAt(history, tested(history), 12)?.point.iteration).toBe(12);
  });

  it('gives what the test set gave last', () => {
    expect(readingAt(history, tested(history), 19)).toMatchObject({
      testLoss: 10,
      testAccuracy: 0.1,
    });
  });

  it('is of the nearest point', () => {
    const sparse = [historyOf(1), historyOf(10).slice(9)].flat();
    expect([1, 5, 6, 99].map((iteration) => nearest(sparse, iteration))).toEqual([0, 0, 1, 1]);
    expect(nearest([], 5)).toBe(-1);
    expect(readingAt([], [])).toBe(null);
  });
});
