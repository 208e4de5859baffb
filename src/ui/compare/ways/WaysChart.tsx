import { useFormat, useTranslation } from '../../../i18n';
import { outcomesOf, WAYS } from '../../../state/transfer-study';
import type { TransferPoint } from '../../../worker/protocol';
import { SmallChart, type SmallLine } from '../../charts/SmallChart';
import { linearAxis, logAxis, percentDigits, uncrowded } from '../../charts/ticks';
import { WAY_LOOKS } from './ways';

/** The score against the number of examples, a line for each way, with the spread of its draws behind it. */
export function WaysChart({
  points,
  task,
}: {
  readonly points: readonly TransferPoint[];
  readonly task: 'classification' | 'regression';
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const isError = task === 'regression';
  const counts = [...new Set(points.map(({ examples }) => examples))].sort((a, b) => a - b);
  const scores = points.map(({ score }) => score);
  const axis = isError ? logAxis(scores, 4) : linearAxis(scores, 4);
  const lines = WAYS.map((way): SmallLine => ({
    ...{ key: way, ...WAY_LOOKS[way] },
    points: outcomesOf(points, way).map(({ examples, mean, least, most }) => ({
      ...{ x: examples, y: mean, low: least, high: most },
    })),
  }));
  return (
    <SmallChart
      lines={lines}
      x={{
        axis: uncrowded({ domain: [counts[0] ?? 1, counts.at(-1) ?? 1], ticks: counts }),
        scale: 'log',
        textOf: (count) => format.number(count),
      }}
      y={{
        axis,
        scale: isError ? 'log' : 'linear',
        textOf: (tick) => (isError ? format.tick(tick) : format.percent(tick, percentDigits(axis))),
      }}
      caption={t(isError ? 'transfer.inAll' : 'transfer.perClass')}
    />
  );
}
