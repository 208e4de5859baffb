import { createContext, memo, use } from 'react';
import {
  CartesianGrid,
  LineChart,
  ReferenceArea,
  usePlotArea,
  useXAxisScale,
  useYAxisScale,
  XAxis,
  YAxis,
} from 'recharts';
import type { Axis } from '../charts/ticks';
import type { Band } from './bands';
import { curvePath, MARGIN, X_AXIS_HEIGHT, Y_AXIS_WIDTH } from './plot';
import type { CurveRow } from './plot';

/** One line of a chart. */
export interface Curve {
  readonly key: string;
  readonly colour: string;
  readonly width: number;
  /** Steps instead of slopes. */
  readonly stepped?: boolean;
}

interface FrameProps {
  readonly width: number;
  readonly height: number;
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

const Rows = createContext<readonly CurveRow[]>([]);

/**
 * A chart whose lines grow while training runs. Recharts draws the frame, which takes some 40 ms and
 * stays as it is between points; the lines alone follow the rows.
 */
export function CurveChart({ rows, ...frame }: FrameProps & { rows: readonly CurveRow[] }) {
  return (
    <Rows value={rows}>
      <Frame {...frame} />
    </Rows>
  );
}

const Frame = memo(function Frame(props: FrameProps) {
  const { width, height, curves, scale, axis, tickText, bands, end } = props;
  const { iterationTicks, iterationText } = props;
  return (
    <LineChart
      width={width}
      height={height}
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
      <CartesianGrid vertical={false} syncWithTicks stroke="var(--line)" />
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
      <Lines curves={curves} />
    </LineChart>
  );
});

/** The lines, cut off at the edges of the plot. Nothing animates: a point is drawn where it is. */
function Lines({ curves }: Pick<FrameProps, 'curves'>) {
  const rows = use(Rows);
  const plot = usePlotArea();
  const xOf = useXAxisScale();
  const yOf = useYAxisScale();
  if (!plot || !xOf || !yOf) return null;
  const { x, y, width, height } = plot;
  return (
    <svg x={x} y={y} width={width} height={height} viewBox={[x, y, width, height].join(' ')}>
      {curves.map(({ key, colour, width: stroke, stepped = false }) => (
        <path
          key={key}
          d={curvePath(rows, key, xOf, yOf, stepped)}
          fill="none"
          stroke={colour}
          strokeWidth={stroke}
        />
      ))}
    </svg>
  );
}
