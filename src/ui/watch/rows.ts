import type { HistoryPoint } from '../../experiment/report';
import { decimate } from '../charts/decimate';
import type { CurveRow } from './plot';

/** One drawn position of the loss chart; null where nothing was measured or a logarithm has no value. */
export interface LossRow extends CurveRow {
  readonly trainLoss: number | null;
  readonly testLoss: number | null;
}

/** Points drawn of the training loss and of the test loss: together at most 400. */
const TRAIN_POINTS = 280;
const TEST_POINTS = 120;

const positive = (value: number | undefined) =>
  value !== undefined && value > 0 && Number.isFinite(value) ? value : null;

/** The losses to draw, in order of iterations, of a history however long. */
export function lossRows(history: readonly HistoryPoint[]): readonly LossRow[] {
  const train = decimate(history, ({ trainLoss }) => trainLoss, TRAIN_POINTS);
  const tested = history.filter(({ testLoss }) => testLoss !== undefined);
  const test = decimate(tested, ({ testLoss }) => testLoss ?? NaN, TEST_POINTS);
  return [...new Set([...train, ...test])]
    .sort((a, b) => a.iteration - b.iteration)
    .map(({ iteration, trainLoss, testLoss }) => ({
      iteration,
      trainLoss: positive(trainLoss),
      testLoss: positive(testLoss),
    }));
}

export interface AccuracyRow extends CurveRow {
  readonly testAccuracy: number;
}

export function accuracyRows(history: readonly HistoryPoint[]): readonly AccuracyRow[] {
  const rows = history.flatMap(({ iteration, testAccuracy }) =>
    testAccuracy === undefined ? [] : [{ iteration, testAccuracy }],
  );
  return decimate(rows, ({ testAccuracy }) => testAccuracy, TRAIN_POINTS);
}

export interface RateRow extends CurveRow {
  readonly learningRate: number;
}

/** The learning rate where it changes, for a line of steps; a schedule that changes always is decimated. */
export function rateRows(history: readonly HistoryPoint[]): readonly RateRow[] {
  const changes = history.filter(
    ({ learningRate }, i) =>
      i === 0 || i === history.length - 1 || learningRate !== history[i - 1]?.learningRate,
  );
  return decimate(changes, ({ learningRate }) => learningRate, TRAIN_POINTS).map(
    ({ iteration, learningRate }) => ({ iteration, learningRate }),
  );
}

/** What was measured at an iteration, or last before it. */
export interface Reading {
  readonly point: HistoryPoint;
  readonly testLoss: number | undefined;
  readonly testAccuracy: number | undefined;
}

/** The reading at the point nearest to `iteration`, by default at the last; null where there is no history. */
export function readingAt(history: readonly HistoryPoint[], iteration?: number): Reading | null {
  const index = iteration === undefined ? history.length - 1 : nearest(history, iteration);
  const point = history[index];
  if (point === undefined) return null;
  let last = index;
  while (last > 0 && history[last]?.testLoss === undefined) last--;
  return {
    point,
    testLoss: history[last]?.testLoss,
    testAccuracy: history[last]?.testAccuracy,
  };
}

/** Index of the point nearest to `iteration`, by bisection; −1 where there is none. */
export function nearest(history: readonly HistoryPoint[], iteration: number): number {
  let low = 0;
  let high = history.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((history[middle]?.iteration ?? Infinity) < iteration) low = middle + 1;
    else high = middle;
  }
  const before = history[low - 1];
  const after = history[low];
  if (before === undefined || after === undefined) return Math.min(low, history.length - 1);
  return iteration - before.iteration < after.iteration - iteration ? low - 1 : low;
}
