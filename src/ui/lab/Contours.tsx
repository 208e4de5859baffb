import { useCallback, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useFormat, useTranslation } from '../../i18n';
import type { LabOptions } from '../../lab/options';
import type { Track } from '../../lab/results';
import { setLab } from '../../state/lab';
import { useWidth } from '../charts/useWidth';
import { Canvas } from './Canvas';
import { drawRelief } from './draw-relief';
import { drawTracks } from './draw-tracks';
import { placed, planeOf } from './plane';
import { useColours } from './useColours';
import type { Shown } from './useRace';

interface ContoursProps {
  readonly shown: Shown;
  /** Where the start is now, perhaps ahead of the picture. */
  readonly options: LabOptions;
  readonly at: number;
}

/** What lies further outside is not drawn: the lines to and fro would cover the picture. */
const MARGIN = 0.5;

function isNear(pixel: number, size: number): boolean {
  return pixel > -MARGIN * size && pixel < (1 + MARGIN) * size;
}

/** An arrow key moves the start by so much of the picture, with Shift by five times as much. */
const KEY_SHARE = 1 / 100;

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowDown: [0, -1],
  ArrowUp: [0, 1],
};

/** The function from above, the ways down it, and the start, which can be dragged. */
export function Contours({ shown, options, at }: ContoursProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const colours = useColours();
  const [size, ref] = useWidth();
  const picture = useRef<HTMLDivElement>(null);
  const { relief, race } = shown;
  const { frame } = relief;
  const plane = planeOf(frame, size, size);

  const ground = useCallback(
    (context: CanvasRenderingContext2D) => {
      drawRelief(context, size, relief, colours, format.tick);
    },
    [size, relief, colours, format],
  );
  const ways = useCallback(
    (context: CanvasRenderingContext2D) => {
      if (race === null) return;
      const { across, down } = planeOf(frame, size, size);
      drawTracks(context, race.tracks, at, colours, ({ path }: Track, step) => {
        const first = step * race.dimension;
        const [x, y] = [across(path[first] ?? NaN), down(path[first + 1] ?? NaN)];
        return isNear(x, size) && isNear(y, size) ? [x, y] : null;
      });
    },
    [size, race, frame, at, colours],
  );

  const moveTo = (event: PointerEvent<HTMLElement>) => {
    const box = picture.current?.getBoundingClientRect();
    if (box === undefined) return;
    setLab(placed(frame, plane.xAt(event.clientX - box.left), plane.yAt(event.clientY - box.top)));
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    moveTo(event);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) moveTo(event);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const arrow = ARROWS[event.key];
    if (arrow === undefined) return;
    event.preventDefault();
    const share = KEY_SHARE * (event.shiftKey ? 5 : 1);
    const x = options.x + arrow[0] * share * (frame.right - frame.left);
    const y = options.y + arrow[1] * share * (frame.top - frame.bottom);
    setLab(placed(frame, x, y));
  };
  const start = { x: format.significant(options.x), y: format.significant(options.y) };
  return (
    <div className="lab-contours" ref={ref}>
      {size > 0 && (
        <div
          className="lab-picture"
          ref={picture}
          style={{ height: size }}
          // A finger scrolls the page here, and drags the start by its handle.
          onPointerDown={(event) => {
            if (event.pointerType === 'mouse') onPointerDown(event);
          }}
          onPointerMove={onPointerMove}
        >
          <div
            role="img"
            aria-label={t('lab.contoursLabel', {
              name: t(`lab.functions.${shown.options.function}`),
            })}
          >
            <Canvas width={size} height={size} draw={ground} />
            <Canvas width={size} height={size} draw={ways} />
          </div>
          <button
            type="button"
            className="lab-start"
            aria-label={t('lab.startLabel', start)}
            title={t('lab.startHint')}
            style={{ left: plane.across(options.x), top: plane.down(options.y) }}
            onPointerDown={(event) => {
              event.stopPropagation();
              onPointerDown(event);
            }}
            onPointerMove={onPointerMove}
            onKeyDown={onKeyDown}
          />
        </div>
      )}
    </div>
  );
}
