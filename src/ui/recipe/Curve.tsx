import type { CurvePoint } from '../../worker/protocol';
import { fractionOf } from '../controls/scale';
import type { Scale } from '../controls/scale';

/** A curve flatter than this in score is drawn flat: noise is not to look like a cliff. */
const LEAST_SPAN = 0.2;
const HEIGHT = 32;

/** What a curve is drawn between; curves that are compared share theirs. */
export interface ScoreAxis {
  readonly top: number;
  readonly bottom: number;
}

/** The axis that holds these points. */
export function scoreAxis(points: readonly CurvePoint[]): ScoreAxis {
  const scores = points.map(({ score }) => score).filter(Number.isFinite);
  const top = Math.max(...scores);
  return { top, bottom: Math.max(Math.min(...scores, top - LEAST_SPAN), top - 1) };
}

/**
 * The score against the option's value, behind the slider and as wide as it. The room is there before the
 * points are, so that nothing moves when they come.
 */
export function Curve({
  points,
  scale,
  caption,
  axis: { top, bottom } = scoreAxis(points),
}: {
  readonly points: readonly CurvePoint[];
  readonly scale: Scale;
  readonly caption: string;
  readonly axis?: ScoreAxis;
}) {
  const place = ({ value, score }: CurvePoint) => {
    const x = 100 * fractionOf(scale, value);
    const y = HEIGHT * (1 - (Math.max(score, bottom) - bottom) / (top - bottom));
    return `${x.toFixed(2)},${y.toFixed(2)}`;
  };
  return (
    <>
      <span className="curve-caption">{caption}</span>
      {points.length > 1 && (
        <svg
          className="curve"
          viewBox={`0 -1 100 ${String(HEIGHT + 2)}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <polyline points={points.map(place).join(' ')} vectorEffect="non-scaling-stroke" />
        </svg>
      )}
    </>
  );
}
