import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { channelsOf, fanIn, kernelsOf } from '../kernels';
import { anyArchitecture, checkpointOf, singleKernel } from '../testing/networks';
import { prune } from './prune';
import { pruneSpec } from './spec';

const defaults = pruneSpec.options.parse({});
const keptOf = (values: readonly number[], options: object) => {
  const pruned = prune(singleKernel(values, [values.length, 1]), { ...defaults, ...options });
  return Array.from(pruned.masks['dense1.kernel'] ?? values.map(() => 1));
};

describe('N of each M', () => {
  const groups = fc.record({
    n: fc.integer({ min: 1, max: 5 }),
    more: fc.integer({ min: 0, max: 4 }),
  });

  test('2:4 of [0.25, −1.33, 0.43, −0.11] keeps the second and the third', () => {
    expect(keptOf([0.25, -1.33, 0.43, -0.11], { pattern: 'nm' })).toEqual([0, 1, 1, 0]);
  });

  test('of equal weights the lower index goes first', () => {
    expect(keptOf([1, -1, 1, 1], { pattern: 'nm', n: 1 })).toEqual([0, 0, 0, 1]);
  });

  test('the last group is filled up with zeros, which go first', () => {
    expect(keptOf([9, 9, 9, 9, 0.1, -0.2], { pattern: 'nm' })).toEqual([0, 0, 1, 1, 1, 1]);
    expect(keptOf([1, 2, 3], { pattern: 'nm', n: 1 })).toEqual([0, 0, 1]);
  });

  test('leaves at most N of each M that an output reads, none smaller than one that goes', () => {
    fc.assert(
      fc.property(anyArchitecture, groups, (architecture, { n, more }) => {
        const m = Math.max(2, n + more);
        const before = checkpointOf(architecture, 6);
        const pruned = prune(before, { ...defaults, pattern: 'nm', n, m });
        for (const { name, parameter } of kernelsOf(before)) {
          const units = channelsOf(parameter);
          const mask = pruned.masks[name];
          for (let unit = 0; unit < units; unit++) {
            for (let start = 0; start < fanIn(parameter); start += m) {
              const group = Array.from(
                { length: Math.min(m, fanIn(parameter) - start) },
                (_, i) => {
                  const at = (start + i) * units + unit;
                  return { size: Math.abs(parameter.values[at] ?? 0), kept: mask?.[at] !== 0 };
                },
              );
              const kept = group.filter((each) => each.kept).map(({ size }) => size);
              const gone = group.filter((each) => !each.kept).map(({ size }) => size);
              expect(kept.length).toBe(Math.min(n, group.length));
              expect(Math.min(Infinity, ...kept)).toBeGreaterThanOrEqual(Math.max(0, ...gone));
            }
          }
        }
      }),
    );
  });

  test('twice is once, and what was pruned before stays pruned', () => {
    const once = prune(singleKernel([4, 3, 2, 1, 8, 7, 6, 5], [8, 1]), {
      ...defaults,
      pattern: 'nm',
    });
    expect(prune(once, { ...defaults, pattern: 'nm' })).toEqual(once);
    const rest = prune(once, { ...defaults, pattern: 'nm', n: 3 });
    expect(rest.masks).toEqual(once.masks);
  });

  test('is refused where more are to stay than there are, and with a threshold', () => {
    const { architecture } = singleKernel([1, 2], [2, 1]);
    const check = (options: object) => pruneSpec.check({ ...defaults, ...options }, architecture);
    expect(check({ pattern: 'nm', n: 5, m: 4 })).toMatchObject({ code: 'moreThanGroup', at: 'n' });
    expect(check({ pattern: 'nm', n: 4, m: 4 })).toBeNull();
    for (const pattern of ['nm', 'blocks']) {
      expect(check({ pattern, criterion: 'scaled' })).toMatchObject({
        code: 'boundNeedsWeights',
        at: 'criterion',
      });
    }
  });
});

describe('blocks', () => {
  test('go whole, the ones of the lowest mean first, edges as they are', () => {
    // 3 × 3 in blocks of 2: four weights, two, two and one.
    const kernel = singleKernel([1, 1, 3, 1, 1, 3, 2, 2, 9], [3, 3]);
    const masks = [0.25, 0.5, 0.75].map((sparsity) =>
      Array.from(
        prune(kernel, { ...defaults, pattern: 'blocks', block: 2, sparsity }).masks[
          'dense1.kernel'
        ] ?? [],
      ),
    );
    expect(masks).toEqual([
      [0, 0, 1, 0, 0, 1, 1, 1, 1],
      [0, 0, 1, 0, 0, 1, 0, 0, 1],
      [0, 0, 0, 0, 0, 0, 0, 0, 1],
    ]);
  });

  test('round(s · blocks) of all layers, or of each, go', () => {
    fc.assert(
      fc.property(
        anyArchitecture,
        fc.integer({ min: 0, max: 999 }),
        fc.constantFrom('global' as const, 'layer' as const),
        fc.integer({ min: 2, max: 5 }),
        (architecture, thousandths, scope, block) => {
          const sparsity = thousandths / 1000;
          const before = checkpointOf(architecture, 9);
          const pruned = prune(before, { ...defaults, pattern: 'blocks', block, sparsity, scope });
          const counts = kernelsOf(before).map(({ name, parameter }) => {
            const units = channelsOf(parameter);
            const states = new Map<string, Set<number>>();
            parameter.values.forEach((_, i) => {
              const place = [Math.floor(i / units / block), Math.floor((i % units) / block)].join();
              const state = states.get(place) ?? new Set();
              states.set(place, state.add(pruned.masks[name]?.[i] ?? 1));
            });
            for (const state of states.values()) expect(state.size).toBe(1);
            return {
              all: states.size,
              gone: [...states.values()].filter((state) => state.has(0)).length,
            };
          });
          const sum = (key: 'all' | 'gone') => counts.reduce((total, each) => total + each[key], 0);
          if (scope === 'global') expect(sum('gone')).toBe(Math.round(sparsity * sum('all')));
          else for (const { all, gone } of counts) expect(gone).toBe(Math.round(sparsity * all));
        },
      ),
    );
  });
});
