import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gridAt, gridCount } from '../../experiment/quantizer';
import { randomOf } from '../../experiment/random';
import { singleKernel } from '../testing/networks';
import { kMeans, nearest } from './codebook';
import { quantize } from './quantize';
import { quantizeSpec } from './spec';

const NAME = 'dense1.kernel';

function quantized(
  values: readonly number[],
  options: object,
  {
    shape = [values.length, 1],
    mask,
  }: { shape?: readonly number[]; mask?: readonly number[] } = {},
) {
  const masks = mask === undefined ? {} : { [NAME]: Uint8Array.from(mask) };
  const read = quantizeSpec.options.parse({ granularity: 'tensor', ...options });
  const checkpoint = quantize({ ...singleKernel(values, shape), masks }, read);
  const quantizer = checkpoint.quantizers[NAME];
  if (quantizer === undefined) throw new Error('the kernel has no quantizer');
  return { values: Array.from(checkpoint.parameters[NAME]?.values ?? []), quantizer };
}

const normal = (count: number, seed: number) => {
  const random = randomOf(seed);
  return Array.from({ length: count }, () => Math.fround(random.normal()));
};
const squaredError = (values: readonly number[], others: readonly number[]) =>
  values.reduce((sum, value, i) => sum + (value - (others[i] ?? NaN)) ** 2, 0);
const numbers = fc.array(fc.float({ min: -1000, max: 1000, noNaN: true }), {
  minLength: 1,
  maxLength: 60,
});

describe('a codebook', () => {
  test('of two for [0.1, 0.2, 0.9, 1.0] is 0.15 and 0.95', () => {
    const { values, quantizer } = quantized([0.1, 0.2, 0.9, 1], { scheme: 'codebook', bits: 1 });
    expect(quantizer).toMatchObject({ scheme: 'codebook', bits: 1 });
    const [low = NaN, high = NaN] = quantizer.levels ?? [];
    expect(low).toBeCloseTo(0.15, 6);
    expect(high).toBeCloseTo(0.95, 6);
    expect(values).toEqual([low, low, high, high]);
  });

  test('is where Lloyd’s iterations stand still: every centroid is the mean of what is nearest to it', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 4 }), (values, bits) => {
        const levels = kMeans(Float32Array.from(values), 2 ** bits);
        expect(Array.from(levels)).toEqual(Array.from(levels).sort((a, b) => a - b));
        const held = new Map<number, number[]>();
        for (const value of values) {
          const at = nearest(levels, value);
          held.set(at, [...(held.get(at) ?? []), value]);
          const distances = Array.from(levels, (level) => Math.abs(level - value));
          expect(distances[at]).toBe(Math.min(...distances));
        }
        const size = Math.max(...values.map(Math.abs), 1e-30);
        for (const [at, members] of held) {
          const mean = members.reduce((sum, value) => sum + value, 0) / members.length;
          expect(Math.abs((levels[at] ?? NaN) - mean)).toBeLessThanOrEqual(1e-6 * size);
        }
      }),
    );
  });

  test('errs no more than even levels between the extremes, from which it starts', () => {
    const values = normal(2_000, 1);
    for (const bits of [2, 3, 5]) {
      const { values: rounded } = quantized(values, { scheme: 'codebook', bits });
      const low = Math.min(...values);
      const step = (Math.max(...values) - low) / (2 ** bits - 1);
      const even = values.map((value) => low + step * Math.round((value - low) / step));
      expect(squaredError(rounded, values)).toBeLessThan(squaredError(even, values));
    }
  });

  test('gives a pruned zero no centroid', () => {
    const { values, quantizer } = quantized(
      [1, 0, 3, 0],
      { scheme: 'codebook', bits: 1 },
      { mask: [1, 0, 1, 0] },
    );
    expect(Array.from(quantizer.levels ?? [])).toEqual([1, 3]);
    expect(values).toEqual([1, 0, 3, 0]);
  });

  test('keeps every number where there are no more than centroids, and stays what it is', () => {
    expect(quantized([5, -2, 5], { scheme: 'codebook', bits: 1 }).values).toEqual([5, -2, 5]);
    const once = quantized(normal(50, 2), { scheme: 'codebook', bits: 3 });
    const twice = quantized(once.values, { scheme: 'codebook', bits: 3 });
    expect(squaredError(twice.values, once.values)).toBe(0);
  });

  test('of LeNet-300-100’s first layer takes no minute', () => {
    const values = normal(235_200, 3);
    const { quantizer } = quantized(values, { scheme: 'codebook', bits: 8 });
    expect(quantizer.levels?.length).toBe(256);
  });
});

