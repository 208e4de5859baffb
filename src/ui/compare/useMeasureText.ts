import { useFormat, useTranslation } from '../../i18n';
import type { Format } from '../../i18n/format';
import type { Translate } from '../../i18n/translate';
import type { Variant } from '../../experiment/report';
import { decimals, LARGE_BATCH } from './measures';
import type { Change, Measure } from './measures';

/** How a line of the comparison is written. */
export interface MeasureText {
  readonly name: string;
  /** Unit and what it was measured on. */
  readonly unit: string;
  value(value: number): string;
  /** `base` is the baseline's value. */
  change(change: Change, base: number): string;
}

/** Counts from a million on are written as millions. */
const MILLION = 1_000_000;

/** What a ratio above one is called, and one below. */
const WORDS = { times: ['less', 'more'], speed: ['faster', 'slower'] } as const;

/** How lines of a comparison are written, given the variants that are compared. */
export type MeasureTexts = (measure: Measure, variants: readonly Variant[]) => MeasureText;

export function useMeasureText(): MeasureTexts {
  const { t } = useTranslation();
  return measureTexts(t, useFormat());
}

export function measureTexts(t: Translate, format: Format): MeasureTexts {
  return (measure, variants) => {
    const { id, write } = measure;
    const values = variants.flatMap((variant) => measure.read(variant) ?? []);
    const micro = write === 'time' && Math.max(...values) < 1;
    const millions = write === 'count' && Math.max(...values) >= MILLION;
    const examples = variants[0]?.metrics.examples ?? 0;
    const unit = t(`compare.unit.${id}`, {
      examples: format.number(examples, 0),
      batch: LARGE_BATCH,
      time: micro ? 'µs' : 'ms',
    });
    const scale = micro ? 1_000 : 1;
    return {
      name: t(`compare.measure.${id}`),
      unit: millions ? t('compare.unit.millions', { unit }) : unit,
      value: (value) => {
        switch (write) {
          case 'percent':
            return format.number(value * 100, 2);
          case 'decimal':
            return format.number(value, decimals(value));
          case 'count':
            return millions ? format.number(value / MILLION, 2) : format.number(value, 0);
          case 'kilobytes':
            return value < 10_000
              ? format.number(value / 1_000, 2)
              : format.number(value / 1_000, 0);
          case 'seconds':
            return format.number(value / 1_000, 1);
          case 'time':
            return format.significant(value * scale, 3);
          default:
            return write satisfies never;
        }
      },
      change: ({ verdict, value }, base) => {
        if (verdict === 'same')
          return t(measure.change === 'speed' ? 'compare.asBefore' : 'compare.same');
        switch (measure.change) {
          case 'points':
            return format.signed(value, 2);
          case 'difference':
            return format.signed(value, decimals(base, base + value));
          case 'seconds':
            return `${format.signed(value, 1)} s`;
          case 'times':
          case 'speed': {
            if (!Number.isFinite(value)) return t('compare.noneLeft');
            const factor = value > 1 ? value : 1 / value;
            const [down, up] = WORDS[measure.change];
            return t(`compare.${value > 1 ? down : up}`, {
              times: format.number(factor, factor < 1.05 ? 2 : factor < 10 ? 1 : 0),
            });
          }
          default:
            return measure.change satisfies never;
        }
      },
    };
  };
}
