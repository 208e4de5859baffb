import type { Variant } from '../../experiment/report';
import type { Step, StepOf } from '../../experiment/step';
import type { Bits, Change, WeightBits } from './sentence';

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
  if (step === undefined) return undefined;
  return { weights: weightBitsOf(step), activations: step.target === 'both' ? step.abits : null };
}

function weightBitsOf({ widths, bits, budget, layers }: StepOf<'quantize'>): WeightBits {
  if (widths === 'budget') return { average: budget };
  return layers === '' ? bits : 'byLayer';
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
  const { compressions, size } = variant;
  if (compressions.length === 0) return null;
  const bits = compressions.includes('quantize') ? bitsOf(variant, recipe) : undefined;
  const prunes = compressions.includes('prune');
  const fewer = size.parameters < before.size.parameters;
  if (fewer || compressions.includes('reshape')) {
    const zeros = 1 - size.nonzero / size.parameters;
    return {
      kind: fewer ? 'smaller' : 'replaced',
      ...{ parameters: size.parameters, before: before.size.parameters },
      ...{ zeros: prunes && zeros >= FEW_ZEROS ? zeros : null, bits: bits ?? null },
    };
  }
  const share = zerosOf(variant, dense);
  const of = dense ? 'weights' : 'parameters';
  if (bits === undefined) {
    return share === 0 ? { kind: 'untouched' } : { kind: 'pruned', of, share };
  }
  return !prunes || share === 0 ? { kind: 'quantized', bits } : { kind: 'both', of, share, bits };
}

/** As many parameters are zero by chance. */
const FEW_ZEROS = 0.01;

/** Share of zeros: of the weights where they are counted by themselves, else of all parameters. */
function zerosOf({ multiplyAdds, size }: Variant, dense: boolean): number {
  return dense
    ? 1 - multiplyAdds.effective / multiplyAdds.dense
    : 1 - size.nonzero / size.parameters;
}
