import { optionMeta } from '../../experiment/options';
import { trainOptionsSchema, type TrainOptions } from './spec';

/** The base learning rate from an iteration of the step on; the step's first iteration is 1. */
export interface RateChange {
  readonly iteration: number;
  readonly rate: number;
}

/** Enough digits for any slider, few enough for a short link. */
const SIGNIFICANT_DIGITS = 4;

/** The changes that `at` spells, by iteration; of two at the same iteration the later one counts. */
export function rateChanges(at: string): RateChange[] {
  const changes = new Map<number, number>();
  const words = at === '' ? [] : at.split('~');
  for (let i = 0; i + 1 < words.length; i += 2) {
    changes.set(Number(words[i]), withinRange(Number(words[i + 1])));
  }
  return Array.from(changes, ([iteration, rate]) => ({ iteration, rate })).sort(
    (a, b) => a.iteration - b.iteration,
  );
}

/** The rate that the schedule multiplies: the last change up to this iteration, else the option `lr`. */
export function baseRate({ lr, at }: Pick<TrainOptions, 'lr' | 'at'>, iteration: number): number {
  return rateChanges(at).findLast((change) => change.iteration <= iteration)?.rate ?? lr;
}

/**
 * The options with the base learning rate set to `rate` from `iteration` of the step on (the first is
 * 1), as the link will spell it: within the option's range and rounded to four significant digits.
 * Later changes are dropped, since whoever moves the slider now has not made them yet.
 */
export function withRateChange(
  options: TrainOptions,
  iteration: number,
  rate: number,
): TrainOptions {
  const rounded = withinRange(Number(rate.toPrecision(SIGNIFICANT_DIGITS)));
  const before = rateChanges(options.at).filter((change) => change.iteration < iteration);
  const changes =
    rounded === (before.at(-1)?.rate ?? options.lr)
      ? before
      : [...before, { iteration, rate: rounded }];
  return {
    ...options,
    at: changes.map((change) => `${String(change.iteration)}~${String(change.rate)}`).join('~'),
  };
}

/** Whether two train steps do the same up to that iteration: they differ at most in later rates. */
export function sameUpTo(a: TrainOptions, b: TrainOptions, iteration: number): boolean {
  const untilThen = (options: TrainOptions) =>
    JSON.stringify({
      ...options,
      at: rateChanges(options.at).filter((change) => change.iteration <= iteration),
    });
  return untilThen(a) === untilThen(b);
}

/** The nearest rate that the option may have. */
export function withinRange(rate: number): number {
  const meta = optionMeta.get(trainOptionsSchema.shape.lr);
  return meta?.kind === 'number' ? Math.min(meta.max, Math.max(meta.min, rate)) : rate;
}
