import type { Language } from '../experiment/experiment';

const LOCALES = { en: 'en-US', zh: 'zh-CN' } as const;
const JUST_NOW = { en: 'just now', zh: '刚刚' } as const;
const MINUS = '−';
const NO_BREAK = '\u00a0';

/** Numbers as the language writes them. All give text with a real minus sign. */
export interface Format {
  /** `digits` after the point, fixed; without, as many as the number has, at most three. */
  number(value: number, digits?: number): string;
  /** As it is typed into a field: no grouping, at most `digits` after the point. */
  plain(value: number, digits?: number): string;
  /** At most `digits` significant digits, small numbers as they are typed: 0.0003. */
  significant(value: number, digits?: number): string;
  /** Short enough for an axis: as `significant`, very small and large numbers as powers of ten, `2·10⁻⁵`. */
  tick(value: number): string;
  /** With a power of ten, and so many digits after the point: `1.683·10⁻⁹`. */
  scientific(value: number, digits: number): string;
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

/** With a power of ten, and so many digits after the point before it: `2·10⁻⁵`, `10⁻⁴`, `1.24·10³⁷`. */
function scientific(value: number, digits: number): string {
  const [mantissa = '', power = ''] = value.toExponential(digits).split('e');
  const raised = [...power.replace('+', '')]
    .map((each) => (each === '-' ? '⁻' : SUPERSCRIPTS[Number(each)]))
    .join('');
  return `${mantissa === '1' ? '' : `${mantissa.replace('-', MINUS)}·`}10${raised}`;
}

/** From here on nobody counts the digits. */
const HUGE = 1e9;
/** No axis has room for so many digits. */
const LARGE_TICK = 1e5;

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
    Math.abs(value) >= HUGE
      ? scientific(value, 2)
      : write(
          value,
          digits === undefined
            ? { maximumFractionDigits: 3 }
            : { minimumFractionDigits: digits, maximumFractionDigits: digits },
        );
  const significant = (value: number, digits = 3) =>
    Math.abs(value) >= HUGE
      ? scientific(value, digits - 1)
      : write(value, { maximumSignificantDigits: digits });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return {
    number: fixed,
    plain: (value, digits = 6) =>
      write(value, { maximumFractionDigits: digits, useGrouping: false }),
    significant,
    tick: (value) =>
      (value > 0 && value < 1e-3) || Math.abs(value) >= LARGE_TICK
        ? scientific(value, Number(value.toExponential(0)) === Number(value.toPrecision(9)) ? 0 : 1)
        : significant(value, 2),
    scientific,
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
          ? `${significant(bytes / 1_000)}${NO_BREAK}KB`
          : `${significant(bytes / 1_000_000)}${NO_BREAK}MB`,
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
