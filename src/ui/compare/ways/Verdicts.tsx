import { useMemo } from 'react';
import type { Variant } from '../../../experiment/report';
import { useFormat, useTranslation } from '../../../i18n';
import { useWhittle } from '../../../state/store';
import { missingOf, type TransferQuestion } from '../../../state/transfer-study';
import type { TransferPoint } from '../../../worker/protocol';
import { keptOf, outcomeOf, verdictOf } from './verdict';

/** What is left of the old task, and what it was worth for the new one. */
export function Verdicts({
  question: { step, ways, own, task },
  points,
  variants,
}: {
  readonly question: TransferQuestion;
  readonly points: readonly TransferPoint[];
  readonly variants: readonly Variant[];
}) {
  const { t, language } = useTranslation();
  const format = useFormat();
  const history = useWhittle((page) => page.history);
  const kept = useMemo(() => keptOf(step, variants, history), [step, variants, history]);
  const isError = task === 'regression';
  const [way = 'scratch'] = ways;
  // Before all draws are there it would go up and down.
  const isDone = missingOf(own, points).length === 0;
  const verdict = isDone ? verdictOf(points, way, own[0]?.examples ?? 0, isError) : null;
  const write = (score: number) => (isError ? format.significant(score) : format.percent(score));
  const lines: string[] = [];
  if (kept !== null) {
    const { before, after } = kept;
    lines.push(
      t('transfer.kept', { before: format.percent(before), after: format.percent(after) }),
    );
  }
  if (verdict !== null) {
    const { score, scratch, draws, wins } = verdict;
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
  if (lines.length === 0) return null;
  return <p aria-live="polite">{lines.join(language === 'zh' ? '' : ' ')}</p>;
}
