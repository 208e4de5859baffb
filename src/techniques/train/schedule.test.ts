import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { baseRate, rateChanges, withRateChange } from './rate-changes';
import { extentOf, learningRate } from './schedule';
import { SCHEDULES, trainSpec } from './spec';

const defaults = trainSpec.options.parse({ lr: 1 });
const extent = { perEpoch: 100, total: 1000 };

const rates = (options: Partial<typeof defaults>, iterations: readonly number[]) =>
  iterations.map((iteration) => learningRate({ ...defaults, ...options }, iteration, extent));

describe('the extent', () => {
  test('counts the batch of what is left over at the end of an epoch', () => {
    expect(extentOf({ ...defaults, batch: 128, epochs: 3 }, 55_000)).toEqual({
      perEpoch: 430,
      total: 1_290,
    });
    expect(extentOf({ ...defaults, batch: 128, epochs: 2 }, 256)).toEqual({
      perEpoch: 2,
      total: 4,
    });
  });
});

describe('the schedule', () => {
  test('constant stays at the base rate', () => {
    expect(rates({}, [1, 500, 1000])).toEqual([1, 1, 1]);
  });

  test('step falls to a tenth after half and to a hundredth after three quarters', () => {
    expect(rates({ schedule: 'step' }, [1, 500, 501, 750, 751, 1000])).toEqual([
      1, 1, 0.1, 0.1, 0.01, 0.01,
    ]);
  });

  test('cosine begins at the base rate, passes its half in the middle and ends just above zero', () => {
    const [first = NaN, middle = NaN, last = NaN] = rates({ schedule: 'cosine' }, [1, 501, 1000]);
    expect(first).toBe(1);
    expect(middle).toBeCloseTo(0.5, 12);
    expect(last).toBeCloseTo((Math.PI / 1000) ** 2 / 4, 9);
    expect(last).toBeGreaterThan(0);
  });

  test('one-cycle climbs from a tenth to the base rate, comes back, and ends near a thousandth', () => {
    const [start, peak, back, end = NaN] = rates({ schedule: 'onecycle' }, [1, 451, 901, 1000]);
    expect(start).toBeCloseTo(0.1, 12);
    expect(peak).toBeCloseTo(1, 12);
    expect(back).toBeCloseTo(0.1, 12);
    expect(end).toBeGreaterThan(0.001);
    expect(end).toBeLessThan(0.003);
  });

  test('a warm-up of two epochs climbs in a line and the schedule follows on the rest', () => {
    const options = { warmup: 2, schedule: 'cosine' } as const;
    const [one, half, full, begin, middle] = rates(options, [1, 100, 200, 201, 601]);
    expect(one).toBeCloseTo(1 / 200, 12);
    expect(half).toBeCloseTo(0.5, 12);
    expect(full).toBe(1);
    expect(begin).toBe(1);
    expect(middle).toBeCloseTo(0.5, 12);
  });

  test('a warm-up longer than the training climbs to its end', () => {
    expect(learningRate({ ...defaults, warmup: 10 }, 100, { perEpoch: 100, total: 100 })).toBe(1);
  });

  test('every rate is positive and at most the base rate', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SCHEDULES),
        fc.integer({ min: 0, max: 100 }).map((tenths) => tenths / 10),
        fc.integer({ min: 1, max: 1000 }),
        (schedule, warmup, iteration) => {
          const [rate = NaN] = rates({ schedule, warmup }, [iteration]);
          expect(rate).toBeGreaterThan(0);
          expect(rate).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});

describe('a rate that is changed while training runs', () => {
  const options = { ...defaults, lr: 0.01, at: '430~0.003~812~0.0001' };

  test('counts from its iteration on', () => {
    expect([1, 429, 430, 811, 812, 5000].map((i) => baseRate(options, i))).toEqual([
      0.01, 0.01, 0.003, 0.003, 0.0001, 0.0001,
    ]);
  });

  test('is multiplied by the schedule', () => {
    const stepped = { ...options, schedule: 'step' } as const;
    expect(learningRate(stepped, 600, extent)).toBeCloseTo(0.0003, 12);
  });

  test('is spelled behind the changes before it and replaces those after it', () => {
    expect(withRateChange(options, 900, 0.5).at).toBe('430~0.003~812~0.0001~900~0.5');
    expect(withRateChange(options, 812, 0.5).at).toBe('430~0.003~812~0.5');
    expect(withRateChange(options, 500, 0.5).at).toBe('430~0.003~500~0.5');
    expect(withRateChange(options, 1, 0.5).at).toBe('1~0.5');
  });

  test('is not spelled where it changes nothing', () => {
    expect(withRateChange(options, 500, 0.003).at).toBe('430~0.003');
    expect(withRateChange({ ...options, at: '' }, 3, 0.01).at).toBe('');
  });

  test('is what the options give back, valid in a link, within the slider’s range and to four digits', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.integer({ min: -6000, max: 3000 }).map((e) => 10 ** (e / 1000)),
        (iteration, rate) => {
          const changed = withRateChange(options, iteration, rate);
          expect(trainSpec.options.parse(changed)).toEqual(changed);
          const applied = baseRate(changed, iteration);
          expect(applied).toBeGreaterThanOrEqual(1e-5);
          expect(applied).toBeLessThanOrEqual(10);
          const wanted = Math.min(10, Math.max(1e-5, rate));
          expect(Math.abs(applied - wanted)).toBeLessThanOrEqual(wanted * 6e-4);
        },
      ),
    );
  });

  test('is refused by the schema where it is not pairs of an iteration and a number', () => {
    for (const at of [
      '430',
      '430~',
      '430~-1',
      '0~0.1',
      '430~e-',
      '430~1e5',
      '~',
      '430~0.1~',
      'x~1',
    ]) {
      expect(trainSpec.options.safeParse({ at }).success, at).toBe(false);
    }
    expect(rateChanges('430~3e-4')).toEqual([{ iteration: 430, rate: 3e-4 }]);
  });
});
