import { placeOn } from './place-on';
import type { Axis } from './ticks';
import { useWidth } from './useWidth';
import { YTicks } from './YTicks';

const HEIGHT = 160;
const LEFT = 42;
const RIGHT = 14;
const TOP = 8;
const BOTTOM = 30;

export interface SmallLine {
  readonly key: string;
  readonly colour: string;
  readonly dash: string;
  /** Ascending; `low` and `high` are the ends of a band behind the line. */
  readonly points: readonly {
    readonly x: number;
    readonly y: number;
    readonly low?: number;
    readonly high?: number;
  }[];
}

interface Side {
  readonly axis: Axis;
  readonly scale: 'log' | 'linear';
  readonly textOf: (tick: number) => string;
}

/** A few lines against a number, drawn small; what it shows is said in words or in a table beside it. */
export function SmallChart({
  lines,
  x,
  y,
  caption,
}: {
  readonly lines: readonly SmallLine[];
  readonly x: Side;
  readonly y: Side;
  /** What lies along the bottom. */
  readonly caption: string;
}) {
  const [width, ref] = useWidth();
  const right = width - RIGHT;
  const xOf = placeOn(x.axis, x.scale, LEFT, right);
  const yOf = placeOn(y.axis, y.scale, HEIGHT - BOTTOM, TOP);
  const place = (at: number, of: number) => `${xOf(at).toFixed(1)},${yOf(of).toFixed(1)}`;
  return (
    <div ref={ref} className="small-chart">
      {width > 0 && (
        <svg width={width} height={HEIGHT} aria-hidden="true">
          <YTicks ticks={y.axis.ticks} {...{ yOf, right }} textOf={y.textOf} left={LEFT} />
          {x.axis.ticks.map((tick) => (
            <text key={tick} x={xOf(tick)} y={HEIGHT - BOTTOM + 14} textAnchor="middle">
              {x.textOf(tick)}
            </text>
          ))}
          <text x={right} y={HEIGHT - 3} textAnchor="end">
            {caption}
          </text>
          {lines.map(({ key, colour, dash, points }) => {
            const upper = points.map((point) => place(point.x, point.high ?? point.y));
            const lower = points.map((point) => place(point.x, point.low ?? point.y));
            return (
              <g key={key}>
                <polygon
                  points={[...upper, ...lower.reverse()].join(' ')}
                  fill={colour}
                  fillOpacity={0.14}
                />
                <polyline
                  points={points.map((point) => place(point.x, point.y)).join(' ')}
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
