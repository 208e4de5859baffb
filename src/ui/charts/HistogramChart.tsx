import { memo } from 'react';
import { useFormat, useTranslation } from '../../i18n';
import type { Histogram } from '../../worker/protocol';
import { barsPath, histogramAxes, totalOf } from './histogram-shape';
import type { HistogramAxes } from './histogram-shape';
import { useWidth } from './useWidth';

interface HistogramChartProps {
  readonly histogram: Histogram;
  /** The colour of the bars; a role's custom property. */
  readonly colour: string;
  /** Given where several are compared. */
  readonly axes?: HistogramAxes;
}

const HEIGHT = 112;
const TICKS = 7;
/** Half the width of the grey bar of pruned weights. */
const PRUNED_HALF = 5;

/**
 * How a layer's weights are distributed. The pruned ones are a grey bar at zero, cut off at the top
 * where it is higher than the rest; quantization levels are ticks below the axis.
 */
export const HistogramChart = memo(function HistogramChart(props: HistogramChartProps) {
  const { histogram, colour } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const [width, ref] = useWidth();
  const axes = props.axes ?? histogramAxes([histogram]);
  const { low, high } = axes;
  const zero = ((0 - low) / (high - low)) * width;
  const total = totalOf(histogram);
  const share = total === 0 ? 0 : histogram.pruned / total;
  const levels = histogram.levels.length;

  const parts = [
    t('chart.weights', { count: total, number: format.number(total, 0) }),
    ...(histogram.pruned > 0 ? [t('chart.prunedShare', { share: format.percent(share) })] : []),
    ...(levels > 0
      ? [
          histogram.levelsOf === null
            ? t('chart.levels', { count: levels })
            : t('chart.levelsOfUnit', { count: levels, unit: histogram.levelsOf + 1 }),
        ]
      : []),
  ];
  const text = parts.join(' · ');
  return (
    <div className="histogram" ref={ref}>
      {width > 0 && (
        <svg width={width} height={HEIGHT + TICKS + 16} role="img" aria-label={text}>
          {histogram.pruned > 0 && (
            <g>
              <rect
                className="histogram-pruned"
                x={zero - PRUNED_HALF}
                y={0}
                width={2 * PRUNED_HALF}
                height={HEIGHT}
              />
              <path
                className="histogram-cut"
                d={`M${String(zero - 8)} 14l16 -6M${String(zero - 8)} 19l16 -6`}
              />
            </g>
          )}
          <path d={barsPath(histogram, axes, width, HEIGHT)} fill={colour} />
          <path
            className="histogram-levels"
            d={histogram.levels
              .map((level) => {
                const x = ((level - low) / (high - low)) * width;
                return `M${x.toFixed(1)} ${String(HEIGHT + 2)}v${String(TICKS - 2)}`;
              })
              .join('')}
          />
          <line className="axis-line" x1={0} x2={width} y1={HEIGHT + 0.5} y2={HEIGHT + 0.5} />
          <g className="axis-text">
            <text x={0} y={HEIGHT + TICKS + 12}>
              {format.significant(low, 2)}
            </text>
            <text x={zero} y={HEIGHT + TICKS + 12} textAnchor="middle">
              0
            </text>
            <text x={width} y={HEIGHT + TICKS + 12} textAnchor="end">
              {format.significant(high, 2)}
            </text>
          </g>
        </svg>
      )}
      <p className="quiet" aria-hidden="true">
        {text}
      </p>
    </div>
  );
});
