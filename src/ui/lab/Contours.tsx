import { useCallback, useMemo, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useFormat, useTranslation } from '../../i18n';
import type { LabOptions } from '../../lab/options';
import { setLab } from '../../state/lab';
import { useWidth } from '../charts/useWidth';
import { Canvas } from './Canvas';
import { contourPicture } from './contour-picture';
import { drawRelief } from './draw-relief';
import { placed, planeOf } from './plane';
import type { Player } from './player';
import { useColours } from './useColours';
import type { Shown } from './useRace';
import { WaysCanvas } from './WaysCanvas';

interface ContoursProps {
  readonly shown: Shown;
  /** Where the start is now, perhaps ahead of the picture. */
  readonly options: LabOptions;
  readonly player: Player;
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
export function Contours({ shown, options, player }: ContoursProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const colours = useColours();
  const [size, ref] = useWidth();
  const square = useRef<HTMLDivElement>(null);
  const { relief, race } = shown;
  const { frame } = relief;
  const plane = planeOf(frame, size, size);

  const picture = useMemo(() => race && contourPicture(size, relief, race), [size, relief, race]);

  const drawGround = useCallback(
    (context: CanvasRenderingContext2D) => {
      drawRelief(context, size, relief, colours, format.tick);
    },
    [size, relief, colours, format],
  );

  const moveTo = (event: PointerEvent<HTMLElement>) => {
    const box = square.current?.getBoundingClientRect();
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
          ref={square}
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
            <Canvas width={size} height={size} draw={drawGround} />
            {race && picture && (
              <WaysCanvas width={size} height={size} {...{ race, picture, player }} />
            )}
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
