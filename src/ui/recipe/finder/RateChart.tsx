import { memo } from 'react';
import { RATES, type RatePoint, type RateSuggestion } from '../../../experiment/rate-range';
import { useFormat, useTranslation } from '../../../i18n';
import { linearAxis } from '../../charts/ticks';
import { YTicks } from '../../charts/YTicks';
import { useWidth } from '../../charts/useWidth';

const HEIGHT = 156;
const MARGIN = { top: 20, right: 10, bottom: 32, left: 40 };
/** The ends of the rates that are tried, as powers of ten. */
const [LEAST = NaN, GREATEST = NaN] = [RATES.at(0), RATES.at(-1)].map((rate) =>
  Math.log10(rate ?? NaN),
);
const DECADES = [-6, -4, -2, 0];
const TICKS = 3;
/** Losses up to so many times the first are drawn; further up there is nothing to learn. */
const HEADROOM = 1.5;

interface RateChartProps {
  readonly points: readonly RatePoint[];
  /** The rate that is set. */
  readonly rate: number;
  readonly suggestion: RateSuggestion | null;
}

/** The loss against the learning rate, each batch's and smoothed. */
export const RateChart = memo(function RateChart({ points, rate, suggestion }: RateChartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [width, ref] = useWidth();
  const [first, last] = [points.at(0), points.at(-1)];
  const top = HEADROOM * (first?.loss ?? 1);
  const losses = points.flatMap(({ loss, smoothed }) => [loss, smoothed]);
  const { domain, ticks } = linearAxis([...losses.filter((loss) => loss < top), top], TICKS);
  const [bottom, ceiling] = domain;
  const right = width - MARGIN.right;
  const floor = HEIGHT - MARGIN.bottom;
  const x = (of: number) =>
    MARGIN.left + ((Math.log10(of) - LEAST) / (GREATEST - LEAST)) * (right - MARGIN.left);
  const y = (loss: number) => floor - ((loss - bottom) / (ceiling - bottom)) * (floor - MARGIN.top);
  const line = (valueOf: (point: RatePoint) => number) =>
    points
      .map((point) => `${x(point.rate).toFixed(1)},${Math.max(-9, y(valueOf(point))).toFixed(1)}`)
      .join(' ');
  const label =
    first && last
      ? t('finder.chart', {
          first: format.significant(first.smoothed),
          from: format.tick(first.rate),
          last: format.significant(last.smoothed),
          to: format.significant(last.rate, 2),
        })
      : t('finder.progress');
  return (
    <div className="rate-chart" ref={ref} role="img" aria-label={label}>
      {width > 0 && (
        <svg width={width} height={HEIGHT} aria-hidden="true">
          <YTicks {...{ ticks, right }} yOf={y} textOf={format.tick} left={MARGIN.left} />
          {DECADES.map((power) => (
            <text key={power} x={x(10 ** power)} y={floor + 14} textAnchor="middle">
              {format.tick(10 ** power)}
            </text>
          ))}
          <text y={11}>{t('watch.loss')}</text>
          <text x={right} y={HEIGHT - 3} textAnchor="end">
            {t('watch.learningRate')}
          </text>
          <svg x={0} y={MARGIN.top} width={width} height={floor - MARGIN.top}>
            <g transform={`translate(0 ${String(-MARGIN.top)})`}>
              <line className="rate-now" x1={x(rate)} x2={x(rate)} y1={MARGIN.top} y2={floor} />
              {suggestion && (
                <line
                  className="rate-suggested"
                  x1={x(suggestion.rate)}
                  x2={x(suggestion.rate)}
                  y1={MARGIN.top}
                  y2={floor}
                />
              )}
              <polyline className="rate-each" points={line(({ loss }) => loss)} />
              <polyline className="rate-smoothed" points={line(({ smoothed }) => smoothed)} />
              {suggestion && (
                <circle
                  className="rate-lowest"
                  cx={x(suggestion.lowest.rate)}
                  cy={y(suggestion.lowest.smoothed)}
                  r={3.5}
                />
              )}
            </g>
          </svg>
        </svg>
      )}
    </div>
  );
});
