import type { Latency, Variant } from '../../experiment/report';
import { verdictOf } from '../words/chance';

export type MeasureId =
  | 'accuracy'
  | 'r2'
  | 'recall'
  | 'precision'
  | 'f1'
  | 'loss'
  | 'mse'
  | 'mae'
  | 'packed'
  | 'float32'
  | 'parameters'
  | 'nonzero'
  | 'dense'
  | 'effective'
  | 'onnx'
  | 'training'
  | TimingId;

/** Timings, by the runtime and the number of examples. */
export type TimingId = keyof typeof TIMINGS;

/** One line of the comparison: how it is read, written, compared with the baseline, and judged. */
export interface Measure {
  readonly id: MeasureId;
  readonly read: (variant: Variant) => number | undefined;
  readonly write: 'percent' | 'decimal' | 'count' | 'kilobytes' | 'seconds' | 'time';
  /** `points`: difference of percentages; `times`: how many times less; `speed`: likewise, for timings. */
  readonly change: 'points' | 'difference' | 'times' | 'seconds' | 'speed';
  readonly better: 'more' | 'less';
  /** Of a timing, its 95th percentile. */
  readonly spread?: (variant: Variant) => number | undefined;
}

/** The larger of the two batches that latency is measured at. */
export const LARGE_BATCH = 64;

/** Timings less than a tenth apart are called the same: repeated runs of one network differ by as much. */
const SAME_SPEED = 0.1;

/** Which timings are shown: on what runtime, with one thread or several, at what batch. */
const TIMINGS = {
  onnx1: { runtime: 'onnxruntime-wasm', isThreaded: false, batch: 1 },
  own1: { runtime: 'whittle', isThreaded: false, batch: 1 },
  onnxMany: { runtime: 'onnxruntime-wasm', isThreaded: false, batch: LARGE_BATCH },
  ownMany: { runtime: 'whittle', isThreaded: false, batch: LARGE_BATCH },
  threads1: { runtime: 'onnxruntime-wasm', isThreaded: true, batch: 1 },
  threadsMany: { runtime: 'onnxruntime-wasm', isThreaded: true, batch: LARGE_BATCH },
  webgpu1: { runtime: 'onnxruntime-webgpu', isThreaded: false, batch: 1 },
  webgpuMany: { runtime: 'onnxruntime-webgpu', isThreaded: false, batch: LARGE_BATCH },
  training1: { runtime: null, batch: 1 },
  trainingMany: { runtime: null, batch: LARGE_BATCH },
} as const;

/** Whether what trains ran it, and not one of the runtimes that run files. */
function isTraining({ runtime }: Latency): boolean {
  return runtime !== 'whittle' && !runtime.startsWith('onnxruntime-');
}

/** A timing of the variant. */
export function timingOf({ latency = [] }: Variant, id: TimingId): Latency | undefined {
  const timing = TIMINGS[id];
  return latency.find(
    (one) =>
      one.batch === timing.batch &&
      (timing.runtime === null
        ? isTraining(one)
        : one.runtime === timing.runtime && one.threads > 1 === timing.isThreaded),
  );
}

/** Whether the variant's files are timed. */
export function isClocked(variant: Variant): boolean {
  return timingOf(variant, 'onnx1') !== undefined;
}

const MEASURES: readonly Measure[] = [
  {
    id: 'accuracy',
    read: ({ metrics }) => metrics.accuracy,
    write: 'percent',
    change: 'points',
    better: 'more',
  },
  score('r2', ({ metrics }) => metrics.r2),
  score('recall', ({ metrics }) => metrics.recall),
  score('precision', ({ metrics }) => metrics.precision),
  score('f1', ({ metrics }) => metrics.f1),
  error('loss', ({ metrics }) => (metrics.mse === undefined ? metrics.loss : undefined)),
  error('mse', ({ metrics }) => metrics.mse),
  error('mae', ({ metrics }) => metrics.mae),
  amount('packed', 'kilobytes', ({ size }) => size.packedBytes),
  amount('onnx', 'kilobytes', ({ size }) => size.onnxBytes),
  amount('float32', 'kilobytes', ({ size }) => size.float32Bytes),
  amount('parameters', 'count', ({ size }) => size.parameters),
  amount('nonzero', 'count', ({ size }) => size.nonzero),
  amount('dense', 'count', ({ multiplyAdds }) => multiplyAdds.dense),
  amount('effective', 'count', ({ multiplyAdds }) => multiplyAdds.effective),
  ...(Object.keys(TIMINGS) as TimingId[]).map(timing),
  {
    id: 'training',
    read: ({ trainingMs }) => trainingMs,
    write: 'seconds',
    change: 'seconds',
    better: 'less',
  },
];

function score(id: MeasureId, read: Measure['read']): Measure {
  return { id, read, write: 'decimal', change: 'difference', better: 'more' };
}
function error(id: MeasureId, read: Measure['read']): Measure {
  return { id, read, write: 'decimal', change: 'difference', better: 'less' };
}
function amount(id: MeasureId, write: Measure['write'], read: Measure['read']): Measure {
  return { id, read, write, change: 'times', better: 'less' };
}
function timing(id: TimingId): Measure {
  const read = (variant: Variant) => timingOf(variant, id)?.medianMs;
  const spread = (variant: Variant) => timingOf(variant, id)?.p95Ms;
  return { id, read, spread, write: 'time', change: 'speed', better: 'less' };
}

