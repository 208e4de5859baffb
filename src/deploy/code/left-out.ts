import type { Layer, Task } from '../../experiment/architecture';
import type { Step, StepOf } from '../../experiment/step';
import { isAware, quantizeSpec } from '../../techniques/quantize/spec';
import { setAt, type CodePlan } from './plan';
import type { Dialect } from './write';

/** What a script leaves out of a step, since it would be too long or cannot be said, in a sentence each. */
export function leftOut(
  step: Step,
  index: number,
  plan: CodePlan,
  { takesApart }: Dialect,
): readonly string[] {
  switch (step.technique) {
    case 'prune':
      return pruneNotes(step, setAt(plan, index).info.task, plan);
    case 'quantize':
      return quantizeNotes(step);
    case 'fold':
      return ['folding, which changes no answer; it is done when a model is made ready for use.'];
    case 'load':
      return ['the file, which is not in the link: load its weights into the model here.'];
    case 'lowrank':
      return takesApart ? [] : ['taking layers apart: there is no singular value decomposition.'];
    case 'train':
    case 'distill':
    case 'transfer':
      return [];
  }
}

function pruneNotes(step: StepOf<'prune'>, task: Task, { networks }: CodePlan): readonly string[] {
  const { pattern, norm, criterion } = step;
  const isUnits = pattern === 'units';
  const ofUnits = isUnits && (norm === 'scale' || norm === 'taylor');
  return [
    ...(ofUnits ? ['the score of the recipe; units are ranked by the norm of their weights.'] : []),
    ...(isUnits && networks.some(({ layers }) => layers.some(saysHalf))
      ? ['the half that a removed sigmoid unit said, which goes into the biases behind it.']
      : []),
    ...(pattern === 'blocks' ? ['square blocks; single weights are pruned instead.'] : []),
    ...(!isUnits && criterion === 'movement'
      ? ['movement scores, which need training of their own; the smallest weights go instead.']
      : []),
    ...(!isUnits && criterion === 'snip' && task === 'classification'
      ? ['drawing as many examples of every class; the batch is drawn from all of them.']
      : []),
  ];
}

function saysHalf(layer: Layer): boolean {
  return 'activation' in layer && layer.activation === 'sigmoid';
}

function quantizeNotes(step: StepOf<'quantize'>): readonly string[] {
  const active = quantizeSpec.activeOptions(step);
  const left = (option: 'range' | 'rounding' | 'equalize' | 'correct', usual: string) =>
    active.includes(option) && step[option] !== usual;
  return [
    ...(step.widths === 'budget'
      ? [`sharing out a budget; every layer has ${String(bitsOf(step))} bits.`]
      : []),
    ...(left('range', 'minmax') ? ['the range; all weights are covered.'] : []),
    ...(left('rounding', 'nearest') ? ['learned rounding; the nearest level is taken.'] : []),
    ...(left('equalize', 'off') ? ['equalizing layers before.'] : []),
    ...(left('correct', 'off') ? ['correcting biases behind.'] : []),
    ...(step.target === 'both' ? ['rounding activations; weights alone are rounded.'] : []),
    ...(step.aware === 'lsq' ? ['training the scales; they are fitted to the weights.'] : []),
    ...(isAware(step) && step.scheme === 'codebook'
      ? ['moving the centroids; they are fitted anew in every iteration.']
      : []),
  ];
}

/** Of every layer that is not set apart. */
export function bitsOf({ widths, budget, bits }: StepOf<'quantize'>): number {
  return widths === 'budget' ? Math.floor(budget) : bits;
}
