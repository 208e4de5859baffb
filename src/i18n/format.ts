import type { Language } from '../experiment/experiment';

const LOCALES = { en: 'en-US', zh: 'zh-CN' } as const;
const JUST_NOW = { en: 'just now', zh: '刚刚' } as const;
const MINUS = '−';

/** Numbers as the language writes them. All give text with a real minus sign. */
export interface Format {
  /** `digits` after the point, fixed; without, as many as the number has, at most three. */
  number(value: number, digits?: number): string;
  /** As it is typed into a field: no grouping, at most `digits` after the point. */
  plain(value: number, digits?: number): string;
  /** At most `digits` significant digits, small numbers as they are typed: 0.0003. */
  significant(value: number, digits?: number): string;
  /** Short enough for an axis: as `significant`, below a thousandth as powers of ten, `2·10⁻⁵`. */
  tick(value: number): string;
  /** A share: 0.946 → `94.6 %`. */
  percent(share: number, digits?: number): string;
  /** With its sign, always: `+0.2`, `−0.18`, `0`. */
  signed(value: number, digits?: number): string;
  /** Kilobytes of 1,000 bytes: `121 KB`, `1.07 MB`. */
  bytes(bytes: number): string;
  /** `3.1 ms`, `42 µs`, `1.2 s`. */
  duration(ms: number): string;
  /** How long ago a time (milliseconds since 1970) was: `5 minutes ago`. */
  ago(time: number): string;
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** One digit before the power: `2·10⁻⁵`, `10⁻⁴`. */
function scientific(value: number): string {
  const [digit = '', power = ''] = value.toExponential(0).split('e-');
  const raised = [...power].map((each) => SUPERSCRIPTS[Number(each)]).join('');
  return `${digit === '1' ? '' : `${digit}·`}10⁻${raised}`;
}

function formatIn(language: Language): Format {
  const locale = LOCALES[language];
  const formats = new Map<string, Intl.NumberFormat>();
  // Making a formatter costs far more than using one, and charts write hundreds of numbers a second.
  const write = (value: number, options: Intl.NumberFormatOptions) => {
    const key = JSON.stringify(options);
    let format = formats.get(key);
    if (format === undefined) formats.set(key, (format = new Intl.NumberFormat(locale, options)));
    return format.format(value).replace('-', MINUS);
  };
  const fixed = (value: number, digits?: number) =>
    write(
      value,
      digits === undefined
        ? { maximumFractionDigits: 3 }
        : { minimumFractionDigits: digits, maximumFractionDigits: digits },
    );
  const significant = (value: number, digits = 3) =>
    write(value, { maximumSignificantDigits: digits });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return {
    number: fixed,
    plain: (value, digits = 6) =>
      write(value, { maximumFractionDigits: digits, useGrouping: false }),
    significant,
    tick: (value) => (value > 0 && value < 1e-3 ? scientific(value) : significant(value, 2)),
    percent: (share, digits = 1) => `${fixed(share * 100, digits)} %`,
    signed: (value, digits = 2) => {
      const text = fixed(Math.abs(value), digits);
      if (Number(Math.abs(value).toFixed(digits)) === 0) return fixed(0, 0);
      return `${value < 0 ? MINUS : '+'}${text}`;
    },
    bytes: (bytes) =>
      bytes < 1_000
        ? `${fixed(bytes, 0)} B`
        : bytes < 1_000_000
          ? `${significant(bytes / 1_000)} KB`
          : `${significant(bytes / 1_000_000)} MB`,
    duration: (ms) =>
      ms < 0.1
        ? `${significant(ms * 1_000, 2)} µs`
        : ms < 1_000
          ? `${significant(ms, 2)} ms`
          : `${significant(ms / 1_000, 2)} s`,
    ago: (time) => {
      const minutes = Math.max(0, Math.round((Date.now() - time) / 60_000));
      if (minutes === 0) return JUST_NOW[language];
      if (minutes < 60) return relative.format(-minutes, 'minute');
      const hours = Math.round(minutes / 60);
      return hours < 48
        ? relative.format(-hours, 'hour')
        : relative.format(-Math.round(hours / 24), 'day');
    },
  };
}

const FORMATS: Readonly<Record<Language, Format>> = { en: formatIn('en'), zh: formatIn('zh') };

export function formatFor(language: Language): Format {
  return FORMATS[language];
}
