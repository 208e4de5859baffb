import type { Experiment } from '../experiment/experiment';
import type { CurvePoint } from '../worker/protocol';
import type { OptionMeta } from '../experiment/options';
import { viewStep } from './recipe';

/** Points of a curve on a continuous option: enough for a smooth line 300 pixels wide. */
const POINTS = 25;

/**
 * Values of an option to measure for the curve behind its slider, over the slider's whole range.
 * Coarse ones come first, so that the curve has its shape early and gains detail.
 */
export function curveValues(meta: OptionMeta): readonly number[] {
  if (meta.kind !== 'number') return [];
  const { min, max, integer, scale } = meta;
  const at = (share: number) =>
    scale === 'log' ? min * (max / min) ** share : min + (max - min) * share;
  const all =
    integer && max - min < POINTS
      ? Array.from({ length: max - min + 1 }, (_, i) => min + i)
      : Array.from({ length: POINTS }, (_, i) => at(i / (POINTS - 1)));
  const exact = (value: number) => (integer ? Math.round(value) : Number(value.toPrecision(6)));
  const values = [...new Set(all.map(exact))];
  const order = [4, 2, 1].flatMap((stride) =>
    values.filter((_, i) => i % stride === 0 && (stride === 4 || i % (stride * 2) !== 0)),
  );
  return order;
}

/** What a step's preview depends on: equal keys, equal previews. */
export function previewKey(experiment: Experiment, index: number): string {
  const { dataset, model, seed, recipe } = experiment;
  return JSON.stringify([dataset, model, seed, recipe.slice(0, index + 1)]);
}

/** What a step's curve depends on: all that its preview does but the main option. */
export function curveKey(experiment: Experiment, index: number): string {
  const step = experiment.recipe[index];
  if (step === undefined) return '';
  const { main } = viewStep(step);
  const rest = Object.entries(step).filter(([name]) => name !== main);
  return JSON.stringify([previewKey(experiment, index - 1), main, rest]);
}

/** The curve with one more point, ascending by value. */
export function withPoint(curve: readonly CurvePoint[], point: CurvePoint): readonly CurvePoint[] {
  return [...curve.filter(({ value }) => value !== point.value), point].sort(
    (a, b) => a.value - b.value,
  );
}

/** Keeps the entries whose key is the same in both experiments. */
export function stillValid<Value>(
  entries: Readonly<Record<number, Value>>,
  key: (experiment: Experiment, index: number) => string,
  before: Experiment,
  after: Experiment,
): Readonly<Record<number, Value>> {
  return Object.fromEntries(
    Object.entries(entries).filter(
      ([index]) =>
        Number(index) < after.recipe.length &&
        key(before, Number(index)) === key(after, Number(index)),
    ),
  );
}
