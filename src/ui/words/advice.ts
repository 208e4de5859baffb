import type { Compression, Variant } from '../../experiment/report';
import type { Step, StepOf } from '../../experiment/step';
import { guessMargin, guessOf, isNoFit } from './chance';
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
  const first = adviceToLearn(baseline, context.classes);
  if (first !== null) return first;
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
  if (step === undefined || !variant.compressions.includes('quantize')) return null;
  const others = variant.compressions.filter((each) => each !== 'quantize').join();
  const unrounded =
    others === ''
      ? baseline
      : context.variants.findLast(({ compressions }) => compressions.join() === others);
  const [bytes, before] = [variant.size.packedBytes, unrounded?.size.packedBytes ?? Infinity];
  if (bytes <= before) return null;
  return { kind: 'roundingGrows', perChannel: step.granularity === 'channel', bytes, before };
}

/** A loss that is larger by more shows before accuracy does that something was lost. */
const LOSS_ROSE = 1.1;

function lossRose(variant: Variant, baseline: Variant): boolean {
  return variant.metrics.loss > LOSS_ROSE * baseline.metrics.loss;
}

/** Where a network may have learned nothing; null where it has. */
export function adviceToLearn({ metrics }: Variant, classes: readonly string[]): Advice | null {
  if (metrics.accuracy === undefined) return isNoFit(metrics) ? { kind: 'trainMore' } : null;
  const guess = guessOf(metrics, classes);
  if (guess === null) return null;
  // Of so few not even the best network could be told from one that guesses.
  const tooFew = guess.share + guessMargin(guess.share, metrics.examples) >= 1;
  return { kind: tooFew ? 'moreExamples' : 'trainMore' };
}

function remedyFor(variant: Variant, baseline: Variant, context: AdviceContext): Advice | null {
  const combined = variant.compressions.length > 1;
  switch (costliest(variant, baseline, context)) {
    case 'prune':
      if (!isRetrained(variant, context.recipe)) return { kind: 'retrain' };
      return { kind: combined ? 'pruneLessOfBoth' : 'pruneLess' };
    case 'quantize': {
      const step = quantizeStepOf(variant, context.recipe);
      if (step === undefined) return null;
      const bits = commonBits(step);
      if (combined) return { kind: 'moreBitsOfBoth', bits };
      return { kind: step.granularity === 'tensor' ? 'perChannel' : 'moreBits', bits };
    }
    case 'reshape':
      return remedyForReshaped(variant, context.recipe);
    case null:
      return null;
  }
}

/** The last step that put the variant's network in place of another; folding costs nothing and is left out. */
function reshapingOf({ step }: Variant, recipe: readonly Step[]): number {
  return recipe
    .slice(0, step + 1)
    .findLastIndex(
      (each) =>
        each.technique === 'lowrank' || (each.technique === 'distill' && each.student !== ''),
    );
}

function remedyForReshaped(variant: Variant, recipe: readonly Step[]): Advice | null {
  const at = reshapingOf(variant, recipe);
  const step = recipe[at];
  if (step === undefined) return null;
  if (step.technique === 'distill') return { kind: 'largerStudent' };
  return { kind: recipe.slice(at + 1, variant.step + 1).some(trains) ? 'lessThin' : 'trainThin' };
}

const trains = ({ technique }: Step) => technique === 'train' || technique === 'distill';

/** Of what was done to the network, that which costs most by itself, by what was measured. */
function costliest(
  { compressions }: Variant,
  baseline: Variant,
  { variants }: AdviceContext,
): Compression | null {
  const costOf = (compression: Compression) => {
    const alone = variants.findLast((each) => each.compressions.join() === compression);
    return alone === undefined ? -Infinity : qualityOf(baseline) - qualityOf(alone);
  };
  return compressions.reduce<Compression | null>(
    (most, each) => (most === null || costOf(each) >= costOf(most) ? each : most),
    null,
  );
}

/** Accuracy, or R². */
function qualityOf({ metrics }: Variant): number {
  return metrics.accuracy ?? metrics.r2 ?? 0;
}

/** Whether training follows the last pruning that the variant comes from. */
function isRetrained({ step }: Variant, recipe: readonly Step[]): boolean {
  const behind = recipe.slice(0, step + 1);
  const pruned = behind.findLastIndex(({ technique }) => technique === 'prune');
  return behind.slice(pruned + 1).some(trains);
}

/** What the step's slider says of them. */
function commonBits({ widths, bits, budget }: StepOf<'quantize'>): number {
  return widths === 'budget' ? budget : bits;
}

function furtherFrom(variant: Variant, { recipe }: AdviceContext): Advice | null {
  const prunes = variant.compressions.includes('prune');
  const step = variant.compressions.includes('quantize')
    ? quantizeStepOf(variant, recipe)
    : undefined;
  const bits = step && commonBits(step);
  if (bits !== undefined && bits > 1) return { kind: prunes ? 'furtherBoth' : 'fewerBits', bits };
  if (prunes) return { kind: 'pruneMore' };
  const reshaping = recipe[reshapingOf(variant, recipe)]?.technique;
  if (reshaping === undefined || !variant.compressions.includes('reshape')) return null;
  return { kind: reshaping === 'distill' ? 'smallerStudent' : 'thinner' };
}
