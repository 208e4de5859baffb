import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearAxis, logAxis, percentDigits, steadyExtent, wholeTicks } from './ticks';

const ascending = (ticks: readonly number[]) =>
  ticks.every((tick, i) => i === 0 || tick > (ticks[i - 1] ?? Infinity));

describe('linearAxis', () => {
  it('holds every value and has ascending ticks at both ends', () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, (list) => {
        const { domain, ticks } = linearAxis(list, 5);
        const slack = 1e-6 * (domain[1] - domain[0]);
        expect(Math.min(...list)).toBeGreaterThanOrEqual(domain[0] - slack);
        expect(Math.max(...list)).toBeLessThanOrEqual(domain[1] + slack);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ascending(ticks)).toBe(true);
      }),
    );
  });

  it('writes round numbers', () => {
    expect(linearAxis([0.12, 0.979], 4).ticks).toEqual([0, 0.5, 1]);
    expect(linearAxis([97.62, 98.14], 4).ticks).toEqual([97.6, 97.8, 98, 98.2]);
  });
});

describe('logAxis', () => {
  it('holds every positive value, with ticks within its ends', () => {
    const values = fc.array(fc.double({ min: 1e-8, max: 1e8, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.integer({ min: 3, max: 8 }), (list, count) => {
        const { domain, ticks } = logAxis(list, count);
        expect(domain[0]).toBeLessThan(Math.min(...list));
        expect(domain[1]).toBeGreaterThan(Math.max(...list));
        expect(ticks.every((tick) => tick >= domain[0] && tick <= domain[1])).toBe(true);
        expect(ascending(ticks)).toBe(true);
      }),
    );
  });

  it('writes 1-2-5 numbers over a decade or two and powers of ten over many', () => {
    expect(logAxis([0.06, 2.2], 6).ticks).toEqual([0.1, 0.2, 0.5, 1, 2]);
    expect(logAxis([0.002, 2.2], 5).ticks).toEqual([0.01, 0.1, 1]);
  });

  it('is an axis even where nothing is positive', () => {
    expect(logAxis([0, -1], 5).ticks.length).toBeGreaterThanOrEqual(2);
  });
});

describe('steadyExtent', () => {
  it('holds every positive value within two quarters of a decade more than it needs', () => {
    const values = fc.array(fc.double({ min: 1e-8, max: 1e8, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, (list) => {
        const [low = NaN, high = low] = steadyExtent([...list, 0, -1, NaN]);
        const [least, greatest] = [Math.min(...list), Math.max(...list)];
        expect(low).toBeLessThanOrEqual(least * (1 + 1e-12));
        expect(high).toBeGreaterThanOrEqual(greatest * (1 - 1e-12));
        expect(high / low).toBeLessThanOrEqual((greatest / least) * 10 ** 0.5 * (1 + 1e-12));
      }),
    );
  });

  it('stays the same while a loss falls a little', () => {
    expect(steadyExtent([2.31, 0.3, 0.21])).toEqual(steadyExtent([2.31, 0.3, 0.21, 0.19]));
  });

  it('is empty where nothing is positive', () => {
    expect(steadyExtent([0, -1])).toEqual([]);
  });
});

describe('percentDigits', () => {
  it('are as many as tell the ticks apart', () => {
    expect(percentDigits(linearAxis([0, 1], 3))).toBe(0);
    expect(percentDigits(linearAxis([0.991, 1], 3))).toBe(1);
    expect(percentDigits(linearAxis([0.9995, 1], 3))).toBe(2);
  });
});

describe('wholeTicks', () => {
  it('writes whole iterations', () => {
    expect(wholeTicks(1, 1290, 4)).toEqual([500, 1000]);
    expect(wholeTicks(1, 3, 4)).toEqual([1, 2, 3]);
  });
});
