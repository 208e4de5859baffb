import type { Metrics } from '../../experiment/report';
import { guessOf, isAboutAsFar, isNoFit, verdictOf, wrongOf } from './chance';
import { grownMistake } from './confusions';
import type { Score } from './sentence';

/** What is known besides the metrics. */
export interface ScoreContext {
  readonly classes: readonly string[];
  /** Test examples on which the two networks answer differently; null where not known. */
  readonly differing: number | null;
}

/** How good a network is, compared with `before`, the baseline's metrics; null where there is none. */
export function scoreOf(
  after: Metrics,
  before: Metrics | null,
  { classes, differing }: ScoreContext,
): Score {
  const { accuracy, examples } = after;
  if (accuracy === undefined) return fitOf(after, before);
  const guess = guessOf(after, classes);
  if (guess !== null) {
    const wasBetter = before !== null && guessOf(before, classes) === null;
    const was = wasBetter ? (before.accuracy ?? null) : null;
    return { kind: 'guessing', accuracy, before: was, examples, guess };
  }
  if (before === null) return { kind: 'accuracy', accuracy, examples };
  const net = wrongOf(after) - wrongOf(before);
  if (net === 0) return { kind: 'same', accuracy, wrong: wrongOf(after), examples };
  const verdict = verdictOf(before, after, differing);
  const fell = net > 0;
  return {
    kind: fell ? 'fell' : 'rose',
    points: (100 * Math.abs(net)) / examples,
    wrong: Math.abs(net),
    examples,
    verdict,
    where: fell && verdict !== 'chance' ? grownMistake(before, after, net, classes) : null,
  };
}

function fitOf(after: Metrics, before: Metrics | null): Score {
  const { r2 = 0, mse = 0, examples } = after;
  if (isNoFit(after)) {
    const wasBetter = before !== null && !isNoFit(before);
    return { kind: 'noFit', r2, r2Before: wasBetter ? (before.r2 ?? null) : null };
  }
  if (before === null) return { kind: 'fit', r2, mse };
  const { mse: mseBefore = 0 } = before;
  const kind = isAboutAsFar(before, after) ? 'fitAbout' : mse > mseBefore ? 'fitFell' : 'fitRose';
  return { kind, r2, mse, mseBefore, examples };
}

/** Whether the network lost, kept, or — null — it cannot be said which. */
export function fateOf(score: Score): 'lost' | 'kept' | null {
  switch (score.kind) {
    case 'fell':
      return score.verdict === 'clear' ? 'lost' : score.verdict === 'chance' ? 'kept' : null;
    case 'guessing':
      return score.before === null ? null : 'lost';
    case 'noFit':
      return score.r2Before === null ? null : 'lost';
    case 'fitFell':
      return 'lost';
    case 'rose':
    case 'same':
    case 'fitAbout':
    case 'fitRose':
      return 'kept';
    case 'accuracy':
    case 'fit':
      return null;
    default:
      return score satisfies never;
  }
}
