import { memo, useCallback, useMemo } from 'react';
import type { Picture } from '../../worker/protocol';
import { diverging, usePalette } from './palette';
import { coloursOf, weightColours } from './pixel-colours';
import { Pixels } from './Pixels';

interface FiltersProps {
  readonly pictures: readonly Picture[];
  /** How many are shown at most. */
  readonly limit: number;
  readonly label: string;
}

/** Pixels between two pictures, in pixels of the pictures. */
const GAP = 2;

/**
 * Weights of the first layer, one picture a unit: blue where the unit wants ink, orange where it does not; of
 * pictures in colour in the colours that it wants.
 */
export const Filters = memo(function Filters({ pictures, limit, label }: FiltersProps) {
  const palette = usePalette();
  const shown = pictures.slice(0, limit);
  const [first] = shown;
  const side = { width: first?.width ?? 0, height: first?.height ?? 0 };
  const columns = columnsFor(shown.length);
  const rows = Math.ceil(shown.length / columns);

  const units = useMemo(() => {
    const tone = (weight: number) => diverging(weight, palette);
    return pictures.map((picture) =>
      coloursOf(picture.channels === 3 ? weightColours(picture) : picture, tone),
    );
  }, [pictures, palette]);
  const colourAt = useCallback(
    (x: number, y: number) => {
      const column = Math.floor(x / (side.width + GAP));
      const row = Math.floor(y / (side.height + GAP));
      const [px, py] = [x % (side.width + GAP), y % (side.height + GAP)];
      if (px >= side.width || py >= side.height) return null;
      return units[row * columns + column]?.(px, py) ?? null;
    },
    [units, columns, side.width, side.height],
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

/** The words for what the colours of the units mean. */
export function unitsHint([first]: readonly Picture[]):
  'compare.unitsInColour' | 'chart.unitsHint' {
  return first?.channels === 3 ? 'compare.unitsInColour' : 'chart.unitsHint';
}

/** Twice as wide as high, so that the pictures fill a card. */
export function columnsFor(count: number): number {
  return Math.max(1, Math.ceil(Math.sqrt(2 * count)));
}
