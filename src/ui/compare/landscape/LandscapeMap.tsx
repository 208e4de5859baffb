import { memo, useCallback, useMemo, useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { placeOf, SIDE, type PathPoint } from '../../../experiment/landscape';
import type { VariantRole } from '../../../experiment/report';
import { useFormat, useTranslation } from '../../../i18n';
import type { Landscape } from '../../../state/landscape';
import { mix, usePalette } from '../../charts/palette';
import { Pixels } from '../../charts/Pixels';
import { RoleShape } from '../../charts/roles';
import { useWidth } from '../../charts/useWidth';
import { cellsOf, fieldOf, linesOf } from './field';

const LINES = 9;
const MIDDLE = (SIDE * SIDE - 1) / 2;

interface LandscapeMapProps {
  readonly landscape: Landscape;
  /** What the network behind a point of the path is in the comparison. */
  readonly roleOf: (point: PathPoint) => VariantRole;
}

/** The losses as a map, the way of the recipe on it, and what the pointer or the arrow keys point at. */
export function LandscapeMap({ landscape, roleOf }: LandscapeMapProps) {
  const { t } = useTranslation();
  const [width, ref] = useWidth();
  const [cell, setCell] = useState<number | null>(null);
  const reading = useReading(landscape, cell ?? MIDDLE);

  const point = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const along = (share: number) => Math.min(SIDE - 1, Math.max(0, Math.floor(share * SIDE)));
    const column = along((event.clientX - box.left) / box.width);
    const row = SIDE - 1 - along((event.clientY - box.top) / box.height);
    setCell(row * SIDE + column);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const from = cell ?? MIDDLE;
    const [column, row] = [from % SIDE, Math.floor(from / SIDE)];
    const to = {
      ArrowLeft: [column - 1, row],
      ArrowRight: [column + 1, row],
      ArrowDown: [column, row - 1],
      ArrowUp: [column, row + 1],
      Home: [(SIDE - 1) / 2, (SIDE - 1) / 2],
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const [x = 0, y = 0] = to.map((index) => Math.min(SIDE - 1, Math.max(0, index)));
    setCell(y * SIDE + x);
  };

  return (
    <>
      <div
        className="landscape-map"
        ref={ref}
        role="slider"
        tabIndex={0}
        aria-label={t('landscape.read')}
        aria-valuemin={0}
        aria-valuemax={SIDE * SIDE - 1}
        aria-valuenow={cell ?? MIDDLE}
        aria-valuetext={reading}
        onPointerMove={point}
        onPointerDown={point}
        onKeyDown={onKeyDown}
      >
        <Ground landscape={landscape} />
        {width > 0 && <Path landscape={landscape} width={width} roleOf={roleOf} />}
        {cell !== null && <Cursor cell={cell} />}
      </div>
      <p className="quiet landscape-reading" aria-hidden="true">
        {reading}
      </p>
    </>
  );
}

function useReading({ frame, losses, accuracies }: Landscape, cell: number): string {
  const { t } = useTranslation();
  const format = useFormat();
  const [x, y] = placeOf(cell, frame.square);
  const at = { x: format.significant(x, 2), y: format.significant(y, 2) };
  const [loss = NaN, accuracy = NaN] = [losses[cell], accuracies[cell]];
  if (Number.isNaN(loss)) return t('landscape.unread', at);
  const told = { ...at, loss: Number.isFinite(loss) ? format.significant(loss) : '∞' };
  return Number.isNaN(accuracy)
    ? t('landscape.reading', told)
    : t('landscape.readingAccuracy', { ...told, accuracy: format.percent(accuracy) });
}

/** The map itself: light where the loss is low, with lines of equal loss. */
const Ground = memo(function Ground({ landscape: { losses } }: { readonly landscape: Landscape }) {
  const palette = usePalette();
  const field = useMemo(() => fieldOf(losses), [losses]);
  const colourAt = useCallback(
    (x: number, y: number) => {
      const { values, low, high } = field;
      const value = values[(SIDE - 1 - y) * SIDE + x] ?? NaN;
      if (Number.isNaN(value)) return null;
      const share = high > low ? (value - low) / (high - low) : 0;
      return mix(palette.card, palette.positive, share);
    },
    [field, palette],
  );
  const lines = useMemo(() => linesOf(field, LINES), [field]);
  return (
    <>
      <Pixels width={SIDE} height={SIDE} colourAt={colourAt} smooth={field.stride === 1} />
      <svg
        className="landscape-lines"
        viewBox={`-0.5 -0.5 ${String(SIDE)} ${String(SIDE)}`}
        aria-hidden="true"
      >
        {lines.map((line, i) => (
          <path key={i} d={line} vectorEffect="non-scaling-stroke" />
        ))}
      </svg>
    </>
  );
});

interface PathProps extends LandscapeMapProps {
  readonly width: number;
}

/** The recipe's way in the plane: a line from network to network, marks at the steps. */
const Path = memo(function Path({ landscape: { frame }, width, roleOf }: PathProps) {
  const place = ({ x, y }: Pick<PathPoint, 'x' | 'y'>) => {
    const [column, row] = cellsOf(x, y, frame);
    const pixel = width / SIDE;
    return { left: (column + 0.5) * pixel, top: (SIDE - 0.5 - row) * pixel };
  };
  const way = frame.path
    .filter(({ kind }) => kind !== 'alone')
    .map(place)
    .map(({ left, top }) => `${left.toFixed(1)},${top.toFixed(1)}`)
    .join(' ');
  const own = place({ x: 0, y: 0 });
  return (
    <svg className="landscape-path" width={width} height={width} aria-hidden="true">
      <polyline className="landscape-halo" points={way} />
      <polyline points={way} />
      {frame.path.map((point, i) => {
        const { left, top } = place(point);
        if (point.kind === 'training') return <circle key={i} cx={left} cy={top} r={1.75} />;
        if (point.step < 0)
          return <circle key={i} className="landscape-initial" cx={left} cy={top} r={4} />;
        return <RoleShape key={i} role={roleOf(point)} x={left} y={top} />;
      })}
      <circle className="landscape-own" cx={own.left} cy={own.top} r={9} />
    </svg>
  );
});

function Cursor({ cell }: { readonly cell: number }) {
  const at = (index: number) => `${String((100 * (index + 0.5)) / SIDE)}%`;
  return (
    <div
      className="landscape-cursor"
      style={{ left: at(cell % SIDE), bottom: at(Math.floor(cell / SIDE)) }}
    />
  );
}
