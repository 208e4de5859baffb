import { memo } from 'react';
import { CartesianGrid, Scatter, ScatterChart, XAxis, YAxis } from 'recharts';
import type { Variant, VariantRole } from '../../experiment/report';
import { useFormat, useTranslation } from '../../i18n';
import { placeLabels } from '../charts/place-labels';
import { RoleShape } from '../charts/roles';
import { textWidth } from '../charts/text-width';
import type { Axis } from '../charts/ticks';
import { useChartWidth } from '../charts/useChartWidth';
import { ChartMenu } from '../takeaway/ChartMenu';
import { placeOf, pointsOf, scoreAxis, sizeAxis } from './points';
import type { Point } from './points';
import { useVariantName } from './useVariantName';

const HEIGHT = 190;
/** On the right, room for half of a tick as wide as 10,000. */
const MARGIN = { top: 10, right: 22, bottom: 0, left: 0 };
const Y_WIDTH = 46;
const X_HEIGHT = 20;
const FONT_SIZE = 12;
const LINE = 15;
const RADIUS = 7;

/** Accuracy against the size of the packed file: up is better, left is smaller. */
export const AccuracySize = memo(function AccuracySize({
  variants,
}: {
  readonly variants: readonly Variant[];
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useVariantName();
  const [width, ref] = useChartWidth();
  const points = pointsOf(variants);
  if (points.length === 0) return null;
  const regression = variants.some(({ metrics }) => metrics.accuracy === undefined);
  const sizes = sizeAxis(points.map(({ kilobytes }) => kilobytes));
  const scores = scoreAxis(
    points.map(({ score }) => score),
    regression ? 1 : 100,
  );
  const roles = variants.map(({ role }) => role);
  const labels = points.map(({ variant }) =>
    roles.filter((role) => role === variant.role).length === 1
      ? nameOf.role(variant)
      : nameOf.full(variant),
  );
  const summary = points
    .map(({ variant, kilobytes, score }) => {
      const text = regression ? `R² ${format.number(score, 3)}` : format.percent(score / 100, 2);
      return `${nameOf.full(variant)}: ${text}, ${format.bytes(kilobytes * 1_000)}`;
    })
    .join('; ');
  return (
    <figure className="card">
      <figcaption className="card-head">
        <h3>{t(regression ? 'compare.scoreSize' : 'compare.accuracySize')}</h3>
        <span className="quiet">{t('compare.upLeft')}</span>
        <ChartMenu chart="scatter" disabled={false} />
      </figcaption>
      <p className="plot-name">{regression ? 'R²' : t('compare.accuracyPercent')}</p>
      <div className="scatter" ref={ref} role="img" aria-label={summary}>
        {width > 0 && (
          <>
            <Plot width={width} points={points} sizes={sizes} scores={scores} />
            <Labels width={width} points={points} labels={labels} sizes={sizes} scores={scores} />
          </>
        )}
      </div>
      <p className="plot-axis">{t('compare.fileSizeAxis')}</p>
    </figure>
  );
});

interface PlotProps {
  readonly width: number;
  readonly points: readonly Point[];
  readonly sizes: Axis;
  readonly scores: Axis;
}

function Plot({ width, points, sizes, scores }: PlotProps) {
  const format = useFormat();
  return (
    <ScatterChart width={width} height={HEIGHT} margin={MARGIN} accessibilityLayer={false}>
      <CartesianGrid vertical={false} syncWithTicks stroke="var(--line)" />
      <XAxis
        dataKey="kilobytes"
        type="number"
        scale="log"
        domain={sizes.domain}
        ticks={sizes.ticks}
        tickFormatter={(value: number) => format.significant(value, 3)}
        interval={0}
        height={X_HEIGHT}
        tickLine={false}
        axisLine={{ stroke: 'var(--line-strong)' }}
      />
      <YAxis
        dataKey="score"
        type="number"
        domain={scores.domain}
        ticks={scores.ticks}
        tickFormatter={(value: number) => format.plain(value)}
        interval={0}
        width={Y_WIDTH}
        tickLine={false}
        axisLine={false}
      />
      <Scatter data={points} shape={Mark} isAnimationActive={false} />
    </ScatterChart>
  );
}

interface MarkProps {
  readonly cx?: number | undefined;
  readonly cy?: number | undefined;
  readonly payload?: { readonly variant?: { readonly role?: VariantRole } };
}

function Mark({ cx, cy, payload }: MarkProps) {
  return <RoleShape role={payload?.variant?.role ?? 'other'} x={cx ?? 0} y={cy ?? 0} />;
}

/** Names beside the marks, where they cover neither a mark nor each other; the rest are in the table. */
function Labels({
  width,
  points,
  labels,
  sizes,
  scores,
}: PlotProps & { readonly labels: readonly string[] }) {
  const frame = {
    left: Y_WIDTH,
    top: MARGIN.top,
    right: width - MARGIN.right,
    bottom: HEIGHT - X_HEIGHT,
  };
  const boxes = placeLabels(
    points.map((point, i) => ({
      ...placeOf(point, sizes.domain, scores.domain, frame),
      width: textWidth(labels[i] ?? '', FONT_SIZE),
    })),
    { ...frame, top: 0, right: width },
    LINE,
    RADIUS,
  );
  return (
    <div aria-hidden="true">
      {points.map(({ variant }, i) => {
        const box = boxes[i];
        if (!box) return null;
        return (
          <span
            key={variant.id}
            className="scatter-label"
            style={{ left: box.left, top: box.top, width: box.right - box.left }}
          >
            {labels[i]}
          </span>
        );
      })}
    </div>
  );
}
