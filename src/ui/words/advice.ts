import type { Variant } from '../../experiment/report';
import type { Step, StepOf } from '../../experiment/step';
import { guessOf, isNoFit } from './chance';
import { quantizeStepOf } from './change';
import { fateOf } from './score';
import type { Advice, Score } from './sentence';

/** What the suggestion follows from. */
export interface AdviceContext {
  readonly recipe: readonly Step[];
  readonly classes: readonly string[];
  /** All that was measured: what each compression costs by itself. */
  readonly variants: readonly Variant[];
}

/** What to try next; null where the measurements suggest nothing. */
export function adviceOf(
  variant: Variant,
  baseline: Variant,
  score: Score,
  context: AdviceContext,
): Advice | null {
  if (hasLearnedNothing(baseline, context.classes)) return { kind: 'trainMore' };
  const grown = grownBy(variant, baseline, context);
  if (grown !== null) return grown;
  switch (fateOf(score)) {
    case 'lost':
      return remedyFor(variant, baseline, context);
    case 'kept':
      return lossRose(variant, baseline) ? null : furtherFrom(variant, context);
    case null:
      return null;
  }
}

/** Where rounding has made the file larger than it was: so few weights need more for scales than bits save. */
function grownBy(variant: Variant, baseline: Variant, context: AdviceContext): Advice | null {
  const step = quantizeStepOf(variant, context.recipe);
  if (step === undefined) return null;
  const unrounded =
    variant.role === 'both' ? context.variants.findLast(({ role }) => role === 'pruned') : baseline;
  const [bytes, before] = [variant.size.packedBytes, unrounded?.size.packedBytes ?? Infinity];
  if (bytes <= before) return null;
  return { kind: 'roundingGrows', perChannel: step.granularity === 'channel', bytes, before };
}

/** A loss that is larger by more shows before accuracy does that something was lost. */
const LOSS_ROSE = 1.1;

function lossRose(variant: Variant, baseline: Variant): boolean {
  return variant.metrics.loss > LOSS_ROSE * baseline.metrics.loss;
}

export function hasLearnedNothing({ metrics }: Variant, classes: readonly string[]): boolean {
  return metrics.accuracy === undefined ? isNoFit(metrics) : guessOf(metrics, classes) !== null;
}

function remedyFor(variant: Variant, baseline: Variant, context: AdviceContext): Advice | null {
  const both = variant.role === 'both';
  const pruning = variant.role === 'pruned' || (both && prunesMost(baseline, context));
  if (pruning) {
    if (!isRetrained(variant, context.recipe)) return { kind: 'retrain' };
    return { kind: both ? 'pruneLessOfBoth' : 'pruneLess' };
  }
  const step = quantizeStepOf(variant, context.recipe);
  if (step === undefined) return null;
  const bits = commonBits(step);
  if (both) return { kind: 'moreBitsOfBoth', bits };
  return { kind: step.granularity === 'tensor' ? 'perChannel' : 'moreBits', bits };
}

/** Whether pruning alone costs more than quantizing alone, by what was measured. */
function prunesMost(baseline: Variant, { variants }: AdviceContext): boolean {
  const costOf = (role: Variant['role']) => {
    const alone = variants.findLast((each) => each.role === role);
    return alone === undefined ? -Infinity : qualityOf(baseline) - qualityOf(alone);
  };
  return costOf('pruned') > costOf('quantized');
}

/** Accuracy, or R². */
function qualityOf({ metrics }: Variant): number {
  return metrics.accuracy ?? metrics.r2 ?? 0;
}

/** Whether training follows the last pruning that the variant comes from. */
function isRetrained({ step }: Variant, recipe: readonly Step[]): boolean {
  const behind = recipe.slice(0, step + 1);
  const pruned = behind.findLastIndex(({ technique }) => technique === 'prune');
  return behind.slice(pruned + 1).some(({ technique }) => technique === 'train');
}

/** What the step's slider says of them. */
function commonBits({ widths, bits, budget }: StepOf<'quantize'>): number {
  return widths === 'budget' ? budget : bits;
}

function furtherFrom(variant: Variant, { recipe }: AdviceContext): Advice | null {
  if (variant.role === 'pruned') return { kind: 'pruneMore' };
  const step = quantizeStepOf(variant, recipe);
  if (step === undefined) return null;
  const bits = commonBits(step);
  if (bits > 1) return { kind: variant.role === 'both' ? 'furtherBoth' : 'fewerBits', bits };
  return variant.role === 'both' ? { kind: 'pruneMore' } : null;
}
