import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BATCH_NORM_EPSILON } from '../engine/constants';
import { withOurEpsilon } from './norm-epsilon';

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe('batch norm with another ε', () => {
  test('multiplies by the same with the one here, however small its variance', () => {
    fc.assert(
      fc.property(real(0, 2), real(1e-9, 0.1), real(-3, 3), (v, epsilon, gamma) => {
        const given = { scale: Float32Array.of(gamma), variance: Float32Array.of(v) };
        const { scale, variance } = withOurEpsilon(given, epsilon);
        const factor = (scale[0] ?? 0) / Math.sqrt((variance[0] ?? 0) + BATCH_NORM_EPSILON);
        const wanted = (given.scale[0] ?? 0) / Math.sqrt((given.variance[0] ?? 0) + epsilon);
        // Below 1e-38 float32 has fewer digits.
        const bound = 1e-6 * Math.abs(wanted) + 1e-38;
        expect(Math.abs(factor - wanted)).toBeLessThanOrEqual(bound);
        expect(variance[0]).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('stays as it is where the ε is the same, in float32 too', () => {
    const given = { scale: Float32Array.of(2, -0.3), variance: Float32Array.of(0, 1e-12) };
    for (const epsilon of [BATCH_NORM_EPSILON, Math.fround(BATCH_NORM_EPSILON)]) {
      expect(withOurEpsilon(given, epsilon)).toEqual(given);
    }
  });

  test('gives no number where there is none', () => {
    const given = { scale: Float32Array.of(1, 1), variance: Float32Array.of(-0.5, 0) };
    expect(withOurEpsilon(given, 0).scale.some(Number.isFinite)).toBe(false);
  });
});
