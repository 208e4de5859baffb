import type { TransferPoint, TransferWay } from '../../../worker/protocol';

/** How one way to the task compares with from scratch, over draws that both have. */
export interface Verdict {
  /** Means of the scores. */
  readonly score: number;
  readonly scratch: number;
  readonly draws: number;
  /** Draws in which it is better. */
  readonly wins: number;
}

/**
 * Whether what was learned before is worth something, with so many examples. Null until a draw of each is there.
 * Scores are accuracies, or errors where `isError`.
 */
export function verdictOf(
  points: readonly TransferPoint[],
  way: TransferWay,
  examples: number,
  isError: boolean,
): Verdict | null {
  const scoresOf = (of: TransferWay) =>
    new Map(
      points
        .filter((point) => point.way === of && point.examples === examples)
        .map(({ draw, score }) => [draw, score]),
    );
  const others = scoresOf('scratch');
  const paired = [...scoresOf(way)].flatMap(([draw, score]) => {
    const scratch = others.get(draw);
    return scratch === undefined ? [] : [{ score, scratch }];
  });
  if (paired.length === 0) return null;
  const mean = (of: 'score' | 'scratch') =>
    paired.reduce((sum, each) => sum + each[of], 0) / paired.length;
  return {
    ...{ score: mean('score'), scratch: mean('scratch'), draws: paired.length },
    wins: paired.filter(({ score, scratch }) => (isError ? score < scratch : score > scratch))
      .length,
  };
}

/** Differences too small to be shown: of accuracy, and of an error as a share of the smaller. */
const LEAST = { accuracy: 0.0005, error: 0.05 };

/** Which is better, where the draws can tell: `even` where they say now this and now that, or hardly differ. */
export function outcomeOf(
  { score, scratch, draws, wins }: Verdict,
  isError: boolean,
): 'better' | 'worse' | 'even' {
  const apart = Math.abs(score - scratch);
  const least = isError ? LEAST.error * Math.min(score, scratch) : LEAST.accuracy;
  const isMixed = wins > 1 && wins < draws - 1;
  if (apart < least || isMixed) return 'even';
  return score > scratch === isError ? 'worse' : 'better';
}
