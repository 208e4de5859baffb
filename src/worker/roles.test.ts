import { describe, expect, test } from 'vitest';
import type { Step, TechniqueId } from '../experiment/step';
import { techniqueSpecs } from '../techniques/registry';
import { baselineOf } from '../techniques/baseline';
import { partsOf, roleAt } from './roles';

function step(technique: TechniqueId, options: object = {}): Step {
  // The schema of the very technique fills in the rest.
  return { technique, ...techniqueSpecs[technique].options.parse(options) } as Step;
}
const recipe = (text: string) => text.split(' ').map((name) => step(name as TechniqueId));
const roles = (text: string) => partsOf(recipe(text)).map(({ id, role }) => `${id} ${role}`);

test('a network plays a part while it is the last, whatever comes behind it', () => {
  const steps = recipe('train train prune train quantize');
  expect(steps.map((_, index) => roleAt(steps, index))).toEqual([
    'baseline',
    'baseline',
    'pruned',
    'pruned',
    'combined',
  ]);
  expect(roleAt([], -1)).toBe('baseline');
});

describe('the parts that steps play in the comparison', () => {
  test('of the default recipe are baseline, pruned and combined, and quantized by itself', () => {
    expect(roles('train prune train quantize')).toEqual([
      's0 baseline',
      's1 other',
      's2 pruned',
      's3 combined',
      's3-alone quantized',
    ]);
  });

  test('in the other order are quantized, combined, and pruned by itself', () => {
    expect(roles('train quantize prune')).toEqual([
      's0 baseline',
      's1 quantized',
      's2 combined',
      's2-alone pruned',
    ]);
  });

  test('of training alone are one baseline, the last', () => {
    expect(roles('train train')).toEqual(['s0 other', 's1 baseline']);
  });

  test('are without a baseline where compression comes first', () => {
    expect(roles('quantize')).toEqual(['s0 quantized']);
    expect(baselineOf(recipe('quantize train'))).toBe(-1);
  });

  test('forget a quantization that training has undone', () => {
    expect(roles('train quantize train')).toEqual(['s0 baseline', 's1 quantized', 's2 other']);
    expect(roles('train prune quantize train')).toEqual([
      's0 baseline',
      's1 pruned',
      's2 combined',
      's2-alone quantized',
      's3 pruned',
    ]);
  });

  test('take a step by itself only where the recipe has no such variant', () => {
    expect(roles('train prune quantize prune')).toEqual([
      's0 baseline',
      's1 pruned',
      's2 other',
      's2-alone quantized',
      's3 combined',
    ]);
    expect(roles('train prune quantize quantize')).toEqual([
      's0 baseline',
      's1 pruned',
      's2 other',
      's3 combined',
      's3-alone quantized',
    ]);
  });
});

describe('the part of another network in place of the baseline’s', () => {
  const student = step('distill', { student: 'mlp:30' });
  const partsAt = (steps: readonly Step[]) =>
    partsOf(steps).map(({ id, role, compressions }) => [id, role, compressions.join()]);

  test('is reshaped, and combined where it is pruned or rounded as well', () => {
    expect(roles('train lowrank quantize')).toEqual([
      's0 baseline',
      's1 reshaped',
      's2 combined',
      's2-alone quantized',
    ]);
    expect(roles('train prune fold')).toEqual([
      's0 baseline',
      's1 pruned',
      's2 combined',
      's2-alone reshaped',
    ]);
    expect(roles('train lowrank train')).toEqual(['s0 baseline', 's1 other', 's2 reshaped']);
  });

  test('forgets a rounding, since its kernels are new', () => {
    expect(roles('train quantize lowrank')).toEqual(['s0 baseline', 's1 quantized', 's2 reshaped']);
  });

  test('forgets all where it is drawn anew, and is not done once more alone', () => {
    expect(partsAt([step('train'), step('prune'), step('quantize'), student])).toEqual([
      ['s0', 'baseline', ''],
      ['s1', 'pruned', 'prune'],
      ['s2', 'combined', 'prune,quantize'],
      ['s2-alone', 'quantized', 'quantize'],
      ['s3', 'reshaped', 'reshape'],
    ]);
  });

  test('is not played by a network that goes on with a teacher', () => {
    expect(roles('train prune distill')).toEqual(['s0 baseline', 's1 other', 's2 pruned']);
    expect(roles('train distill prune')).toEqual(['s0 other', 's1 baseline', 's2 pruned']);
  });
});

test('a label names the technique and its main option', () => {
  const labels = partsOf([
    step('train'),
    step('prune', { sparsity: 0.995 }),
    step('quantize', { bits: 4 }),
  ]).map(({ label }) => label);
  expect(labels).toEqual([
    'Train',
    'Prune 99.5 %',
    'Quantize to 4 bits',
    'Quantize to 4 bits alone',
  ]);
});
