import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Checkpoint, Quantizer } from '../../experiment/checkpoint';
import { WhittleError } from '../../experiment/problem';
import { singleKernel } from '../testing/networks';
import { fitGrid, snap } from './grid';
import { quantize } from './quantize';
import { roundHalfEven } from './round';
import { quantizeSpec, type QuantizeOptions } from './spec';

const NAME = 'dense1.kernel';
const quantizeDefaults = quantizeSpec.options.parse({});

function quantized(
  values: readonly number[],
  options: Partial<QuantizeOptions>,
  mask?: readonly number[],
  shape: readonly [number, number] = [values.length, 1],
): { values: number[]; quantizer: Quantizer; checkpoint: Checkpoint } {
  const start = singleKernel(values, shape);
  const masks = mask === undefined ? {} : { [NAME]: Uint8Array.from(mask) };
  const checkpoint = quantize(
    { ...start, masks },
    { ...quantizeDefaults, granularity: 'tensor', ...options },
  );
  const quantizer = checkpoint.quantizers[NAME];
  if (quantizer === undefined) throw new Error('the kernel has no quantizer');
  return { values: Array.from(checkpoint.parameters[NAME]?.values ?? []), quantizer, checkpoint };
}

/** The integer that a value on the grid stands for. */
function codeOf(value: number, { scales, zeroPoints }: Quantizer, channel = 0): number {
  return Math.round(value / (scales[channel] ?? 1)) + (zeroPoints[channel] ?? 0);
}

/** Of all magnitudes, and evenly spread. */
const finite = fc.oneof(
  fc.float({ min: -1e6, max: 1e6, noNaN: true }),
  fc.integer({ min: -5_000, max: 5_000 }).map((n) => Math.fround(n / 1_000)),
);
const bits = fc.integer({ min: 1, max: 16 });
const scheme = fc.constantFrom('symmetric' as const, 'affine' as const);
const weights = fc.array(finite, { minLength: 1, maxLength: 40 });

describe('rounding', () => {
  test.each([
    [1.5, 2],
    [2.5, 2],
    [-0.5, 0],
    [0.5, 0],
    [-1.5, -2],
    [-2.5, -2],
    [2.4999, 2],
    [2.5001, 3],
    [-7, -7],
  ])('%f rounds to %i', (x, expected) => {
    expect(roundHalfEven(x)).toBe(expected);
  });
});

describe('symmetric', () => {
  test('8 bits with the scale 1/64 round half to even', () => {
    const { values, quantizer } = quantized([1.5 / 64, 2.5 / 64, -0.5 / 64, 127 / 64], {});
    expect(quantizer.scales[0]).toBe(1 / 64);
    expect(values).toEqual([2 / 64, 2 / 64, 0, 127 / 64]);
  });

  test('the largest weight is on the last level on both sides', () => {
    const { values, quantizer } = quantized([-3, 1, 3], { bits: 3 });
    expect(quantizer).toMatchObject({ scheme: 'symmetric', bits: 3 });
    expect(values).toEqual([-3, 1, 3]);
  });
});

describe('affine', () => {
  test('8 bits on [−1, 3] have the scale 4/255, the zero point 64, and 3 at 255', () => {
    const { values, quantizer } = quantized([-1, 0, 3], { scheme: 'affine' });
    expect(quantizer.scales[0]).toBe(Math.fround(4 / 255));
    expect(quantizer.zeroPoints[0]).toBe(64);
    expect(values.map((value) => codeOf(value, quantizer))).toEqual([0, 64, 255]);
    expect(values[1]).toBe(0);
  });

  test('weights of one sign still have zero in their range', () => {
    const { values, quantizer } = quantized([1, 2, 3], { bits: 2, scheme: 'affine' });
    expect(quantizer.zeroPoints[0]).toBe(0);
    expect(values).toEqual([1, 2, 3]);
  });
});

