import type { HistoryPoint, Variant } from '../../experiment/report';
import type { Step } from '../../experiment/step';
import { lastTransfer } from '../../techniques/dataset-at';
import { variantId } from '../../experiment/variant-id';
import { decimate } from '../charts/decimate';
import type { CurveRow } from './plot';

/** One drawn position of the loss chart; null where nothing was measured or a logarithm has no value. */
export interface LossRow extends CurveRow {
  readonly trainLoss: number | null;
  readonly testLoss: number | null;
}

/** What the whole test set gave at an iteration. */
export interface TestPoint {
  /** Index of the last transfer until then; −1 before any. */
  readonly task: number;
  readonly iteration: number;
  readonly testLoss: number | undefined;
  readonly testAccuracy: number | undefined;
  /** On the task of before, while a network learns another. */
  readonly oldAccuracy?: number | undefined;
}

/**
 * All measurements on the test set, in order: those of training, and of every step without training what
 * it left behind, at the iteration where it came. `variants` are by their step; their loss counts where
 * it is the one that training minimizes. What a transfer finds is of another test set.
 */
export function testPoints(
  history: readonly HistoryPoint[],
  variants: readonly Variant[],
  recipe: readonly Step[],
): readonly TestPoint[] {
  const lossOf = comparableLoss(recipe);
  const tasks = recipe.map((_, step) => lastTransfer(recipe.slice(0, step + 1)));
  const trained = new Set(history.map(({ step }) => step));
  const instants = new Map(
    variants
      .filter(({ id, step }) => id === variantId(step) && !trained.has(step))
      .map((variant) => [variant.step, variant]),
  );
  const last = Math.max(-1, ...instants.keys());
  const points: TestPoint[] = [];
  let at = 0;
  let next = 0;
  const takeUpTo = (step: number) => {
    for (; next < step && next <= last; next++) {
      const variant = instants.get(next);
      if (variant === undefined) continue;
      points.push({
        ...{ iteration: at, task: tasks[next] ?? -1 },
        ...{ testLoss: lossOf(variant), testAccuracy: variant.metrics.accuracy },
      });
    }
  };
  for (const { step, iteration, testLoss, testAccuracy, oldAccuracy } of history) {
    takeUpTo(step);
    at = iteration;
    const task = tasks[step] ?? -1;
    if (testLoss !== undefined) {
      points.push({ iteration, task, testLoss, testAccuracy, oldAccuracy });
    }
  }
  takeUpTo(Infinity);
  return points;
}

/** The loss of a step that does not train, where training minimizes that one. */
function comparableLoss(recipe: readonly Step[]): (variant: Variant) => number | undefined {
  return ({ step, metrics }) => {
    const trained = recipe.slice(0, step).findLast(({ technique }) => technique === 'train');
    const squared = trained?.technique === 'train' && trained.loss === 'mse';
    return squared && metrics.accuracy !== undefined ? undefined : metrics.loss;
  };
}

/** Decades of learning rate that are drawn: a schedule that ends at zero would flatten all others. */
const RATE_DECADES = 3;

export function withoutTail(rates: readonly number[]): readonly number[] {
  const least = Math.max(...rates) / 10 ** RATE_DECADES;
  return rates.map((rate) => Math.max(rate, least));
}

/** Points drawn of the training loss and of the test loss: together at most 400. */
const TRAIN_POINTS = 280;
const TEST_POINTS = 120;

const positive = (value: number | undefined) =>
  value !== undefined && value > 0 && Number.isFinite(value) ? value : null;

/** The losses to draw, in order of iterations, of a history however long. */
export function lossRows(
  history: readonly HistoryPoint[],
  tests: readonly TestPoint[],
): readonly LossRow[] {
  const train = decimate(history, ({ trainLoss }) => trainLoss, TRAIN_POINTS);
  const test = byTask(tests, (group, before) => [
    ...(before === undefined ? [] : [{ iteration: before.iteration, testLoss: NaN }]),
    ...decimate(group, ({ testLoss }) => testLoss ?? NaN, TEST_POINTS).map(
      ({ iteration, testLoss }) => ({ iteration, testLoss: positive(testLoss) }),
    ),
  ]);
  return [
    ...train.map(({ iteration, trainLoss }) => ({
      iteration,
      trainLoss: positive(trainLoss),
      testLoss: null,
    })),
    ...test.map((row) => ({ ...row, trainLoss: null })),
  ].sort((a, b) => a.iteration - b.iteration);
}

/** Rows of the points of each task, given the last point of the task before. */
function byTask<Row>(
  tests: readonly TestPoint[],
  rowsOf: (group: readonly TestPoint[], before: TestPoint | undefined) => readonly Row[],
): readonly Row[] {
  const ofTasks = new Map<number, TestPoint[]>();
  for (const point of tests) {
    const group = ofTasks.get(point.task) ?? [];
    group.push(point);
    ofTasks.set(point.task, group);
  }
  const groups = [...ofTasks.values()];
  return groups.flatMap((group, i) => rowsOf(group, groups[i - 1]?.at(-1)));
}

export interface AccuracyRow extends CurveRow {
  /** Null of a task whose answers are numbers. */
  readonly testAccuracy: number | null;
  readonly oldAccuracy: number | null;
}

export function accuracyRows(tests: readonly TestPoint[]): readonly AccuracyRow[] {
  return byTask(tests, (group, before) => {
    const rows = group.flatMap(({ iteration, testAccuracy = null, oldAccuracy = null }) =>
      testAccuracy === null && oldAccuracy === null
        ? []
        : [{ iteration, testAccuracy, oldAccuracy }],
    );
    return [
      ...brokenOff(before),
      ...decimate(rows, (row) => row.testAccuracy ?? row.oldAccuracy ?? NaN, TRAIN_POINTS),
    ];
  });
}

/** One task ends, and is the old one from there on. */
function brokenOff(last: TestPoint | undefined): readonly AccuracyRow[] {
  if (last?.testAccuracy === undefined) return [];
  const { iteration, testAccuracy } = last;
  return [NaN, testAccuracy].map((oldAccuracy) => ({ iteration, testAccuracy: NaN, oldAccuracy }));
}

/** What an axis has to have room for. */
export function accuracyValues({ testAccuracy, oldAccuracy }: AccuracyRow): readonly number[] {
  return [testAccuracy, oldAccuracy].filter((value) => value !== null);
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
  readonly oldAccuracy?: number | undefined;
}

/** The reading at the point nearest to `iteration`, by default at the last; null where there is no history. */
export function readingAt(
  history: readonly HistoryPoint[],
  tests: readonly TestPoint[],
  iteration?: number,
): Reading | null {
  const index = iteration === undefined ? history.length - 1 : nearest(history, iteration);
  const point = history[index];
  if (point === undefined) return null;
  const test = tests.findLast((each) => each.iteration <= point.iteration);
  const { testLoss, testAccuracy, oldAccuracy } = test ?? {};
  return { point, testLoss, testAccuracy, oldAccuracy };
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
