import type { Metrics } from '../../experiment/report';
import type { Guess, Verdict } from './sentence';

/** 97.5 % point of the normal distribution, and its square: 95 % point of χ² with one degree of freedom. */
const Z = 1.96;
const CHI_SQUARED = 3.841;

/** Test examples that the network gets wrong; accuracy is a whole number of examples over all. */
export function wrongOf({ accuracy = 0, examples }: Metrics): number {
  return Math.round((1 - accuracy) * examples);
}

/**
 * Whether two networks of which one gets `net` more examples wrong differ by more than chance, where
 * just one of them is right on `discordant` examples: McNemar 1947, with Edwards' correction, at 5 %.
 */
function exceedsChance(net: number, discordant: number): boolean {
  return Math.max(0, Math.abs(net) - 1) ** 2 > CHI_SQUARED * discordant;
}

/**
 * The verdict on a change of accuracy. On how many examples just one of the two is right is not
 * measured, but bounded: by those on which they answer differently (`differing`, null where not
 * known), and by those that either gets wrong. The larger the number, the weaker the evidence, so the
 * bound never makes much of little.
 */
export function verdictOf(before: Metrics, after: Metrics, differing: number | null): Verdict {
  const [wrongBefore, wrongAfter] = [wrongOf(before), wrongOf(after)];
  const net = wrongAfter - wrongBefore;
  const known = differing !== null && differing >= Math.abs(net);
  const most = Math.min(known ? differing : Infinity, wrongBefore + wrongAfter);
  if (exceedsChance(net, most)) return 'clear';
  return known || !exceedsChance(net, Math.abs(net)) ? 'chance' : 'open';
}

/** The interval that holds the true accuracy with 95 % confidence (Wilson 1927). */
export function intervalOf({ accuracy = 0, examples }: Metrics): readonly [number, number] {
  const spread = Z ** 2 / examples;
  const middle = (accuracy + spread / 2) / (1 + spread);
  const half =
    (Z / (1 + spread)) *
    Math.sqrt((accuracy * (1 - accuracy)) / examples + spread / (4 * examples));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

/** How much more than `share` guessing may well score on so many examples: two standard errors. */
export function guessMargin(share: number, examples: number): number {
  return 2 * Math.sqrt((share * (1 - share)) / examples);
}

/**
 * What guessing would score, where the network does no better: its accuracy is within two standard
 * errors of always answering the most frequent class. Null where it does better.
 */
export function guessOf(metrics: Metrics, classes: readonly string[]): Guess | null {
  const { accuracy, examples, perClass = [], confusion = [] } = metrics;
  const supports = perClass.map(({ support }) => support);
  const largest = Math.max(0, ...supports);
  const share = largest / examples;
  if (accuracy === undefined || largest === 0) return null;
  if (accuracy > share + guessMargin(share, examples)) return null;
  const stuckOn = classes.findIndex((_, answer) =>
    confusion.every((row) => row.every((count, other) => other === answer || count === 0)),
  );
  return {
    answer: classes[supports.indexOf(largest)] ?? '',
    share,
    stuckOn: confusion.length === 0 ? null : (classes[stuckOn] ?? null),
  };
}

/** Below it a network explains so little of the targets that it might as well answer their mean. */
const LEAST_R2 = 0.05;

export function isNoFit({ r2 = 0 }: Metrics): boolean {
  return r2 < LEAST_R2;
}

/**
 * Whether the squared errors of two networks are too close to tell: the logarithm of their ratio is
 * within two standard errors, √(4/n) for normal errors. Errors of the same examples go together, so
 * this is on the careful side.
 */
export function isAboutAsFar(before: Metrics, after: Metrics): boolean {
  const [mseBefore = 0, mseAfter = 0] = [before.mse, after.mse];
  if (mseBefore === mseAfter) return true;
  return Math.abs(Math.log(mseAfter / mseBefore)) < 2 * Math.sqrt(4 / after.examples);
}
