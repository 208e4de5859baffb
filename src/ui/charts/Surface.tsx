import { memo, useCallback } from 'react';
import type { Batch } from '../../experiment/dataset';
import type { DatasetRef } from '../../experiment/experiment';
import type { Look } from '../../worker/protocol';
import { diverging, usePalette } from './palette';
import { Pixels } from './Pixels';
import { usePoints } from './usePoints';

interface SurfaceProps {
  readonly surface: NonNullable<Look['surface']>;
  /** Its training points are drawn over it. */
  readonly dataset: DatasetRef;
  readonly label: string;
}

/** Side of the drawing's own coordinates; CSS enlarges it. */
const SIDE = 200;

/**
 * What a network answers everywhere in the plane, with training points on it. Class A is orange and a
 * triangle, class B blue and a circle; a regression's values run from orange (low) to blue (high), as far
 * as the targets do, so that the same colour means the same value in every picture.
 */
export const Surface = memo(function Surface(props: SurfaceProps) {
  const { surface, dataset, label } = props;
  const points = usePoints(dataset, surface.learned);
  const palette = usePalette();
  const { side, extent, outputs, values } = surface;
  const reach = outputs === 1 ? largest(points?.targets ?? values) : 1;

  const colourAt = useCallback(
    (x: number, y: number) => {
      // Rows of the grid run upwards, rows of a picture downwards.
      const at = ((side - 1 - y) * side + x) * outputs;
      const value =
        outputs === 1
          ? (values[at] ?? 0) / (reach || 1)
          : (values[at + 1] ?? 0) - (values[at] ?? 0);
      return diverging(value * 0.6, palette);
    },
    [side, outputs, values, reach, palette],
  );
  const place = (value: number) => ((value + extent) / (2 * extent)) * SIDE;
  return (
    <div className="surface" role="img" aria-label={label}>
      <Pixels width={side} height={side} colourAt={colourAt} smooth />
      {points !== null && (
        <svg viewBox={`0 0 ${String(SIDE)} ${String(SIDE)}`} aria-hidden="true">
          {(['negative', 'positive'] as const).map((sign) => (
            <path
              key={sign}
              className={`point-${sign}`}
              d={pointsPath(points, sign === 'positive', reach, place)}
            />
          ))}
        </svg>
      )}
    </div>
  );
});

/** The largest value, whatever its sign. */
function largest(values: Float32Array): number {
  return values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
}

/** Both kinds of point as one path each: four hundred elements would be slow to draw. */
function pointsPath(
  { count, inputs, labels, targets }: Batch,
  positive: boolean,
  reach: number,
  place: (value: number) => number,
): string {
  let path = '';
  for (let i = 0; i < count; i++) {
    const belongs = labels.length > 0 ? labels[i] === 1 : (targets[i] ?? 0) / (reach || 1) >= 0;
    if (belongs !== positive) continue;
    const x = place(inputs[2 * i] ?? 0).toFixed(1);
    const y = (SIDE - place(inputs[2 * i + 1] ?? 0)).toFixed(1);
    path += positive
      ? `M${x} ${y}m-2 0a2 2 0 1 1 4 0a2 2 0 1 1 -4 0`
      : `M${x} ${y}m0 -2.4l2.2 4h-4.4z`;
  }
  return path;
}
