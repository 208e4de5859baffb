import { useFormat, useTranslation } from '../../../i18n';
import { outcomesOf, WAYS, type Outcome } from '../../../state/transfer-study';
import type { TransferPoint } from '../../../worker/protocol';
import { linearAxis, logAxis, percentDigits } from '../../charts/ticks';
import { YTicks } from '../../charts/YTicks';
import { useChartWidth } from '../../charts/useChartWidth';
import { WAY_LOOKS } from './ways';

const HEIGHT = 170;
const LEFT = 42;
const RIGHT = 10;
const TOP = 8;
const BOTTOM = 30;

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
  const [width, ref] = useChartWidth();
  const scores = points.map(({ score }) => score);
  const isError = task === 'regression';
  const axis = isError ? logAxis(scores, 4) : linearAxis(scores, 4);
  const { domain, ticks } = axis;
  const counts = [...new Set(points.map(({ examples }) => examples))].sort((a, b) => a - b);
  const [fewest = 1, most = 1] = [counts[0], counts.at(-1)];
  const xOf = (examples: number) =>
    LEFT +
    (most === fewest ? 0.5 : Math.log(examples / fewest) / Math.log(most / fewest)) *
      (width - LEFT - RIGHT);
  const along = (value: number) => (isError ? Math.log(Math.max(value, domain[0])) : value);
  const yOf = (score: number) => {
    const [low, high] = [along(domain[0]), along(domain[1])];
    const share = high === low ? 0.5 : (along(score) - low) / (high - low);
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  };
  const pointsOf = (outcomes: readonly Outcome[], which: 'mean' | 'least' | 'most') =>
    outcomes.map((each) => `${xOf(each.examples).toFixed(1)},${yOf(each[which]).toFixed(1)}`);
  return (
    <div ref={ref} className="ways-chart">
      {width > 0 && (
        // The table beneath says the same in numbers.
        <svg width={width} height={HEIGHT} aria-hidden="true">
          <YTicks
            {...{ ticks, yOf }}
            textOf={(tick) =>
              isError ? format.tick(tick) : format.percent(tick, percentDigits(axis))
            }
            left={LEFT}
            right={width - RIGHT}
          />
          {counts.map((count) => (
            <text key={count} x={xOf(count)} y={HEIGHT - BOTTOM + 14} textAnchor="middle">
              {format.number(count)}
            </text>
          ))}
          <text x={width - RIGHT} y={HEIGHT - 3} textAnchor="end">
            {t(isError ? 'transfer.inAll' : 'transfer.perClass')}
          </text>
          {WAYS.map((way) => {
            const outcomes = outcomesOf(points, way);
            const { colour, dash } = WAY_LOOKS[way];
            const band = [...pointsOf(outcomes, 'most'), ...pointsOf(outcomes, 'least').reverse()];
            return (
              <g key={way}>
                <polygon points={band.join(' ')} fill={colour} fillOpacity={0.14} />
                <polyline
                  points={pointsOf(outcomes, 'mean').join(' ')}
                  fill="none"
                  stroke={colour}
                  strokeWidth={2}
                  strokeDasharray={dash}
                />
              </g>
            );
          })}
        </svg>
      )}
    </div>
  );
}
