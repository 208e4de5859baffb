interface YTicksProps {
  readonly ticks: readonly number[];
  readonly yOf: (tick: number) => number;
  readonly textOf: (tick: number) => string;
  /** Where the plot begins and ends. */
  readonly left: number;
  readonly right: number;
}

/** The lines of a chart's grid, each with its number before it. */
export function YTicks({ ticks, yOf, textOf, left, right }: YTicksProps) {
  return ticks.map((tick) => (
    <g key={tick} transform={`translate(0 ${String(yOf(tick))})`}>
      <line x1={left} x2={right} stroke="var(--line)" />
      <text className="axis-text" x={left - 6} dy="0.32em" textAnchor="end">
        {textOf(tick)}
      </text>
    </g>
  ));
}
