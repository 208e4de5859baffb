import { memo } from 'react';
import { CartesianGrid, Line, LineChart, ReferenceArea, XAxis, YAxis } from 'recharts';
import type { Axis } from '../charts/ticks';
import { useTurn } from '../charts/useTurn';
import type { Band } from './bands';
import { MARGIN, X_AXIS_HEIGHT, Y_AXIS_WIDTH } from './plot';

/** One line of a chart. */
export interface Curve {
  readonly key: string;
  readonly colour: string;
  readonly width: number;
  /** Steps instead of slopes. */
  readonly stepped?: boolean;
}

interface CurveChartProps {
  /** Charts that change together are drawn in turn: 0 is the first. */
  readonly turn: number;
  readonly width: number;
  readonly height: number;
  readonly rows: readonly object[];
  readonly curves: readonly Curve[];
  readonly scale: 'log' | 'linear';
  readonly axis: Axis;
  readonly tickText: (value: number) => string;
  readonly bands: readonly Band[];
  readonly end: number;
  /** Given for the chart that carries the axis of iterations for those above it. */
  readonly iterationTicks?: readonly number[];
  readonly iterationText?: (value: number) => string;
}

/** Nothing animates: a point is drawn where it is, and training has the machine for itself. */
export const CurveChart = memo(function CurveChart(props: CurveChartProps) {
  const { width, height, rows, curves, scale, axis, tickText, bands, end, ...rest } = useTurn(
    props,
    props.turn,
  );
  const { iterationTicks, iterationText } = rest;
  return (
    <LineChart
      width={width}
      height={height}
      data={rows}
      margin={MARGIN}
      accessibilityLayer={false}
      throttledEvents="all"
    >
      {bands.map(({ from, to }, index) =>
        index % 2 === 1 ? (
          <ReferenceArea
            key={from}
            x1={from}
            x2={to}
            fill="var(--sunken)"
            fillOpacity={1}
            ifOverflow="hidden"
            zIndex={-200}
          />
        ) : null,
      )}
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        dataKey="iteration"
        type="number"
        domain={[0, end]}
        allowDataOverflow
        height={iterationTicks === undefined ? 1 : X_AXIS_HEIGHT}
        ticks={iterationTicks ?? []}
        tick={iterationTicks !== undefined}
        {...(iterationText && { tickFormatter: iterationText })}
        interval={0}
        tickLine={false}
        axisLine={{ stroke: 'var(--line-strong)' }}
      />
      <YAxis
        type="number"
        scale={scale}
        domain={axis.domain}
        ticks={axis.ticks}
        tickFormatter={tickText}
        interval={0}
        allowDataOverflow
        width={Y_AXIS_WIDTH}
        tickLine={false}
        axisLine={false}
      />
      {curves.map(({ key, colour, width: stroke, stepped = false }) => (
        <Line
          key={key}
          dataKey={key}
          type={stepped ? 'stepAfter' : 'linear'}
          stroke={colour}
          strokeWidth={stroke}
          dot={false}
          activeDot={false}
          connectNulls
          isAnimationActive={false}
        />
      ))}
    </LineChart>
  );
});
