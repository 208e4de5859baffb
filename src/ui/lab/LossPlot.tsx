import { memo, useMemo, type PointerEvent } from 'react';
import { useFormat, useTranslation } from '../../i18n';
import type { Race, Relief, Track } from '../../lab/results';
import { decimate } from '../charts/decimate';
import { wholeTicks } from '../charts/ticks';
import { YTicks } from '../charts/YTicks';
import { useWidth } from '../charts/useWidth';
import '../charts/charts.css';
import { colourName, LOOKS } from './looks';
import { lossScaleOf, onsetOf, type LossScale } from './loss-scale';
import type { Player } from './player';
import { useShownStep } from './usePlayer';

interface LossPlotProps {
  readonly relief: Relief;
  readonly race: Race;
  readonly total: number;
  readonly player: Player;
}

const HEIGHT = 190;
const EDGE = { left: 46, right: 20, top: 8, bottom: 20 } as const;
/** More points than pixels say no more. */
const MOST_POINTS = 400;

/** The loss of every optimizer against the step; a press shows that step. */
export const LossPlot = memo(function LossPlot({ relief, race, total, player }: LossPlotProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [width, ref] = useWidth();
  const scale = useMemo(() => lossScaleOf(relief, race), [relief, race]);
  const inner = Math.max(1, width - EDGE.left - EDGE.right);
  const x = (step: number) => EDGE.left + (inner * step) / total;
  const y = (share: number) => HEIGHT - EDGE.bottom - share * (HEIGHT - EDGE.top - EDGE.bottom);
  const seek = (event: PointerEvent<SVGSVGElement>) => {
    const { left } = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - left - EDGE.left) / inner;
    player.seek(Math.round(Math.min(1, Math.max(0, share)) * total));
  };
  const paths = useMemo(
    () =>
      race.tracks.map((track) => ({
        track,
        d: pathOf(track, scale, (step) => EDGE.left + (inner * step) / total),
      })),
    [race, scale, inner, total],
  );
  return (
    <figure className="card lab-loss">
      <figcaption className="card-head">
        <h2>{t('lab.lossTitle')}</h2>
        <span className="quiet">
          {t(scale.kind === 'log' ? 'lab.lossAbove' : 'lab.lossLinear')}
        </span>
      </figcaption>
      <div ref={ref} className="lab-loss-plot">
        {width > 0 && (
          <svg
            width={width}
            height={HEIGHT}
            role="img"
            aria-label={t('lab.lossLabel')}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              seek(event);
            }}
            onPointerMove={(event) => {
              if (event.currentTarget.hasPointerCapture(event.pointerId)) seek(event);
            }}
            onLostPointerCapture={player.commit}
          >
            <YTicks
              ticks={scale.axis.ticks}
              yOf={(tick) => y(scale.share(tick))}
              textOf={format.tick}
              left={EDGE.left}
              right={width - EDGE.right}
            />
            {wholeTicks(0, total, width < 420 ? 4 : 6).map((tick) => (
              <text key={tick} className="axis-text" x={x(tick)} y={HEIGHT - 5} textAnchor="middle">
                {format.number(tick, 0)}
              </text>
            ))}
            {paths.map(({ track, d }) => (
              <path
                key={track.optimizer}
                d={d}
                className="lab-loss-line"
                stroke={`var(${colourName(track.optimizer)})`}
                strokeDasharray={LOOKS[track.optimizer].dash.join(' ')}
              />
            ))}
            <NowMarks tracks={race.tracks} {...{ player, scale, x, y }} />
          </svg>
        )}
      </div>
    </figure>
  );
});

interface Places {
  readonly scale: LossScale;
  readonly x: (step: number) => number;
  readonly y: (share: number) => number;
}

interface NowProps extends Places {
  readonly tracks: readonly Track[];
  readonly player: Player;
}

/** The step that is shown, and where everyone is then. */
function NowMarks({ tracks, player, ...places }: NowProps) {
  const at = useShownStep(player);
  return (
    <>
      <path
        d={`M${String(places.x(at))} ${String(EDGE.top)}V${String(HEIGHT - EDGE.bottom)}`}
        stroke="var(--ink-quiet)"
      />
      {tracks.map((track) => (
        <Marks key={track.optimizer} track={track} at={at} {...places} />
      ))}
    </>
  );
}

interface MarksProps extends Places {
  readonly track: Track;
  readonly at: number;
}

/** Where an optimizer is now, and a cross where it began to diverge. */
function Marks({ track, at, scale, x, y }: MarksProps) {
  const colour = `var(${colourName(track.optimizer)})`;
  const place = (step: number) => {
    const share = scale.share(scale.of(track.losses[step] ?? NaN));
    return share >= 0 && share <= 1 ? `translate(${String(x(step))} ${String(y(share))})` : null;
  };
  const here = place(Math.min(at, track.losses.length - 1));
  const onset = onsetOf(track);
  const cross = onset === null ? null : place(onset);
  return (
    <>
      {cross !== null && (
        <path d="M-4 -4L4 4M4 -4L-4 4" transform={cross} stroke={colour} strokeWidth="2.5" />
      )}
      {here !== null && (
        <path
          d={LOOKS[track.optimizer].shape}
          transform={here}
          fill={colour}
          stroke="var(--card)"
        />
      )}
    </>
  );
}

/** Broken where there is nothing to draw, and cut off at the edges. */
function pathOf({ losses }: Track, scale: LossScale, x: (step: number) => number): string {
  const points = Array.from(losses, (loss, step) => ({
    step,
    share: scale.share(scale.of(loss)),
  }));
  let path = '';
  let isOpen = false;
  for (const { step, share } of decimate(points, (point) => point.share, MOST_POINTS)) {
    if (!Number.isFinite(share)) {
      isOpen = false;
      continue;
    }
    const held = Math.min(1.02, Math.max(-0.02, share));
    const down = HEIGHT - EDGE.bottom - held * (HEIGHT - EDGE.top - EDGE.bottom);
    path += `${isOpen ? 'L' : 'M'}${x(step).toFixed(1)} ${down.toFixed(1)}`;
    isOpen = held === share;
  }
  return path;
}
