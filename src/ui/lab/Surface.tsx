import { memo, useCallback, useMemo, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from '../../i18n';
import { useWidth } from '../charts/useWidth';
import { Canvas } from './Canvas';
import { drawSurface } from './draw-surface';
import { groundOf } from './ground';
import { heightsOf } from './heights';
import type { Player } from './player';
import type { View } from './project';
import { surfacePicture } from './surface-picture';
import { useColours } from './useColours';
import type { Shown } from './useRace';
import { WaysCanvas } from './WaysCanvas';

const FIRST: View = { yaw: -0.4, pitch: 0.8 };
/** Radians that a pixel of dragging turns, and a key. */
const A_PIXEL = 0.008;
const A_KEY = Math.PI / 24;

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [A_KEY, 0],
  ArrowRight: [-A_KEY, 0],
  ArrowUp: [0, -A_KEY],
  ArrowDown: [0, A_KEY],
};

interface SurfaceProps {
  readonly shown: Shown;
  readonly player: Player;
}

/** The function in the round, to be turned by the pointer and the arrow keys. */
export const Surface = memo(function Surface({ shown, player }: SurfaceProps) {
  const { t } = useTranslation();
  const colours = useColours();
  const [width, ref] = useWidth();
  const [view, setView] = useState(FIRST);
  const { relief, race } = shown;
  const heights = useMemo(() => heightsOf(relief), [relief]);
  const ground = useMemo(() => groundOf(relief, heights), [relief, heights]);
  const picture = useMemo(
    () => race && surfacePicture(width, view, relief, ground, heights, race),
    [width, view, relief, ground, heights, race],
  );
  const height = Math.round(0.8 * width);

  const drawGround = useCallback(
    (context: CanvasRenderingContext2D) => {
      drawSurface(context, width, view, ground, colours);
    },
    [width, view, ground, colours],
  );
  const turn = (yaw: number, pitch: number) => {
    setView((before) => ({
      yaw: before.yaw + yaw,
      pitch: Math.min(Math.PI / 2, Math.max(0.1, before.pitch + pitch)),
    }));
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    turn(-A_PIXEL * event.movementX, A_PIXEL * event.movementY);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const arrow = ARROWS[event.key];
    if (arrow === undefined) return;
    event.preventDefault();
    turn(...arrow);
  };
  return (
    <div ref={ref}>
      <div
        className="lab-surface"
        role="group"
        aria-label={t('lab.surfaceLabel')}
        tabIndex={0}
        style={{ height }}
        {...{ onPointerDown, onPointerMove, onKeyDown }}
      >
        {width > 0 && (
          <>
            <Canvas width={width} height={height} draw={drawGround} />
            {race && picture && <WaysCanvas {...{ width, height, race, picture, player }} />}
          </>
        )}
      </div>
      <p className="quiet option-hint">{t('lab.surfaceHint')}</p>
    </div>
  );
});
