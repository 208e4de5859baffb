import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sketch } from '../../engine/testing/networks';
import type { Checkpoint } from '../../experiment/checkpoint';
import { kernelsOf } from '../kernels';
import { quantize } from '../quantize/quantize';
import { quantizeSpec } from '../quantize/spec';
import { anyArchitecture, checkpointOf, singleKernel } from '../testing/networks';
import { scaledThreshold } from './criteria';
import { prune } from './prune';
import { pruneSpec } from './spec';

const quantizeDefaults = quantizeSpec.options.parse({});
const defaults = pruneSpec.options.parse({});
const six = singleKernel([0.5, -0.1, 0.1, -0.9, 0, 0.3], [6, 1]);

const maskOf = (checkpoint: Checkpoint, name = 'dense1.kernel') =>
  Array.from(checkpoint.masks[name] ?? []);
const valuesOf = (checkpoint: Checkpoint, name = 'dense1.kernel') =>
  Array.from(checkpoint.parameters[name]?.values ?? []);

const prunedCount = (checkpoint: Checkpoint) =>
  kernelsOf(checkpoint).reduce(
    (sum, { mask }) => sum + (mask?.reduce((count, bit) => count + 1 - bit, 0) ?? 0),
    0,
  );

describe('magnitude', () => {
  test('half of [0.5, −0.1, 0.1, −0.9, 0, 0.3] leaves the first, the fourth and the last', () => {
    const pruned = prune(six, { ...defaults, sparsity: 0.5 });
    expect(maskOf(pruned)).toEqual([1, 0, 0, 1, 0, 1]);
    expect(valuesOf(pruned)).toEqual(valuesOf(six).map((w, i) => ([1, 2, 4].includes(i) ? 0 : w)));
  });

  test('a third of it takes the zero, and of −0.1 and 0.1 the one that comes first', () => {
    expect(maskOf(prune(six, { ...defaults, sparsity: 1 / 3 }))).toEqual([1, 0, 1, 1, 0, 1]);
  });

  test('every sparsity prunes exactly round(s·n) weights and none larger than one that stays', () => {
    fc.assert(
      fc.property(
        anyArchitecture,
        fc.integer({ min: 0, max: 999 }).map((thousandths) => thousandths / 1000),
        fc.constantFrom('global' as const, 'layer' as const),
        (architecture, sparsity, scope) => {
          const before = checkpointOf(architecture, 3);
          const pruned = prune(before, { ...defaults, sparsity, scope });
          const kernels = kernelsOf(before);
          const groups = scope === 'global' ? [kernels] : kernels.map((kernel) => [kernel]);
          for (const group of groups) {
            const weights = group.flatMap(({ name, parameter }) =>
              Array.from(parameter.values, (w, i) => ({
                size: Math.abs(w),
                kept: pruned.masks[name]?.[i] !== 0,
              })),
            );
            const gone = weights.filter(({ kept }) => !kept);
            expect(gone.length).toBe(Math.round(sparsity * weights.length));
            const largestGone = Math.max(0, ...gone.map(({ size }) => size));
            for (const { kept, size } of weights) {
              if (kept) expect(size).toBeGreaterThanOrEqual(largestGone);
            }
          }
        },
      ),
    );
  });

  test('the scope of a layer prunes each alike, the global scope spares the layer of large weights', () => {
    const architecture = sketch(
      [2],
      [
        { type: 'dense', units: 2, activation: 'relu' },
        { type: 'dense', units: 2, activation: 'none' },
      ],
    );
    const blank = checkpointOf(architecture, 1);
    const kernel = (...values: number[]) =>
      ({ role: 'kernel', shape: [2, 2], values: Float32Array.from(values) }) as const;
    const checkpoint: Checkpoint = {
      ...blank,
      parameters: {
        ...blank.parameters,
        'dense1.kernel': kernel(1, 2, 3, 4),
        'dense2.kernel': kernel(10, 20, 30, 40),
      },
    };
    const byLayer = prune(checkpoint, { ...defaults, scope: 'layer', sparsity: 0.5 });
    expect(maskOf(byLayer)).toEqual([0, 0, 1, 1]);
    expect(maskOf(byLayer, 'dense2.kernel')).toEqual([0, 0, 1, 1]);
    const global = prune(checkpoint, { ...defaults, scope: 'global', sparsity: 0.5 });
    expect(maskOf(global)).toEqual([0, 0, 0, 0]);
    expect(global.masks['dense2.kernel']).toBeUndefined();
  });

  test('pruning to 50 % and then to 75 % gives what 75 % at once gives', () => {
    fc.assert(
      fc.property(anyArchitecture, fc.integer(), (architecture, seed) => {
        const start = checkpointOf(architecture, seed);
        const half = prune(start, { ...defaults, sparsity: 0.5 });
        const twice = prune(half, { ...defaults, sparsity: 0.75 });
        expect(twice).toEqual(prune(start, { ...defaults, sparsity: 0.75 }));
      }),
    );
  });

  test('a lower sparsity than the network has changes nothing', () => {
    const half = prune(six, { ...defaults, sparsity: 0.5 });
    expect(prune(half, { ...defaults, sparsity: 0.2 })).toEqual(half);
  });

  test('biases are never pruned', () => {
    const start = checkpointOf(sketch([4], [{ type: 'dense', units: 3, activation: 'none' }]), 2);
    const pruned = prune(start, { ...defaults, sparsity: 0.999 });
    expect(pruned.parameters['dense1.bias']).toEqual(start.parameters['dense1.bias']);
  });
});

