import type { OptionMeta } from '../../experiment/options';

export type NumberMeta = Extract<OptionMeta, { kind: 'number' }>;

/**
 * How a slider's position and the option's value belong together. Positions are whole steps from the
 * left end, so that arrow keys move by one and equal distances mean equal differences (linear) or
 * equal ratios (logarithmic).
 */
export interface Scale {
  /** Positions run from 0 to here. */
  readonly length: number;
  positionOf(value: number): number;
  /** The value at a position, rounded to what a person would write. */
  valueAt(position: number): number;
}

/** Steps a factor of ten, where a logarithmic scale has whole numbers: a step for each doubling. */
const OCTAVES = 1 / Math.log10(2);
/** Twenty steps a decade stay apart with two digits. */
const LOG_DIGITS = 2;

export function scaleOf(
  meta: Pick<NumberMeta, 'min' | 'max' | 'step' | 'scale' | 'integer' | 'least'>,
): Scale {
  const { min, max, step, integer } = meta;
  const clamp = (value: number) => Math.min(max, Math.max(min, value));
  if (meta.scale === 'linear') {
    const decimals = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9) + 1);
    return {
      length: (max - min) / step,
      positionOf: (value) => (clamp(value) - min) / step,
      valueAt: (position) => {
        const value = clamp(min + position * step);
        return integer ? Math.round(value) : Number(value.toFixed(decimals));
      },
    };
  }
  const { least, ...above } = meta;
  if (least !== undefined) return behindZero(scaleOf({ ...above, min: least }));
  const perDecade = integer ? step * OCTAVES : step;
  return {
    length: Math.log10(max / min) * perDecade,
    positionOf: (value) => Math.log10(clamp(value) / min) * perDecade,
    valueAt: (position) => {
      const value = clamp(min * 10 ** (position / perDecade));
      return integer ? Math.round(value) : clamp(Number(value.toPrecision(LOG_DIGITS)));
    },
  };
}

/** The scale with one more position at its left end, which is 0. */
function behindZero({ length, positionOf, valueAt }: Scale): Scale {
  return {
    length: length + 1,
    positionOf: (value) => (value <= 0 ? 0 : 1 + positionOf(value)),
    valueAt: (position) => (position < 0.5 ? 0 : valueAt(position - 1)),
  };
}

/** Where on the track a value lies, 0 to 1. */
export function fractionOf(scale: Scale, value: number): number {
  return scale.length === 0 ? 0 : scale.positionOf(value) / scale.length;
}

/**
 * A number as somebody types it: `0.0003`, `3e-4`, `1/3`, with `,` as a decimal comma; `90 %` and, where
 * the option is a percentage, a bare `90`. Null where it is no number.
 */
export function readNumber(text: string, percent: boolean): number | null {
  const dense = text.trim().replace('−', '-').replaceAll(/\s/g, '');
  const grouped = /^[-+]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?%?$/.test(dense);
  const clean = dense.replaceAll(',', grouped ? '' : '.');
  const match = /^([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)(?:\/(\d+))?(%)?$/i.exec(clean);
  if (match === null) return null;
  const [, digits, divisor, sign] = match;
  const value = Number(digits) / Number(divisor ?? 1);
  if (!Number.isFinite(value)) return null;
  const isShare = percent && sign === undefined && divisor === undefined && Math.abs(value) < 1;
  return sign !== undefined || (percent && divisor === undefined && !isShare) ? value / 100 : value;
}

/** The nearest value that the option may have. */
export function admit(value: number, meta: NumberMeta): number {
  const whole = meta.integer ? Math.round(value) : value;
  return Math.min(meta.max, Math.max(meta.min, whole));
}
