import type { Variant } from '../../experiment/report';
import type { Step, StepOf } from '../../experiment/step';
import type { Bits, Change } from './sentence';

/** What is known of the network besides what was measured. */
export interface ChangeContext {
  readonly recipe: readonly Step[];
  /** Whether each weight is multiplied once an example, so that multiply-adds count weights. */
  readonly dense: boolean;
}

/** The last quantize step that the variant comes from; undefined where there is none. */
export function quantizeStepOf(
  { step }: Variant,
  recipe: readonly Step[],
): StepOf<'quantize'> | undefined {
  return recipe.slice(0, step + 1).findLast((each) => each.technique === 'quantize');
}

/** What the last quantize step rounds to; undefined where there is none. */
function bitsOf(variant: Variant, recipe: readonly Step[]): Bits | undefined {
  const step = quantizeStepOf(variant, recipe);
  if (step?.widths === 'budget') return { average: step.budget };
  return step === undefined || step.layers === '' ? step?.bits : 'byLayer';
}

/**
 * What was done to a network, read off what was measured of it: pruning that took nothing away is told
 * as such. `before`: the baseline, or the variant itself where there is none.
 */
export function changeOf(
  variant: Variant,
  before: Variant,
  { recipe, dense }: ChangeContext,
): Change | null {
  const bits = variant.role === 'pruned' ? undefined : bitsOf(variant, recipe);
  if (variant.role !== 'pruned' && bits === undefined) return null;
  const { parameters } = variant.size;
  if (parameters < before.size.parameters) {
    const counts = { parameters, before: before.size.parameters };
    return bits === undefined
      ? { kind: 'smaller', ...counts }
      : { kind: 'smallerQuantized', ...counts, bits };
  }
  const share = zerosOf(variant, dense);
  const of = dense ? 'weights' : 'parameters';
  if (bits === undefined) {
    return share === 0 ? { kind: 'untouched' } : { kind: 'pruned', of, share };
  }
  return variant.role === 'quantized' || share === 0
    ? { kind: 'quantized', bits }
    : { kind: 'both', of, share, bits };
}

/** Share of zeros: of the weights where they are counted by themselves, else of all parameters. */
function zerosOf({ multiplyAdds, size }: Variant, dense: boolean): number {
  return dense
    ? 1 - multiplyAdds.effective / multiplyAdds.dense
    : 1 - size.nonzero / size.parameters;
}