describe('ternary', () => {
  test('2 bits make [1, −0.1, 0.2, −2] into [1.5, 0, 0, −1.5]', () => {
    const { values, quantizer } = quantized([1, -0.1, 0.2, -2], { bits: 2 });
    expect(quantizer.scheme).toBe('ternary');
    expect(values).toEqual([1.5, 0, 0, -1.5]);
  });

  test('pruned weights stay zero and do not lower the mean', () => {
    // Mean |w| of the other four is 2, so Δ = 1.4 and α = (3 + 3 + 1.5) / 3. With the zeros Δ would be 0.93.
    const { values } = quantized([3, 0, -3, 0, 0.5, 1.5], { bits: 2 }, [1, 0, 1, 0, 1, 1]);
    expect(values).toEqual([2.5, 0, -2.5, 0, 0, 2.5]);
  });
});

describe('binary', () => {
  test('1 bit makes [1, −2, 3, −4] into 2.5 · [1, −1, 1, −1]', () => {
    const { values, quantizer } = quantized([1, -2, 3, -4], { bits: 1 });
    expect(quantizer.scheme).toBe('binary');
    expect(values).toEqual([2.5, -2.5, 2.5, -2.5]);
  });

  test('affine with 1 bit is binary too', () => {
    expect(quantized([1, -2, 3, -4], { bits: 1, scheme: 'affine' }).quantizer.scheme).toBe(
      'binary',
    );
  });

  test('the sign of zero is plus, but a pruned weight stays zero and does not count in the mean', () => {
    const { values } = quantized([0, 4, -2, 0], { bits: 1 }, [1, 1, 1, 0]);
    expect(values).toEqual([2, 2, -2, 0]);
  });
});

describe('every scheme', () => {
  test('keeps a tensor of zeros, with the scale 1 where zero has a code', () => {
    fc.assert(
      fc.property(bits, scheme, (b, s) => {
        const { values, quantizer } = quantized([0, -0, 0], { bits: b, scheme: s });
        expect(values).toEqual([0, 0, 0]);
        expect(quantizer.scales[0]).toBe(b === 1 ? 0 : 1);
        expect(quantizer.zeroPoints[0]).toBe(0);
      }),
    );
  });

  test('names the tensor with NaN or infinity', () => {
    for (const bad of [NaN, Infinity, -Infinity]) {
      const attempt = () => quantized([1, bad], {});
      expect(attempt).toThrow(WhittleError);
      expect(attempt).toThrow(NAME);
    }
  });

  test('gives values that are their integer codes times the float32 scale, bit for bit', () => {
    fc.assert(
      fc.property(weights, bits, scheme, (ws, b, s) => {
        const { values, quantizer } = quantized(ws, { bits: b, scheme: s });
        const scale = quantizer.scales[0] ?? NaN;
        for (const value of values) {
          if (scale === 0) expect(value).toBe(0);
          else {
            const zero = quantizer.zeroPoints[0] ?? NaN;
            const code = codeOf(value, quantizer);
            expect(value).toBe(Math.fround((code - zero) * scale) + 0);
            const [low, high] = rangeOf(quantizer);
            expect(code).toBeGreaterThanOrEqual(low);
            expect(code).toBeLessThanOrEqual(high);
          }
        }
      }),
    );
  });

  test('errs by half a step at most where there are three bits or an affine grid', () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 3, max: 16 }), scheme, (ws, b, s) => {
        const { values, quantizer } = quantized(ws, { bits: b, scheme: s });
        const scale = quantizer.scales[0] ?? NaN;
        ws.forEach((w, i) => {
          // Scale and value are rounded to float32, which adds to half a step a little of the weight's size.
          const slack = Math.abs(w) * 2 ** -22;
          expect(Math.abs((values[i] ?? NaN) - w)).toBeLessThanOrEqual(scale / 2 + slack);
        });
      }),
    );
  });

  test('leaves a weight on the grid where it is: snapping twice to one grid is snapping once', () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 3, max: 16 }), scheme, (ws, b, s) => {
        const once = Float32Array.from(ws);
        const view = { values: once, mask: undefined, offset: 0, stride: 1, end: once.length };
        const grid = fitGrid(s, b, view, { by: 'minmax' });
        snap(s, b, grid, view);
        const twice = once.slice();
        snap(s, b, grid, { ...view, values: twice });
        expect(twice).toEqual(once);
      }),
    );
  });

  test('finds the same few levels again: ternary and binary are idempotent', () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 2 }), (ws, b) => {
        const once = quantized(ws, { bits: b });
        const twice = quantized(once.values, { bits: b });
        expect(twice.values).toEqual(once.values);
      }),
    );
  });

  test('never moves a pruned weight from zero', () => {
    fc.assert(
      fc.property(weights, fc.infiniteStream(fc.boolean()), bits, scheme, (ws, keeps, b, s) => {
        const mask = ws.map(() => (keeps.next().value === true ? 1 : 0));
        const start = ws.map((w, i) => (mask[i] === 1 ? w : 0));
        const { values } = quantized(start, { bits: b, scheme: s }, mask);
        values.forEach((value, i) => {
          if (mask[i] === 0) expect(value).toBe(0);
        });
      }),
    );
  });

  test('gives the smallest numbers of float32 a scale that reaches them all', () => {
    const tiny = 2 ** -149;
    const { values } = quantized([382 * tiny, -100 * tiny], { bits: 8, scheme: 'affine' });
    expect(values).toEqual([382 * tiny, -100 * tiny]);
  });
});

