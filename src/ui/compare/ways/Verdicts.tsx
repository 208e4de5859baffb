import { useFormat, useTranslation } from '../../../i18n';
import type { Format } from '../../../i18n/format';
import { missingOf, type TransferQuestion } from '../../../state/transfer-study';
import type { TransferPoint } from '../../../worker/protocol';
import type { Forgetting } from './forgetting';
import { outcomeOf, verdictOf } from './verdict';

/** What is left of the old task, and what it was worth for the new one. */
export function Verdicts({
  question: { ways, own, task },
  points,
  forgetting,
}: {
  readonly question: TransferQuestion;
  readonly points: readonly TransferPoint[];
  readonly forgetting: Forgetting | null;
}) {
  const { t, language } = useTranslation();
  const format = useFormat();
  const isError = task === 'regression';
  const [way = 'scratch'] = ways;
  // Before all draws are there it would go up and down.
  const isDone = missingOf(own, points).length === 0;
  const verdict = isDone ? verdictOf(points, way, own[0]?.examples ?? 0, isError) : null;
  const lines: string[] = [];
  if (forgetting !== null) {
    const write = scoreText(forgetting.isError, format);
    lines.push(
      t(`transfer.kept.${forgetting.isError ? 'error' : 'accuracy'}`, {
        before: write(forgetting.before),
        after: write(forgetting.after),
      }),
    );
  }
  if (verdict !== null) {
    const { score, scratch, draws, wins } = verdict;
    const write = scoreText(isError, format);
    const outcome = outcomeOf(verdict, isError);
    const worth = isError
      ? format.number(Math.max(score, scratch) / Math.min(score, scratch), 1)
      : format.number(100 * Math.abs(score - scratch), 1);
    lines.push(
      t(`transfer.verdict.${isError ? 'error' : 'accuracy'}`, {
        draws,
        way: t(`transfer.of.${way}`),
        score: write(score),
        scratch: write(scratch),
      }),
      t(`transfer.worth.${isError ? 'error' : 'accuracy'}.${outcome}`, { worth, wins, draws }),
    );
  }
  return <p aria-live="polite">{lines.join(language === 'zh' ? '' : ' ')}</p>;
}

function scoreText(isError: boolean, format: Format): (score: number) => string {
  return isError ? (score) => format.significant(score) : (score) => format.percent(score);
}
