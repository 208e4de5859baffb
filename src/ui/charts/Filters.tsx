import { memo, useCallback } from 'react';
import type { Picture } from '../../worker/protocol';
import { diverging, usePalette } from './palette';
import { Pixels } from './Pixels';

interface FiltersProps {
  readonly pictures: readonly Picture[];
  /** How many are shown at most. */
  readonly limit: number;
  readonly label: string;
}

/** Pixels between two pictures, in pixels of the pictures. */
const GAP = 2;

/** Weights of the first layer, one picture a unit: blue where the unit wants ink, orange where it does not. */
export const Filters = memo(function Filters({ pictures, limit, label }: FiltersProps) {
  const palette = usePalette();
  const shown = pictures.slice(0, limit);
  const [first] = shown;
  const side = { width: first?.width ?? 0, height: first?.height ?? 0 };
  const columns = columnsFor(shown.length);
  const rows = Math.ceil(shown.length / columns);

  const colourAt = useCallback(
    (x: number, y: number) => {
      const column = Math.floor(x / (side.width + GAP));
      const row = Math.floor(y / (side.height + GAP));
      const picture = pictures[row * columns + column];
      const [px, py] = [x % (side.width + GAP), y % (side.height + GAP)];
      if (picture === undefined || px >= side.width || py >= side.height) return null;
      return diverging(picture.values[py * side.width + px] ?? 0, palette);
    },
    [pictures, palette, columns, side.width, side.height],
  );
  if (first === undefined) return null;
  return (
    <Pixels
      className="filters"
      width={columns * (side.width + GAP) - GAP}
      height={rows * (side.height + GAP) - GAP}
      colourAt={colourAt}
      label={label}
    />
  );
});

/** Twice as wide as high, so that the pictures fill a card. */
export function columnsFor(count: number): number {
  return Math.max(1, Math.ceil(Math.sqrt(2 * count)));
}
