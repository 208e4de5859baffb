import { useCallback, useEffect, useMemo, useState } from 'react';

/** A whole race takes so long, whatever its steps. */
const WHOLE_MS = 8_000;
/** Where motion is not wanted, the picture changes in so few leaps. */
const LEAP_MS = 500;

export interface Player {
  /** The step that is shown. */
  readonly at: number;
  readonly playing: boolean;
  readonly toggle: () => void;
  readonly seek: (step: number) => void;
}

/** Plays over the steps of a race, which are all there. One that stood at the end stays there. */
export function usePlayer(total: number): Player {
  const [place, setPlace] = useState<number | null>(null);
  const [playing, setPlaying] = useState(false);
  const at = place === null ? total : Math.min(place, total);

  const seek = useCallback(
    (step: number) => {
      setPlaying(false);
      setPlace(step >= total ? null : Math.max(0, step));
    },
    [total],
  );
  const toggle = useCallback(() => {
    if (!playing && at >= total) setPlace(0);
    setPlaying(!playing);
  }, [playing, at, total]);

  useEffect(() => {
    if (!playing) return;
    const reduced = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    let [frame, started, shown] = [0, NaN, -Infinity];
    const tick = (now: number) => {
      frame = requestAnimationFrame(tick);
      if (reduced && now - shown < LEAP_MS) return;
      shown = now;
      setPlace((before) => {
        const from = before ?? total;
        if (Number.isNaN(started)) started = now - timeAt(from, total);
        const step = Math.max(from, stepAt(now - started, total));
        if (step < total) return step;
        setPlaying(false);
        return null;
      });
    };
    frame = requestAnimationFrame(tick);
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [playing, total]);

  return useMemo(() => ({ at, playing, toggle, seek }), [at, playing, toggle, seek]);
}

/** Slowly at first: the first steps are the longest, and say the most. */
export function stepAt(ms: number, total: number): number {
  return Math.min(total, Math.floor(total * (ms / WHOLE_MS) ** 2));
}

function timeAt(step: number, total: number): number {
  return WHOLE_MS * Math.sqrt(step / total);
}
