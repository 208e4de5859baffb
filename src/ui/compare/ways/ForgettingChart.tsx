import { useFormat, useTranslation } from '../../../i18n';
import { SmallChart } from '../../charts/SmallChart';
import { linearAxis, logAxis, percentDigits, wholeTicks } from '../../charts/ticks';
import type { Forgetting } from './forgetting';
import { LineMark } from './ways';

/** How well the network does on the task before while it learns the new one. */
export function ForgettingChart({ forgetting: { isError, old, now } }: { forgetting: Forgetting }) {
  const { t } = useTranslation();
  const format = useFormat();
  const scores = [...old, ...now].map(({ score }) => score);
  const axis = isError ? logAxis(scores, 4) : linearAxis([...scores, 1], 3);
  const lines = [
    { key: 'oldTask', colour: 'var(--ink-quiet)', dash: '5 3', measured: old },
    { key: 'newTask', colour: 'var(--accent)', dash: '', measured: now },
  ]
    .filter(({ measured }) => measured.length > 0)
    .map(({ measured, ...look }) => ({
      ...look,
      points: measured.map(({ iteration, score }) => ({ x: iteration, y: score })),
    }));
  const end = Math.max(...old.map(({ iteration }) => iteration));
  return (
    <>
      <p className="forgetting-key">
        {lines.map(({ key, colour, dash }) => (
          <span key={key}>
            <LineMark {...{ colour, dash }} /> {t(`transfer.${key}`)}
          </span>
        ))}
      </p>
      <SmallChart
        lines={lines}
        x={{
          axis: { domain: [0, end], ticks: wholeTicks(0, end, 4) },
          scale: 'linear',
          textOf: (tick) => format.number(tick, 0),
        }}
        y={{
          axis,
          scale: isError ? 'log' : 'linear',
          textOf: (tick) =>
            isError ? format.tick(tick) : format.percent(tick, percentDigits(axis)),
        }}
        caption={t('watch.iteration')}
      />
    </>
  );
}
