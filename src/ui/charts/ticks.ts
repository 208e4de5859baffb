/** An axis: its ends and the values written at it, ascending and within the ends. */
export interface Axis {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
}

/** A range that is not empty, also where all values are one or there are none. */
function openRange(values: readonly number[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return [0, 1];
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (size < 1e-200) return [0, 1];
  // Nearer together than the ticks' twelve digits can tell apart: one value, in the middle.
  if (high - low < size * 1e-9) return [low - size / 10, high + size / 10];
  return [low, high];
}

/** The 1-2-5 number at or above `value`. */
function niceStep(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= value * (1 - 1e-9)) ?? 10;
  return step * power;
}

/** A linear axis that holds `values` and ends at round numbers, with about `count` ticks. */
export function linearAxis(values: readonly number[], count: number): Axis {
  const [low, high] = openRange(values);
  const step = niceStep((high - low) / count);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  // Multiplying anew each time keeps 0.1 steps from adding up to 0.30000000000000004.
  const ticks = Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
  return { domain: [ticks[0] ?? low, ticks.at(-1) ?? high], ticks };
}

/**
 * A logarithmic axis that holds the positive `values`, with at most `count` ticks at 1-2-5 numbers
 * where they fit, else at powers of ten. It ends a twentieth of its length beyond the data.
 */
export function logAxis(values: readonly number[], count: number): Axis {
  const positive = values.filter((value) => value > 0 && Number.isFinite(value));
  const [low, high] = positive.length === 0 ? [0.1, 1] : positiveRange(positive);
  const room = Math.max(Math.log10(high / low) / 20, 0.01);
  const [from, to] = [low / 10 ** room, high * 10 ** room];
  const within = (ticks: readonly number[]) => ticks.filter((tick) => tick >= from && tick <= to);
  const [first, last] = [Math.floor(Math.log10(from)), Math.ceil(Math.log10(to))];
  const decades = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const dense = within(
    decades.flatMap((e) => [1, 2, 5].map((m) => Number(`${String(m)}e${String(e)}`))),
  );
  if (dense.length >= 2 && dense.length <= count) return { domain: [from, to], ticks: dense };
  if (dense.length < 2)
    return {
      domain: [from, to],
      ticks: linearAxis([low, high], 3).ticks.filter((tick) => tick >= from && tick <= to),
    };
  const powers = within(decades.map((e) => Number(`1e${String(e)}`)));
  const every = Math.max(1, Math.ceil(powers.length / count));
  const ticks = powers.filter((_, i) => i % every === 0);
  return { domain: [from, to], ticks: ticks.length >= 2 ? ticks : dense.slice(0, count) };
}

/** Ticks that lie this share of an axis apart do not touch. */
const APART = 0.13;

/** A logarithmic axis without the ticks that lie too near to the one before: there the larger crowd together. */
export function uncrowded({ domain, ticks }: Axis): Axis {
  const [low, high] = domain;
  const kept: number[] = [];
  for (const tick of ticks) {
    const last = kept.at(-1);
    if (last === undefined || Math.log(tick / last) >= APART * Math.log(high / low))
      kept.push(tick);
  }
  return { domain, ticks: kept };
}

/** Digits after the point of percents that tell the ticks of an axis of shares apart. */
export function percentDigits({ ticks }: Pick<Axis, 'ticks'>): number {
  const apart = [0, 1, 2].find(
    (digits) => new Set(ticks.map((tick) => (100 * tick).toFixed(digits))).size === ticks.length,
  );
  return apart ?? 3;
}

/** Parts of a decade that the ends of an axis that stands still are rounded to. */
const PARTS = 4;

/**
 * The least and the greatest of positive `values`, rounded outwards where they differ: they rarely change
 * while values are added.
 */
export function steadyExtent(values: readonly number[]): readonly number[] {
  const logs = values.filter((value) => value > 0 && Number.isFinite(value)).map(Math.log10);
  if (logs.length === 0) return [];
  const [low, high] = [Math.min(...logs), Math.max(...logs)];
  if (low === high) return [10 ** low];
  return [10 ** (Math.floor(low * PARTS) / PARTS), 10 ** (Math.ceil(high * PARTS) / PARTS)];
}

function positiveRange(values: readonly number[]): [number, number] {
  const [low, high] = openRange(values);
  return [low > 0 ? low : high / 10, high];
}

/** Ticks at whole round numbers from `from` to `to`, both within: for iterations. */
export function wholeTicks(from: number, to: number, count: number): readonly number[] {
  const step = Math.max(1, niceStep(Math.max(1, to - from) / count));
  const ticks: number[] = [];
  for (let tick = Math.ceil(from / step) * step; tick <= to; tick += step) ticks.push(tick);
  return ticks;
}