describe('thresholds', () => {
  test('a threshold prunes what is below it and keeps what equals it', () => {
    const checkpoint = singleKernel([0.25, -0.125, 0.5, -0.25], [4, 1]);
    const pruned = prune(checkpoint, { ...defaults, criterion: 'threshold', threshold: 0.25 });
    expect(maskOf(pruned)).toEqual([1, 0, 1, 1]);
  });

  test('the scaled threshold of [[3,0],[0,4]] at λ = 1.4 is 3.5 and only the 4 stays', () => {
    const checkpoint = singleKernel([3, 0, 0, 4], [2, 2]);
    const kernel = checkpoint.parameters['dense1.kernel'];
    if (kernel === undefined) throw new Error('the kernel is missing');
    expect(scaledThreshold(kernel, 1.4)).toBeCloseTo(3.5, 12);
    const pruned = prune(checkpoint, { ...defaults, criterion: 'scaled', lambda: 1.4 });
    expect(valuesOf(pruned)).toEqual([0, 0, 0, 4]);
  });

  test('a convolution divides by height · width · channels', () => {
    const values = new Float32Array(36).fill(1);
    // ‖W‖ = 6, and a filter reads 3 · 3 · 2 = 18 values.
    expect(scaledThreshold({ role: 'kernel', shape: [3, 3, 2, 2], values }, 3)).toBeCloseTo(1, 12);
  });

  test('what was pruned before stays pruned', () => {
    const half = prune(six, { ...defaults, sparsity: 0.5 });
    const again = prune(half, { ...defaults, criterion: 'threshold', threshold: 0.4 });
    expect(maskOf(again)).toEqual([1, 0, 0, 1, 0, 0]);
    expect(maskOf(prune(half, { ...defaults, criterion: 'threshold', threshold: 0 }))).toEqual(
      maskOf(half),
    );
  });
});

describe('strength', () => {
  test('a strength of 0.75 leaves a quarter of each pruned weight and no mask', () => {
    const checkpoint = singleKernel([1, -2, 4, -8], [4, 1]);
    const pruned = prune(checkpoint, { ...defaults, sparsity: 0.5, delta: 0.75 });
    expect(valuesOf(pruned)).toEqual([0.25, -0.5, 4, -8]);
    expect(pruned.masks).toEqual({});
  });

  test('a strength of 0 changes nothing', () => {
    expect(prune(six, { ...defaults, delta: 0 })).toEqual(six);
  });
});

describe('a quantized network', () => {
  test('stays on its levels when weights are removed', () => {
    const quantized = quantize(six, {
      ...quantizeDefaults,
      bits: 4,
      scheme: 'affine',
      granularity: 'tensor',
    });
    const pruned = prune(quantized, { ...defaults, sparsity: 0.5 });
    expect(pruned.quantizers).toEqual(quantized.quantizers);
    expect(prunedCount(pruned)).toBe(3);
  });

  test('leaves its levels when weights only shrink', () => {
    const quantized = quantize(six, {
      ...quantizeDefaults,
      bits: 4,
      scheme: 'affine',
      granularity: 'tensor',
    });
    expect(prune(quantized, { ...defaults, delta: 0.5 }).quantizers).toEqual({});
  });
});