describe('a scale for each channel', () => {
  test('quantizes each column as if it were alone', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(finite, finite), { minLength: 1 }),
        bits,
        scheme,
        (rows, b, s) => {
          const options = { bits: b, scheme: s };
          const both = quantized(rows.flat(), { ...options, granularity: 'channel' }, undefined, [
            rows.length,
            2,
          ]);
          for (const channel of [0, 1] as const) {
            const alone = quantized(
              rows.map((row) => row[channel]),
              options,
            );
            expect(both.values.filter((_, i) => i % 2 === channel)).toEqual(alone.values);
            expect(both.quantizer.scales[channel]).toBe(alone.quantizer.scales[0]);
            expect(both.quantizer.zeroPoints[channel]).toBe(alone.quantizer.zeroPoints[0]);
          }
        },
      ),
    );
  });

  test('gives a small channel a small step', () => {
    const { quantizer } = quantized([0.127, 127], { granularity: 'channel' }, undefined, [1, 2]);
    expect(Array.from(quantizer.scales)).toEqual([Math.fround(0.001), 1]);
  });
});

describe('a checkpoint', () => {
  test('that was quantized before gets the new quantizer in place of the old', () => {
    const eight = quantized([0.3, -1, 0.7], { bits: 8 }).checkpoint;
    const four = quantize(eight, {
      ...quantizeDefaults,
      bits: 4,
      scheme: 'affine',
      granularity: 'tensor',
    });
    expect(four.quantizers[NAME]).toMatchObject({ scheme: 'affine', bits: 4 });
  });

  test('keeps its biases in float32', () => {
    const { checkpoint } = quantized([0.3, -1, 0.7], { bits: 1 });
    expect(Object.keys(checkpoint.quantizers)).toEqual([NAME]);
    expect(checkpoint.parameters['dense1.bias']).toEqual(
      singleKernel([0.3, -1, 0.7], [3, 1]).parameters['dense1.bias'],
    );
  });
});

function rangeOf({ scheme: name, bits: b }: Quantizer): [low: number, high: number] {
  if (name === 'affine') return [0, 2 ** b - 1];
  return name === 'symmetric' ? [1 - 2 ** (b - 1), 2 ** (b - 1) - 1] : [-1, 1];
}
