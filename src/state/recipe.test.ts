import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Experiment } from '../experiment/experiment';
import type { TechniqueId } from '../experiment/step';
import { techniqueSpecs } from '../techniques/registry';
import * as recipe from './recipe';

const ids: readonly TechniqueId[] = Object.values(techniqueSpecs).map(({ id }) => id);
const experiments = fc
  .array(fc.constantFrom(...ids), { maxLength: 12 })
  .map((techniques): Experiment => ({
    dataset: 'mnist',
    model: 'lenet-300-100',
    seed: 7,
    // Distinct steps, so that a move can be told from another.
    recipe: techniques.map((technique, index) => {
      const step = recipe.defaultStep(technique);
      return recipe.withOption(step, 'epochs', index + 1) ?? step;
    }),
  }));
const index = fc.integer({ min: -3, max: 15 });

describe('editing a recipe', () => {
  it('moving a step keeps every step and the order of the others', () => {
    fc.assert(
      fc.property(experiments, index, index, (experiment, from, to) => {
        const moved = recipe.moveStep(experiment, from, to);
        const step = experiment.recipe[from];
        if (step === undefined) {
          expect(moved).toBe(experiment);
          return;
        }
        const target = Math.min(Math.max(to, 0), experiment.recipe.length - 1);
        expect(moved.recipe[target]).toBe(step);
        expect(moved.recipe.toSpliced(target, 1)).toEqual(experiment.recipe.toSpliced(from, 1));
      }),
    );
  });

  it('moving a step there and back changes nothing', () => {
    fc.assert(
      fc.property(experiments, fc.nat(11), fc.nat(11), (experiment, from, to) => {
        fc.pre(from < experiment.recipe.length && to < experiment.recipe.length);
        const back = recipe.moveStep(recipe.moveStep(experiment, from, to), to, from);
        expect(back.recipe).toEqual(experiment.recipe);
      }),
    );
  });

  it('a copy lies behind its original and does the same', () => {
    fc.assert(
      fc.property(experiments, fc.nat(11), (experiment, at) => {
        fc.pre(at < experiment.recipe.length);
        const copied = recipe.copyStep(experiment, at);
        expect(copied.recipe[at + 1]).toEqual(experiment.recipe[at]);
        expect(recipe.removeStep(copied, at + 1).recipe).toEqual(experiment.recipe);
      }),
    );
  });

  it('learning rates set while a step ran stay with it and are not copied', () => {
    const step = recipe.withOption(recipe.defaultStep('train'), 'at', '430~0.0003');
    if (step === null) throw new Error('the option is written as its schema says');
    const copied = recipe.copyStep(
      { dataset: 'mnist', model: 'lenet-5', seed: 1, recipe: [step] },
      0,
    );
    expect(copied.recipe.map((one) => 'at' in one && one.at)).toEqual(['430~0.0003', '']);
  });

  it('a recipe never grows longer than its link can hold', () => {
    const full = Array.from({ length: recipe.MAX_STEPS + 5 }).reduce<Experiment>(
      (now) => recipe.addStep(now, 'quantize'),
      { dataset: 'mnist', model: 'lenet-5', seed: 1, recipe: [] },
    );
    expect(full.recipe).toHaveLength(recipe.MAX_STEPS);
  });

  it('a value that the schema refuses is not taken', () => {
    const step = recipe.defaultStep('quantize');
    expect(recipe.withOption(step, 'bits', 17)).toBeNull();
    expect(recipe.withOption(step, 'bits', 2.5)).toBeNull();
    expect(recipe.withOption(step, 'scheme', 'odd')).toBeNull();
    expect(recipe.withOption(step, 'bits', 4)).toMatchObject({ technique: 'quantize', bits: 4 });
  });

  it('the first difference is where results begin to differ', () => {
    fc.assert(
      fc.property(experiments, fc.nat(11), (experiment, at) => {
        fc.pre(at < experiment.recipe.length);
        const removed = recipe.removeStep(experiment, at);
        const difference = recipe.firstDifference(experiment, removed);
        expect(experiment.recipe.slice(0, difference)).toEqual(removed.recipe.slice(0, difference));
        expect(experiment.recipe[difference]).not.toEqual(removed.recipe[difference]);
        expect(recipe.firstDifference(experiment, { ...experiment })).toBe(
          experiment.recipe.length,
        );
        expect(recipe.firstDifference(experiment, { ...experiment, seed: 8 })).toBe(0);
      }),
    );
  });

  it('every option of every technique has metadata to be drawn from', () => {
    for (const { id, options } of Object.values(techniqueSpecs)) {
      const view = recipe.viewStep(recipe.defaultStep(id));
      expect(Object.keys(view.options)).toEqual(Object.keys(options.shape));
      if (view.main !== null) expect(Object.keys(view.options)).toContain(view.main);
    }
  });
});
