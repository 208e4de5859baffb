import { describe, expect, it } from 'vitest';
import type { Experiment } from '../experiment/experiment';
import { curveKey, curveValues, previewKey, stillValid, withPoint } from './curves';
import { defaultStep, replaceStep, viewStep, withOption } from './recipe';

const experiment: Experiment = {
  dataset: 'mnist',
  model: 'lenet-300-100',
  seed: 7,
  recipe: [defaultStep('train'), defaultStep('prune'), defaultStep('quantize')],
};

function changed(index: number, option: string, value: number | string): Experiment {
  const step = experiment.recipe[index];
  const next = step && withOption(step, option, value);
  if (!next) throw new Error('the option is one of the step');
  return replaceStep(experiment, index, next);
}

describe('the curve behind a slider', () => {
  it('has every number of bits once', () => {
    const meta = viewStep(defaultStep('quantize')).options['bits']?.meta;
    const values = meta ? curveValues(meta) : [];
    expect(values.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, i) => i + 1));
  });

  it('spans the slider, from the least to the most', () => {
    const meta = viewStep(defaultStep('prune')).options['sparsity']?.meta;
    const values = meta ? curveValues(meta) : [];
    expect(Math.min(...values)).toBe(0);
    expect(Math.max(...values)).toBe(0.999);
    expect(new Set(values).size).toBe(values.length);
  });

  it('has whole numbers alone of a rank, as far apart as the slider has them', () => {
    const meta = viewStep(defaultStep('lowrank')).options['rank']?.meta;
    const values = (meta ? curveValues(meta) : []).toSorted((a, b) => a - b);
    expect(values.every(Number.isInteger)).toBe(true);
    expect([values[0], values.at(-1)]).toEqual([1, 512]);
    expect(new Set(values).size).toBe(values.length);
    // As many between 1 and 23 as between 23 and 512, whose ratios are the same.
    const low = values.filter((value) => value <= 23).length;
    expect(values.length - low).toBeGreaterThanOrEqual(low);
  });

  it('stays when only its own slider moves, and goes when another option or an earlier step changes', () => {
    expect(curveKey(changed(1, 'sparsity', 0.5), 1)).toBe(curveKey(experiment, 1));
    expect(curveKey(changed(1, 'scope', 'layer'), 1)).not.toBe(curveKey(experiment, 1));
    expect(curveKey(changed(0, 'epochs', 5), 1)).not.toBe(curveKey(experiment, 1));
    expect(curveKey(changed(1, 'sparsity', 0.5), 2)).not.toBe(curveKey(experiment, 2));
  });

  it('is ascending in value, whatever the order in which its points arrive', () => {
    const points = [8, 1, 4].map((value) => ({ value, score: value / 10, examples: 100 }));
    const curve = points.reduce<ReturnType<typeof withPoint>>(withPoint, []);
    expect(curve.map(({ value }) => value)).toEqual([1, 4, 8]);
  });
});

describe('a preview', () => {
  it('stays for the steps before an edit and goes for those from it on', () => {
    const previews = { 1: 'prune', 2: 'quantize' };
    expect(stillValid(previews, previewKey, experiment, changed(2, 'bits', 4))).toEqual({
      1: 'prune',
    });
    expect(stillValid(previews, previewKey, experiment, changed(1, 'sparsity', 0.5))).toEqual({});
  });
});