describe('powers of two', () => {
  test('with 3 bits are 0 and ± three powers from the one nearest to the largest weight down', () => {
    // 1.4 is nearer to 1 than to 2, so the levels are 1, ½ and ¼; below ⅛ is nothing.
    const { values, quantizer } = quantized([1.4, -0.8, 0.7, -0.3, 0.125, 0.12, 0], {
      scheme: 'power2',
      bits: 3,
    });
    expect(quantizer).toMatchObject({ scheme: 'power2', bits: 3 });
    expect(quantizer.scales[0]).toBe(1);
    expect(values).toEqual([1, -1, 0.5, -0.25, 0.25, 0, 0]);
  });

  test('halfway go to the larger, for the largest weight too', () => {
    expect(quantized([1.5, 0.75], { scheme: 'power2', bits: 4 }).values).toEqual([2, 1]);
  });

  test('give every weight the nearest of their levels', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 2, max: 8 }), (ws, bits) => {
        const { values, quantizer } = quantized(ws, { scheme: 'power2', bits });
        const scale = quantizer.scales[0] ?? NaN;
        const powers = Array.from({ length: 2 ** (bits - 1) - 1 }, (_, e) => scale * 2 ** -e);
        const levels = [0, ...powers, ...powers.map((power) => -power)];
        ws.forEach((w, i) => {
          const value = values[i] ?? NaN;
          expect(levels).toContain(value);
          const closest = Math.min(...levels.map((level) => Math.abs(level - w)));
          expect(Math.abs(value - w)).toBe(closest);
        });
      }),
    );
  });
});

describe('groups', () => {
  test('have a grid each, of so many consecutive inputs of one output', () => {
    // Two outputs, five inputs, groups of two: three grids an output.
    const values = [1, 10, 2, 20, 3, 30, 4, 40, 5, 50];
    const shape = [5, 2];
    const { quantizer } = quantized(values, { granularity: 'group', group: 2 }, { shape });
    expect(quantizer.group).toBe(2);
    expect(gridCount(quantizer)).toBe(6);
    const scales = [2, 20, 4, 40, 5, 50].map((largest) => Math.fround(largest / 127));
    expect(Array.from(quantizer.scales)).toEqual(scales);
    const grid = gridAt(quantizer, 2);
    expect(values.map((_, i) => grid(i))).toEqual([0, 1, 0, 1, 2, 3, 2, 3, 4, 5]);
  });

  test('of all inputs are one grid an output', () => {
    const shape = [5, 2];
    const values = normal(10, 4);
    for (const scheme of ['symmetric', 'affine', 'codebook', 'power2']) {
      const group = quantized(
        values,
        { scheme, bits: 3, granularity: 'group', group: 5 },
        { shape },
      );
      const channel = quantized(values, { scheme, bits: 3, granularity: 'channel' }, { shape });
      expect(group.values).toEqual(channel.values);
      expect(group.quantizer).toEqual({ ...channel.quantizer, group: 5 });
    }
  });
});

describe('the range', () => {
  const ws = normal(1_000, 5);
  const error = (options: object) => squaredError(quantized(ws, options).values, ws);

  test('by percentile covers that share, and clamps the rest to its end', () => {
    // 90 % of 1 … 10 are 9 or less.
    const values = [10, -9, 8, 7, -6, 5, 4, 3, 2, 1];
    const options = { bits: 5, range: 'percentile', percentile: 0.9 };
    const symmetric = quantized(values, options);
    expect(symmetric.quantizer.scales[0]).toBe(Math.fround(9 / 15));
    expect(symmetric.values[0]).toBe(
      symmetric.values[1] === undefined ? NaN : -symmetric.values[1],
    );
    // Sorted, the affine range loses −9 at its lower end and 10 at its upper.
    const affine = quantized(values, { ...options, scheme: 'affine' });
    expect(affine.quantizer.scales[0]).toBe(Math.fround((8 + 6) / 31));
  });

  test('of all weights is that from minimum to maximum', () => {
    const whole = quantized(ws, { bits: 4, range: 'percentile', percentile: 1 });
    expect(whole).toEqual(quantized(ws, { bits: 4 }));
  });

  test('by squared error never errs more than the whole range, and less with few bits', () => {
    for (const scheme of ['symmetric', 'affine']) {
      for (const bits of [3, 4, 6, 8]) {
        expect(error({ scheme, bits, range: 'mse' })).toBeLessThanOrEqual(error({ scheme, bits }));
      }
      expect(error({ scheme, bits: 3, range: 'mse' })).toBeLessThan(
        0.8 * error({ scheme, bits: 3 }),
      );
    }
  });
});

describe('more bits', () => {
  test('never err more: by range, by least squares, by codebook', () => {
    const ws = normal(500, 6);
    for (const options of [{}, { range: 'mse' }, { scheme: 'affine' }, { scheme: 'codebook' }]) {
      const errors = [3, 4, 5, 6, 7, 8].map((bits) =>
        squaredError(quantized(ws, { ...options, bits }).values, ws),
      );
      expect(errors).toEqual(errors.toSorted((a, b) => b - a));
    }
  });
});

test('more than 8 bits are refused, at the bits, for what lists its levels', () => {
  const { architecture } = singleKernel([1], [1, 1]);
  for (const scheme of ['codebook', 'power2']) {
    const at = (bits: number) =>
      quantizeSpec.check(quantizeSpec.options.parse({ scheme, bits }), architecture);
    expect(at(9)).toMatchObject({ code: 'tooManyLevels', at: 'bits' });
    expect(at(8)).toBeNull();
  }
});
