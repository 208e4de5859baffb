import { describe, expect, it } from 'vitest';
import { formatFor } from './format';

const format = formatFor('en');

describe('numbers', () => {
  it('too large to count digits are written as powers of ten', () => {
    const format = formatFor('en');
    expect(format.number(1.2393e37, 3)).toBe('1.24·10³⁷');
    expect(format.tick(1e15)).toBe('10¹⁵');
    expect(format.tick(-2e6)).toBe('−2·10⁶');
    expect(format.significant(9.9e11)).toBe('9.90·10¹¹');
    expect(format.number(266_610)).toBe('266,610');
  });

  it('have a real minus sign, and a plus where the difference matters', () => {
    expect(format.number(-0.18, 2)).toBe('−0.18');
    expect(format.signed(-0.18)).toBe('−0.18');
    expect(format.signed(0.2, 1)).toBe('+0.2');
    expect(format.signed(-0.001)).toBe('0');
  });

  it('are written as a person would type them', () => {
    expect(format.significant(0.0003)).toBe('0.0003');
    expect(format.significant(0.00001)).toBe('0.00001');
    expect(format.plain(4294967295)).toBe('4294967295');
  });

  it('have a unit of a thousand, not of 1,024', () => {
    expect(format.bytes(999)).toBe('999 B');
    expect(format.bytes(121_300)).toBe('121\u00a0KB');
    expect(format.bytes(1_066_440)).toBe('1.07\u00a0MB');
  });

  it('of time go from microseconds to seconds', () => {
    expect(format.duration(0.03)).toBe('30 µs');
    expect(format.duration(3.14)).toBe('3.1 ms');
    expect(format.duration(2500)).toBe('2.5 s');
  });

  it('of axes are powers of ten where they are small', () => {
    expect(format.tick(0.001)).toBe('0.001');
    expect(format.tick(0.0001)).toBe('10⁻⁴');
    expect(format.tick(2e-5)).toBe('2·10⁻⁵');
  });

  it('of times that have passed are rounded to minutes, hours or days', () => {
    const ago = (ms: number, language: 'en' | 'zh' = 'en') =>
      formatFor(language).ago(Date.now() - ms);
    expect(ago(20_000)).toBe('just now');
    expect(ago(20_000, 'zh')).toBe('刚刚');
    expect(ago(5 * 60_000)).toBe('5 minutes ago');
    expect(ago(3 * 3_600_000)).toBe('3 hours ago');
    expect(ago(72 * 3_600_000)).toBe('3 days ago');
  });

  it('of shares are percentages', () => {
    expect(format.percent(0.946)).toBe('94.6 %');
    expect(formatFor('zh').percent(0.9814, 2)).toBe('98.14 %');
  });
});