/** The measures that at least one of the variants has. */
export function measuresOf(variants: readonly Variant[]): readonly Measure[] {
  return MEASURES.filter(({ read }) => variants.some((variant) => read(variant) !== undefined));
}

/** What is read first, in this order; the rest unfolds below. */
const FIRST: readonly MeasureId[] = [
  'accuracy',
  'r2',
  'packed',
  'onnx1',
  'own1',
  'loss',
  'mse',
  'nonzero',
];

/** The measures that the variants have, apart: those that matter most, and the rest. */
export function splitMeasures(variants: readonly Variant[]): {
  readonly first: readonly Measure[];
  readonly rest: readonly Measure[];
} {
  const all = measuresOf(variants);
  return {
    first: FIRST.flatMap((id) => all.find((measure) => measure.id === id) ?? []),
    rest: all.filter(({ id }) => !FIRST.includes(id)),
  };
}

/** How a variant differs from the baseline in one measure. */
export interface Change {
  /** `chance`: a difference, but no more than chance can explain. */
  readonly verdict: 'better' | 'worse' | 'same' | 'chance';
  /** Difference, or for `times` and `speed` the ratio of the baseline to the variant: 4 is a quarter. */
  readonly value: number;
}

/** Timings and sizes are not put down to chance. */
type RatioChange = Change & { readonly verdict: Exclude<Change['verdict'], 'chance'> };

/** Digits after the point of a decimal value: small errors differ in the fourth. */
export function decimals(...values: readonly number[]): number {
  return values.every((value) => Math.abs(value) < 0.1) ? 4 : 3;
}

/** Ratios are written with two digits. */
const SAME_RATIO = 0.005;

/**
 * The change from the baseline; null for the baseline itself and where either is not measured.
 * Differences are those of the numbers as they are written, so that a reader can check them.
 */
export function changeOf(measure: Measure, variant: Variant, baseline: Variant): Change | null {
  const [value, base] = [measure.read(variant), measure.read(baseline)];
  if (variant === baseline || value === undefined || base === undefined) return null;
  switch (measure.change) {
    case 'points': {
      const change = judged(written(100 * value, 2) - written(100 * base, 2), 2, measure.better);
      const byChance = verdictOf(baseline.metrics, variant.metrics, null) === 'chance';
      return byChance && change.verdict !== 'same' ? { ...change, verdict: 'chance' } : change;
    }
    case 'difference': {
      const digits = decimals(value, base);
      return judged(written(value, digits) - written(base, digits), digits, measure.better);
    }
    case 'seconds':
      return judged(written(value / 1_000, 1) - written(base / 1_000, 1), 1, measure.better);
    case 'times':
      return ofRatio(value === 0 ? (base === 0 ? 1 : Infinity) : base / value, SAME_RATIO);
    case 'speed':
      return speedChange(measure, variant, baseline) ?? ofRatio(base / value, SAME_SPEED);
    default:
      return measure.change satisfies never;
  }
}

function speedChange({ id }: Measure, variant: Variant, baseline: Variant): Change | null {
  const timing = id in TIMINGS ? timingOf(variant, id as TimingId) : undefined;
  return timing === undefined ? null : speedOf(timing, variant, baseline);
}

/**
 * By the median of the paired ratios, which is steadier than the ratio of the medians. A runtime that
 * does the same work for both is as fast with both, whatever a noisy machine made of it.
 */
export function speedOf(timing: Latency, variant: Variant, baseline: Variant): RatioChange {
  const change = ofRatio(1 / timing.vsBaseline, SAME_SPEED);
  // Batch norm costs time, and no products.
  const sameWork =
    variant.multiplyAdds.dense === baseline.multiplyAdds.dense &&
    variant.size.parameters === baseline.size.parameters;
  return sameWork && isDense(timing) ? { ...change, verdict: 'same' } : change;
}

/**
 * Whether the runtime multiplies every weight as a float32, whatever its value: those that train do, and so does
 * ONNX Runtime, which unpacks integers when it loads a file, unless activations are integers too.
 */
export function isDense({ runtime, format }: Latency): boolean {
  return runtime !== 'whittle' && format !== 'int8';
}

/** A number as it reads with so many digits after the point. */
function written(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/** A difference of written numbers with so many digits after the point, the same where it is none. */
export function judged(value: number, digits: number, better: Measure['better']): Change {
  if (Math.abs(value) < 0.5 * 10 ** -digits) return { verdict: 'same', value: 0 };
  return { verdict: value > 0 === (better === 'more') ? 'better' : 'worse', value };
}

/** Whether a ratio of timings is no more than repeated runs of one network differ by. */
export function sameSpeed(ratio: number): boolean {
  return ofRatio(ratio, SAME_SPEED).verdict === 'same';
}

function ofRatio(value: number, same: number): RatioChange {
  if (value < 1 + same && value > 1 / (1 + same)) return { verdict: 'same', value };
  return { verdict: value > 1 ? 'better' : 'worse', value };
}

/** Length of a value's bar, 0 to 1: of the whole for shares, else of the largest in the line. */
export function barLength(measure: Measure, value: number, all: readonly number[]): number {
  const whole =
    measure.write === 'percent' || (measure.write === 'decimal' && measure.better === 'more');
  const full = whole ? 1 : Math.max(...all);
  return full > 0 ? Math.min(1, Math.max(0, value / full)) : 0;
}
